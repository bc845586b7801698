"""The front door of a checkout: `python cli.py …` does what `registry …` does."""

from __future__ import annotations

import sys

from registry.cli import main

if __name__ == "__main__":
    sys.exit(main())
