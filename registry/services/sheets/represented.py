"""Who speaks for a performer: the agents, managers and lawyers of a row beside those on file."""

from __future__ import annotations

import re
from dataclasses import replace

from registry.domain.naming import plainly
from registry.domain.performer import Performer, Representative
from registry.domain.schedule import Listed


def represented(performer: Performer, listed: Listed) -> tuple[Representative, ...]:
    """Those on file, and whoever the row names beside them."""
    found = list(performer.representatives)
    for one in listed.representatives:
        known = any(r.capacity is one.capacity and _called(r.name) & _called(one.name) for r in found)
        if known:
            continue
        ids = {r.id for r in found}
        base = f"{performer.id[:50]}-{one.capacity.value}"
        id_ = next(i for i in (base, *(f"{base}-{n}" for n in range(2, 100))) if i not in ids)
        found.append(replace(one, id=id_))
    return tuple(found)


def _called(name: str) -> set[str]:
    """`J. Ortiz (Sound & Stage)` answers to the person and to the agency."""
    inner = re.findall(r"\(([^()]*)\)", name)
    return {plainly(part) for part in (re.sub(r"\([^()]*\)", " ", name), *inner) if plainly(part)}
