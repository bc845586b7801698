"""Nexus: whether places that a use, a production or a person names reach into a territory of the law."""

from __future__ import annotations

from functools import lru_cache

from registry.domain.vocabulary import territory_mask


def touches(places: str | list[str], territory: str) -> bool:
    """Whether some of `places` lies in `territory`, or it in them: the world, the US and US-CA-LA all touch US-CA.

    A code that is in no list touches nothing; whoever reads a file refuses it long before.
    """
    named = (places,) if isinstance(places, str) else places
    return any(_meet(str(place), territory) for place in named)


@lru_cache(maxsize=4096)
def _meet(place: str, territory: str) -> bool:
    try:
        return bool(territory_mask(place) & territory_mask(territory))
    except KeyError:
        return False
