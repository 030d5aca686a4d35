"""Only one trial per folder, one secret, one note about it."""

import pytest

from app.trial.folders import TrialFolders
from app.trial.secret_file import kept_secret
from app.trial.single import AlreadyHeld, SingleHolder
from app.trial.within import is_running


def test_a_held_lock_is_refused_until_it_is_given_back(tmp_path):
    first = SingleHolder(tmp_path / "run" / "lock").acquire()
    with pytest.raises(AlreadyHeld):
        SingleHolder(tmp_path / "run" / "lock").acquire()

    first.release()
    SingleHolder(tmp_path / "run" / "lock").acquire().release()


def test_a_secret_is_made_once_and_is_its_owners_alone(tmp_path):
    path = tmp_path / "secrets" / "key"

    assert kept_secret(path) == kept_secret(path)
    assert len(kept_secret(path)) == 64
    assert path.stat().st_mode & 0o777 == 0o600
    assert kept_secret(tmp_path / "other") != kept_secret(path)


def test_notes_of_a_killed_trial_do_not_make_it_run(tmp_path):
    folders = TrialFolders(tmp_path)
    lock = SingleHolder(folders.lock).acquire()
    folders.environment.write_text("{}")
    assert is_running(folders)

    lock.release()
    assert not is_running(folders)
