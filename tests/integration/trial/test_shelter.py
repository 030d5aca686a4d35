"""Programs that the database's account cannot read are copied to where it can."""

import os
import shutil

import pytest

from app.trial.child import Account, run_as
from app.trial.postgres import installed_wheel
from app.trial.shelter import Shelter, account_for

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root chooses an account")


@pytest.fixture
def private_wheel(folder):
    """The wheel as if it were installed in a private home."""
    home = folder / "home"
    home.mkdir(mode=0o700)
    wheel = installed_wheel()
    for source in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        shutil.copytree(source, home / source.name, symlinks=True)
    return home / wheel.name


def test_programs_in_a_private_home_run_from_a_copy(folder, private_wheel):
    account = account_for(folder)
    programs = Shelter(account, folder / "shelter").programs(private_wheel)

    assert programs.is_relative_to(folder / "shelter")
    said = run_as([programs / "bin" / "initdb", "--version"], account)
    assert said.stdout.startswith("initdb (PostgreSQL)")
    assert (folder / "home").stat().st_mode & 0o777 == 0o700


def test_the_copy_is_made_once(folder, private_wheel):
    shelter = Shelter(account_for(folder), folder / "shelter")
    first = shelter.programs(private_wheel)
    before = first.stat().st_ino

    assert shelter.programs(private_wheel).stat().st_ino == before


def test_data_of_an_ordinary_user_keep_their_owner(folder):
    (folder / "data").mkdir()
    os.chown(folder / "data", 1234, 1235)

    assert account_for(folder) == Account(1234, 1235)
