"""In-person signing: pages on this machine only, on which people read, decide, and sign one after another."""

from registry.kiosk.server import Kiosk, open_kiosk
from registry.kiosk.sitting import End, Occasion, Sitting

__all__ = ["End", "Kiosk", "Occasion", "Sitting", "open_kiosk"]
