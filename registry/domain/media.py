"""Media as a tree (DOMAIN.md §6), each set an integer with a bit for each medium that has no kinds of its own.

One more bit is for media on no list ("now known or hereafter devised"): `any` reaches it, no group does, and it is
called `other` so that what is left of `any` can be written down.
"""

from __future__ import annotations

ANY = "any"
OTHER = "other"

_TREE: dict[str, tuple[str, ...]] = {
    "theatrical": (),
    "home_video": (),
    "television": ("broadcast", "cable"),
    "streaming": ("svod", "avod", "fast", "tvod"),
    "online": ("social", "web"),
    "audio": ("radio", "podcast", "music"),
    "game": (),
    "live": (),
    "outdoor": (),
    "print": (),
    "merchandise": (),
    "nontheatrical": ("airline", "ship", "educational"),
}


def _masks() -> dict[str, int]:
    masks = {OTHER: 1}
    bit = 1
    for group, kinds in _TREE.items():
        total = 0
        for kind in kinds or (group,):
            bit <<= 1
            masks[kind] = bit
            total |= bit
        masks[group] = total
    masks[ANY] = (bit << 1) - 1
    return masks


_MASKS = _masks()
ALL_MEDIA: int = _MASKS[ANY]
MEDIA: tuple[str, ...] = (ANY, *(word for group, kinds in _TREE.items() for word in (group, *kinds)), OTHER)


def is_medium(name: str) -> bool:
    return name in _MASKS


def media_mask(name: str) -> int:
    """The media in `name`. Raises KeyError for a word that names none."""
    return _MASKS[name]


def media_names(mask: int) -> tuple[str, ...]:
    """The fewest words that say exactly `mask`. Raises ValueError for no set of ours."""
    if mask < 0 or mask & ~ALL_MEDIA:
        raise ValueError(f"{mask:#x} is no set of media")
    if mask == ALL_MEDIA:
        return (ANY,)
    found: list[str] = []
    for group, kinds in _TREE.items():
        if not _MASKS[group] & ~mask:
            found.append(group)
        else:
            found += [kind for kind in kinds if _MASKS[kind] & mask]
    return (*found, *((OTHER,) if mask & 1 else ()))
