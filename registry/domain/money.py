"""Money: whole minor units of one currency, never a floating-point number."""

from __future__ import annotations

import re

from registry.domain.values import dataclass

# ISO 4217 currencies whose minor unit is not a hundredth.
_DIGITS = {"JPY": 0, "KRW": 0, "CLP": 0, "ISK": 0, "VND": 0, "BHD": 3, "KWD": 3, "OMR": 3, "TND": 3, "JOD": 3}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents) of `currency` (ISO 4217)."""

    minor: int
    currency: str

    def __str__(self) -> str:
        digits = _DIGITS.get(self.currency, 2)
        sign = "-" if self.minor < 0 else ""
        whole, rest = divmod(abs(self.minor), 10**digits)
        return f"{sign}{whole}{f'.{rest:0{digits}d}' if digits else ''} {self.currency}"

    def spoken(self) -> str:
        """With thousands marked, for people: `3,000.00 USD`."""
        digits = _DIGITS.get(self.currency, 2)
        whole, rest = divmod(abs(self.minor), 10**digits)
        sign = "-" if self.minor < 0 else ""
        return f"{sign}{whole:,}{f'.{rest:0{digits}d}' if digits else ''} {self.currency}"


def parse_money(text: str) -> Money:
    """`"1246.00 USD"` as money. Raises ValueError with the way to write it."""
    match = re.fullmatch(r"(-?)(\d+)(?:\.(\d+))? ([A-Z]{3})", text)
    if not match:
        raise ValueError(f'{text!r} is not an amount; write it as "1246.00 USD"')
    sign, whole, fraction, currency = match[1], match[2], match[3] or "", match[4]
    digits = _DIGITS.get(currency, 2)
    if len(fraction) > digits:
        raise ValueError(f"{text!r} has more than {digits} decimals of {currency}")
    minor = int(whole) * 10**digits + int(fraction.ljust(digits, "0") or 0)
    return Money(-minor if sign else minor, currency)
