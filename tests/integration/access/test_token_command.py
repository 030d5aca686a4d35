import pytest
import requests
from click.testing import CliRunner

from app.cli import main
from app.trial.port import free_port
from app.web.trial.token import NoToken, fetch_token


def test_the_token_opens_the_api_as_that_person(server, parts, monkeypatch):
    token = fetch_token("caseworker", {"PUBLIC_URL": server})

    assert parts.sign_in.identify(token).name == "Karin Muster"
    me = requests.get(
        f"{server}/api/v1/me", headers={"Authorization": f"Bearer {token}"}, timeout=10
    )
    assert me.json()["roles"] == ["caseworker"]


def test_an_access_token_is_no_sign_in(server, parts):
    token = fetch_token("citizen", {"PUBLIC_URL": server})
    page = requests.get(f"{server}/konto", cookies={"antragswerk": token}, timeout=10)
    assert page.status_code == 401


def test_the_trial_of_this_folder_is_found_by_its_note(server, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    note = tmp_path / "var" / "run" / "address"
    note.parent.mkdir(parents=True)
    note.write_text(f"{server}\n", encoding="utf-8")
    assert fetch_token("citizen", {}).count(".") == 2


def test_without_a_running_trial_one_line_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NoToken, match="make run"):
        fetch_token("citizen", {"PORT": str(free_port())})


def test_an_unknown_person_is_answered_with_those_there_are():
    with pytest.raises(NoToken, match="citizen, citizen2, company"):
        fetch_token("kanzler", {})


def test_the_command_prints_the_token_and_nothing_else(server):
    result = CliRunner().invoke(main, ["token", "citizen"], env={"PUBLIC_URL": server})
    assert result.exit_code == 0
    assert result.stdout.strip().count(".") == 2
    assert result.stderr == ""


def test_the_command_complains_where_errors_belong():
    result = CliRunner().invoke(main, ["token", "kanzler"])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("Diese Person gibt es nicht.")
