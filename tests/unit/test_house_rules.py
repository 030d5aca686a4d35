"""House rules that hold for every file, also for those written next year."""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app import errors
from app.boot import create_app
from app.web.csrf import token_for
from app.web.problem_texts import PROBLEM_TEXTS
from tests.support.bare_app import config_at
from tests.support.public import PUBLIC

ROOT = Path(__file__).parents[2]
MIGRATIONS = ROOT / "storage" / "migrations"
CODE = ("app", "storage")
#: names that say nothing about what is inside
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "shared"}
_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
_POST = re.compile(r"""<form\b[^>]*\bmethod=["']post["']""", re.IGNORECASE)


def service_keys() -> list[str]:
    return sorted({path.name for folder in ("bpmn", "forms") for path in (ROOT / folder).iterdir()})


def modules() -> list[Path]:
    return [path for folder in CODE for path in sorted((ROOT / folder).rglob("*.py"))]


def rules(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in sorted(app.url_map.iter_rules(), key=str):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


@pytest.fixture(scope="module")
def app(tmp_path_factory) -> Flask:
    """All routes there can be, those of a trial too; nothing behind them answers."""
    folder = tmp_path_factory.mktemp("trial")
    return create_app(dataclasses.replace(config_at("http://localhost"), trial_folder=folder))


@pytest.mark.parametrize("key", service_keys())
def test_a_service_has_one_key_in_both_places_and_a_scenario(key):
    bundle = ROOT / "bpmn" / key
    assert (bundle / "service.toml").is_file()
    assert (bundle / "process.bpmn").is_file()
    assert (ROOT / "forms" / key / "antrag.json").is_file()
    assert list((bundle / "scenarios").glob("*.toml"))
    assert f'key = "{key}"' in (bundle / "service.toml").read_text("utf-8")


def test_packages_say_nothing_by_themselves():
    filled = [path for path in modules() if path.name == "__init__.py" and path.read_bytes()]
    assert filled == []


def test_no_module_has_a_name_for_everything():
    assert [path for path in modules() if VAGUE & {path.stem, *path.parts}] == []


def test_a_module_is_small_and_says_what_it_is():
    for path in modules():
        text = path.read_text("utf-8")
        if path.name == "__init__.py" or path.is_relative_to(MIGRATIONS):
            continue
        assert text.startswith('"""'), path
        assert len(text.splitlines()) <= 300, path


def test_migrations_are_numbered_without_gaps_and_the_head_is_named():
    names = sorted(path.stem for path in (MIGRATIONS / "versions").glob("*.py"))
    assert names
    assert [name[:5] for name in names] == [f"{n:04}_" for n in range(1, len(names) + 1)]
    assert (MIGRATIONS / ".current-head").read_text().strip() == names[-1][:4]
    for number, name in enumerate(names, start=1):
        text = (MIGRATIONS / "versions" / f"{name}.py").read_text("utf-8")
        before = f'"{number - 1:04}"' if number > 1 else "None"
        assert re.search(rf'^revision(: [^=]+)? = "{number:04}"$', text, re.MULTILINE)
        assert re.search(rf"^down_revision(: [^=]+)? = {before}$", text, re.MULTILINE)


def test_every_form_that_changes_something_holds_a_token():
    forms = [
        (path.name, form)
        for path in sorted((ROOT / "app" / "templates").rglob("*.html"))
        for form in _FORM.findall(path.read_text("utf-8"))
        if _POST.match(form)
    ]
    assert len(forms) >= 8
    without = [name for name, form in forms if 'name="csrf_token"' not in form]
    assert without == []


def test_no_template_runs_or_styles_anything_inline():
    for path in sorted((ROOT / "app" / "templates").rglob("*.html")):
        text = path.read_text("utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>|\son\w+=|\sstyle=|<style", text), path


def test_every_error_has_a_text():
    kinds = [errors.PlatformError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    assert len(kinds) > 15
    assert {kind.code for kind in kinds} <= PROBLEM_TEXTS.keys()


def test_public_addresses_are_named_with_a_reason(app):
    assert PUBLIC.keys() <= app.view_functions.keys()
    assert all(PUBLIC.values())


@pytest.mark.abuse("A14")
def test_every_other_address_asks_who_calls_before_it_looks_anything_up(app):
    """There is no database here: whoever asks it first does not answer 401."""
    tried = 0
    for rule, method in rules(app):
        if rule.endpoint in PUBLIC:
            continue
        values = {name: UUID(int=1) for name in rule.arguments}
        _, path = rule.build(values) or ("", "")
        client = app.test_client()
        client.set_cookie("antragswerk-formular", "x" * 22)
        with app.app_context():
            token = token_for("x" * 22)
        answer = client.open(
            path, method=method, headers={"Accept": "text/html", "X-CSRF-Token": token}
        )
        sent_away = answer.status_code == 303 and answer.headers["Location"].startswith("/anmelden")
        assert sent_away or answer.status_code == 401, (rule.rule, method, answer.status_code)
        tried += 1
    assert tried > 30


@pytest.mark.abuse("A17")
def test_every_change_from_a_browser_needs_a_token(app):
    tried = 0
    for rule, method in rules(app):
        takes_programs = getattr(app.view_functions[rule.endpoint], "takes_foreign_forms", False)
        if method == "GET" or rule.rule.startswith("/api/") or takes_programs:
            continue
        values = {name: UUID(int=1) for name in rule.arguments}
        _, path = rule.build(values) or ("", "")
        answer = app.test_client().open(path, method=method, headers={"Accept": "text/html"})
        assert answer.status_code == 403, (rule.rule, method)
        assert "Bitte senden Sie das noch einmal" in answer.text
        tried += 1
    assert tried >= 9
