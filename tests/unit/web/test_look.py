"""The look: pages keep to the strict Content-Security-Policy, and the tour is honest."""

import re
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask, render_template, render_template_string

from app.web import format as formats
from app.web.problem_texts import PROBLEM_TEXTS
from app.web.trial.tour import TOUR

APP = Path(__file__).parents[3] / "app"
TEMPLATES = sorted((APP / "templates").rglob("*.html"))
INLINE = re.compile(
    r"""\sstyle\s*=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*["']""", re.IGNORECASE
)
NOW = datetime(2026, 11, 23, 9, 42, tzinfo=UTC)


@pytest.fixture
def pages():
    """Return an application that only renders, inside one request."""
    app = Flask("app", root_path=str(APP))
    app.secret_key = "only for this test"
    formats.attach(app)
    with app.test_request_context("/"):
        yield app


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(APP).as_posix())
def test_a_template_has_no_inline_style_or_script(path):
    assert not INLINE.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("bad", ['<p style="x">', "<script>x</script>", '<a onclick="x">'])
def test_inline_style_and_script_would_be_seen(bad):
    assert INLINE.search(bad)


def test_open_steps_sign_in_as_a_persona_and_the_others_are_no_links(pages):
    page = render_template("trial/landing.html", tour=TOUR, services=[])

    assert [step.number for step in TOUR if step.is_open] == [1, 2, 3]
    for step in TOUR:
        if step.is_open:
            assert f'href="{step.address.replace("&", "&amp;")}"' in page
    assert page.count("kommt als Nächstes") == 2
    assert "/anmelden?als=citizen&amp;weiter=/musterstadt/wasserzwischenzaehler/" in page


def test_the_landing_page_says_what_is_not_connected(pages):
    page = render_template("trial/landing.html", tour=TOUR, services=[])

    assert "keine Verbindung zu echten Behördensystemen" in page
    assert "kein Virenscanner angeschlossen" in page
    assert "Noch keine Leistung veröffentlicht" in page


@pytest.mark.parametrize("code", sorted(PROBLEM_TEXTS))
def test_an_error_page_has_one_heading_that_is_its_title(pages, code):
    page = render_template("problem.html", problem=PROBLEM_TEXTS[code], code=code, faults=())

    heading = re.findall(r"<h1[^>]*>(.*?)</h1>", page)
    assert heading == [PROBLEM_TEXTS[code].title]
    assert f"<title>{heading[0]} – Antragswerk</title>" in page


def test_a_stranger_is_shown_the_way_to_sign_in_and_back_to_the_page(pages):
    page = render_template("problem.html", problem=PROBLEM_TEXTS["unauthenticated"], code="x")

    assert 'href="/anmelden?weiter=/"' in page


def test_who_was_signed_out_while_typing_is_led_back_to_that_page(pages):
    with pages.test_request_context(
        "/antrag/1/absenden",
        method="POST",
        headers={"Referer": "http://localhost/antrag/1/pruefen"},
    ):
        page = render_template("problem.html", problem=PROBLEM_TEXTS["csrf"], code="csrf")

    assert 'href="/anmelden?weiter=/antrag/1/pruefen"' in page


def test_foreign_text_is_escaped_in_every_piece(pages):
    page = render_template_string(
        """{% from "parts/page.html" import hero, fact_list %}
        {% from "parts/evidence.html" import evidence_card %}
        {% from "parts/timeline.html" import timeline %}
        {{ hero(evil, evil, evil, "/x", [evil]) }}{{ fact_list([(evil, evil)]) }}
        {{ evidence_card(evil, "image/png", 10, evil) }}{{ timeline([entry]) }}""",
        evil="<b>x",
        entry=SimpleNamespace(
            title="<b>x", state="done", at=NOW, text="<b>x", who="<b>x", link=("<b>x", "/")
        ),
    )

    assert "<b>" not in page
    assert page.count("&lt;b&gt;x") >= 10


def test_an_overdue_task_is_told_by_word_and_icon(pages):
    page = render_template_string(
        '{% from "parts/status.html" import due_date %}{{ due_date(due_at, now) }}',
        due_at=datetime(2026, 11, 20, 22, 59, 59, tzinfo=UTC),
        now=NOW,
    )

    assert "3 Tage überfällig" in page
    assert "kern-icon--danger" in page
