"""The gallery leaves no component out and shows each where it can go wrong."""

from app.forms.kind import UNSEEN, Kind
from app.forms.view import flat
from app.web.trial.gallery import components
from tests.unit.forms.samples import context


def test_every_kind_that_can_be_seen_is_shown():
    shown = {view.kind for component in components(context()) for _, view in component.states}

    assert shown == set(Kind) - UNSEEN


def test_every_question_is_shown_empty_filled_wrong_and_in_words():
    for component in components(context()):
        states = dict(component.states)
        if states["Leer"].kind not in {"note", "calculated"}:
            assert list(states) == ["Leer", "Ausgefüllt", "Fehlerhaft"]
            wrong = {
                state for state, view in states.items() if any(one.error for one in flat([view]))
            }
            assert wrong == {"Fehlerhaft"}
            assert component.answer.text != "Keine Angabe"


def test_no_two_states_share_an_id():
    ids = [view.id for component in components(context()) for _, view in component.states]

    assert len(ids) == len(set(ids))
