"""One run of the program: its clock, its surroundings, and the registry it works on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from registry.cli.output import Screen
from registry.errors import UsageError
from registry.settings import Settings

if TYPE_CHECKING:
    from registry.rules.catalogue import Catalogue
    from registry.storage.store import Store


class Run:
    """What every command is given. Settings are read when first asked for, so that `--help` needs none."""

    def __init__(
        self,
        *,
        now: dt.datetime,
        environ: Mapping[str, str],
        cwd: Path,
        screen: Screen,
        session: Run | None = None,
    ) -> None:
        """`session` is the run of `registry shell` that this one belongs to: what stays the same is taken from it."""
        self.session = session or self
        self.now = now
        self.screen = screen
        self.cwd = cwd
        self.home: str | None = None
        self.passphrase_fd: str | None = session.passphrase_fd if session else None
        self.passphrase_file: str | None = session.passphrase_file if session else None
        self.environ = environ

    @property
    def today(self) -> dt.date:
        """The day on the wall where the program runs: at six in the evening in Los Angeles it is not yet tomorrow."""
        return self.now.astimezone().date()

    @cached_property
    def settings(self) -> Settings:
        return Settings.load(self.environ, self.cwd, Path(self.home) if self.home else None)

    @cached_property
    def store(self) -> Store:
        """The registry's store. Raises UsageError, naming `registry init`, where there is none."""
        from registry.storage.store import open_store

        if self.session is not self and self.session.settings == self.settings and self.session.has_registry:
            return self.session.store  # connections are opened for each command: what others wrote is seen
        file = self.settings.database_file
        if file is not None and not file.is_file():
            from registry.cli.first_run import none_there

            raise none_there(self.settings, self.cwd)
        return open_store(self.settings.database_url)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The packs that ship and the private ones of this registry; private ones may be edited while a session is
        open, and are read again."""
        from registry.rules.catalogue import load_catalogue

        if self.session is not self and self.session.settings == self.settings and not self.settings.packs:
            return self.session.catalogue
        return load_catalogue(self.settings.packs, self.settings.cache)

    @property
    def has_registry(self) -> bool:
        """Whether there is a registry to look into; what there is instead is told by whoever needs one."""
        try:
            return self.store is not None
        except UsageError:
            return False

    def by(self, given: str | None) -> str:
        """Who records this: `--by`, else REGISTRY_BY, else the registry's settings, else whoever is logged in."""
        name = given or self.settings.by or self.environ.get("LOGNAME") or self.environ.get("USER") or _login()
        if not name:
            raise UsageError("Nobody is named as recording this.", "add --by NAME, or set REGISTRY_BY=NAME")
        return name


def _login() -> str | None:
    """The name of the account the program runs under; None where the machine has none for it."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return None
