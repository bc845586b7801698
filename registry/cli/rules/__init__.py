"""`registry rules …`: read the law, try it, see what is tried of it and what changed, and say who checked it."""

from registry.cli.rules import looking  # isort: skip - the order of the help is that of the work
from registry.cli.rules import trying  # isort: skip
from registry.cli.rules import checking  # isort: skip
from registry.cli.rules.noun import app

__all__ = ["app", "checking", "looking", "trying"]
