"""Galerie: every component of a form in each of its states, for those who write forms."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.forms.compile import compile_form
from app.forms.form import EvidenceItem, Form, FormContext
from app.forms.summary import SummaryRow
from app.forms.view import FieldView, flat
from app.web.parts import parts
from app.web.trial.gallery_form import (
    ANSWERS,
    COMPONENTS,
    EMPTY,
    FILLED,
    STATES,
    WRONG,
    gallery_schema,
    gallery_ui,
)

gallery = Blueprint("gallery", __name__)

_KEY = "galerie"
_EVIDENCE = {
    f"/{FILLED}/nachweis": (EvidenceItem("lageplan", "lageplan.pdf", "application/pdf", 812_000),)
}


@dataclass(frozen=True, slots=True)
class Component:
    """One component: its states by name, and its answer in words where it has one."""

    id: str
    title: str
    states: tuple[tuple[str, FieldView], ...]
    answer: SummaryRow | None


@gallery.get("/fabrik/formulare/galerie")
def show() -> ResponseReturnValue:
    """Show all components below each other."""
    context = FormContext(now=parts().clock(), values={})
    return render_template("trial/gallery.html", components=list(components(context)))


@lru_cache(maxsize=1)
def _form() -> Form:
    return compile_form(_KEY, gallery_schema(), gallery_ui())


def components(context: FormContext) -> Iterator[Component]:
    """Lay out every component; the form is compiled once."""
    form = _form()
    faults = form.check_page(WRONG, ANSWERS, context)
    views = {
        page: form.view_page(page, ANSWERS, faults, context, _EVIDENCE).by_name for page in STATES
    }
    filled = next(c for c in form.summary(ANSWERS, context, _EVIDENCE) if c.page_id == FILLED)
    answers = {row.pointer.removeprefix(f"/{FILLED}/"): row for row in filled.rows}
    for name, title in COMPONENTS.items():
        states = [(page, views[page][name]) for page in STATES]
        if states[0][1].kind == "note":
            states = states[:1]
        elif not any(view.error for view in flat([views[WRONG][name]])):
            states = [state for state in states if state[0] in {EMPTY, FILLED}]
        named = tuple((STATES[page], view) for page, view in states)
        yield Component(name, title, named, answers.get(name))
