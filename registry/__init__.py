"""The consent registry: who agreed to what, and whether a proposed use may go ahead."""

__version__ = "0.1.0"
