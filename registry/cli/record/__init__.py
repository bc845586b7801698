"""`registry record …`: something happened, and is written down."""

from __future__ import annotations

from registry.cli.record import given  # isort: skip - the order of the help is that of the work
from registry.cli.record import decided  # isort: skip
from registry.cli.record import changed  # isort: skip
from registry.cli.record import looking  # isort: skip
from registry.cli.record.saving import app

__all__ = ["app", "changed", "decided", "given", "looking"]
