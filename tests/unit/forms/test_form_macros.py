"""The macros show every kind of question so that everybody can use it."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.forms.form import EvidenceItem
from tests.unit.forms.samples import context, every_kind, form, good, one_field

TEMPLATES = Path(__file__).parents[3] / "app" / "templates"
ENVIRONMENT = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
)
MACROS = ENVIRONMENT.get_template("parts/form.html").module
PHOTO = EvidenceItem("d1", "zähler <1>.jpg", "image/jpeg", 2_400_000)


def page(answers=None, *, checked=False, evidence=None, a_form=None, page_id="alles"):
    a_form = a_form or every_kind()
    faults = a_form.check(answers or {}, context()) if checked else []
    view = a_form.view_page(page_id, answers or {}, faults, context(), evidence or {})
    html = f"{MACROS.error_summary(view.errors)}{MACROS.fields(view)}"
    return BeautifulSoup(html, "html.parser")


def one(field, answer=None, ui=None):
    single = form(one_field(field), {"p": {"f": ui or {}}})
    return page({"p": {"f": answer}}, a_form=single, page_id="p")


STATES = {
    "empty": page,
    "filled": lambda: page(good(jahr=2020, zweck=["garten"]), evidence={"/alles/foto": [PHOTO]}),
    "full": lambda: page(good(), evidence={"/alles/foto": [PHOTO, PHOTO]}, checked=True),
    "wrong": lambda: page({"alles": {"tag": "31.2.2026"}}, checked=True),
}


@pytest.fixture(params=STATES)
def soup(request):
    return STATES[request.param]()


def test_every_control_has_exactly_one_label(soup):
    for control in soup.select("input, select, textarea, output"):
        assert len(soup.select(f"label[for='{control['id']}']")) == 1, control


def test_every_label_belongs_to_a_control(soup):
    for label in soup.select("label"):
        assert soup.find(id=label["for"]).name in {"input", "select", "textarea", "output"}


def test_ids_are_unique_and_references_lead_somewhere(soup):
    ids = [element["id"] for element in soup.select("[id]")]
    described = [
        one_id
        for element in soup.select("[aria-describedby]")
        for one_id in element["aria-describedby"].split()
    ]
    linked = [link["href"].removeprefix("#") for link in soup.select("a[href^='#']")]

    assert len(set(ids)) == len(ids)
    assert set(described) <= set(ids)
    assert set(linked) <= set(ids)


def test_groups_have_a_legend_first(soup):
    for group in soup.select("fieldset"):
        assert group.find(True).name == "legend"


def test_there_is_no_inline_style_or_script(soup):
    assert not soup.select("script, style, [style]")
    assert not [a for element in soup.find_all(True) for a in element.attrs if a.startswith("on")]


def test_all_kinds_are_there():
    soup = page()

    assert soup.find(id="feld-alles-name")["type"] == "text"
    assert soup.find(id="feld-alles-post")["type"] == "email"
    assert soup.find(id="feld-alles-telefon")["type"] == "tel"
    assert soup.find(id="feld-alles-grund").name == "textarea"
    assert soup.find(id="feld-alles-plz")["inputmode"] == "numeric"
    assert soup.find(id="feld-alles-menge")["inputmode"] == "decimal"
    assert soup.find(id="feld-alles-farbe").name == "select"
    assert [i["value"] for i in soup.select("[name='alles.art']")] == ["neu", "alt"]
    assert [i["type"] for i in soup.select("[name='alles.zweck']")] == ["checkbox", "checkbox"]
    assert [i["value"] for i in soup.select("[name='alles.dabei']")] == ["ja", "nein"]
    assert soup.find(id="feld-alles-fest")["type"] == "checkbox"
    assert [i["name"] for i in soup.select("fieldset input[id^='feld-alles-tag']")] == [
        "alles.tag-tag",
        "alles.tag-monat",
        "alles.tag-jahr",
    ]
    assert soup.find(id="feld-alles-bis").name == "output"


def test_what_is_shown_can_be_read_again():
    answers = good(jahr=2020, zweck=["garten"], grund=" eins\nzwei".strip(), quelle="amt")
    soup = page(answers)
    fields: dict[str, list[str]] = {}
    for control in soup.select("input:not([type=file]), textarea"):
        if control.get("type") not in {"radio", "checkbox"} or control.has_attr("checked"):
            text = control.get("value", control.text.removeprefix("\n"))
            fields.setdefault(control["name"], []).append(text)
    for select in soup.select("select"):
        fields[select["name"]] = [select.select_one("option[selected]")["value"]]

    assert every_kind().read_page("alles", fields, answers, context()) == answers["alles"]


def test_a_wrong_field_says_so_in_words_and_to_screen_readers():
    soup = page({"alles": {"menge": "viel"}}, checked=True)
    control, message = soup.find(id="feld-alles-menge"), soup.find(id="feld-alles-menge-fehler")

    assert control["aria-invalid"] == "true"
    assert control["class"] == [
        "kern-form-input__input",
        "kern-form-input__input--error",
        "kern-form-input__input--width-4",
    ]
    assert control["aria-describedby"] == "feld-alles-menge-einheit feld-alles-menge-fehler"
    assert message.get_text(strip=True).startswith("Fehler:Bitte geben Sie bei „Menge“")
    assert control["value"] == "viel"


def test_only_the_wrong_part_of_a_date_is_marked():
    soup = page({"alles": {"tag": "5.13.2026"}}, checked=True)
    parts = soup.select("input[id^='feld-alles-tag']")

    assert [part.get("aria-invalid") for part in parts] == [None, "true", None]


def test_the_error_summary_takes_the_focus_and_lists_every_fault():
    soup = page({}, checked=True)
    summary = soup.find(role="alert")

    assert summary["tabindex"] == "-1"
    assert [link["href"] for link in summary.select("a")][:3] == [
        "#feld-alles-name",
        "#feld-alles-menge",
        "#feld-alles-tag-tag",
    ]


def test_there_is_no_error_summary_without_faults():
    assert page().find(role="alert") is None


def test_optional_fields_are_marked_and_required_ones_are_not():
    soup = page()

    def text(one_id):
        return soup.select_one(f"label[for='{one_id}']").get_text(" ", strip=True)

    assert text("feld-alles-grund") == "Begründung (freiwillig)"
    assert text("feld-alles-name") == "Name"
    assert text("feld-alles-bis") == "Geeicht bis"
    assert (
        "(freiwillig)" in soup.find("legend", string=None, class_="kern-label").parent.parent.text
    )


def test_evidence_can_be_removed_and_added():
    soup = page(evidence={"/alles/foto": [PHOTO]})
    remove, upload = soup.find("button", value="d1"), soup.find("button", value="/alles/foto")
    file = soup.find("input", type="file")

    assert (remove["name"], upload["name"]) == ("entfernen", "hochladen")
    assert remove.has_attr("formnovalidate")
    assert remove["aria-label"] == "Entfernen: zähler <1>.jpg"
    assert remove["aria-label"].startswith(remove.get_text(strip=True))
    assert upload["aria-label"] == "Hochladen: Foto"
    assert file["name"] == "alles.foto"
    assert file["accept"] == "image/jpeg,image/png,application/pdf"
    assert file.has_attr("multiple")
    assert "höchstens 10 MB" in soup.find(id=file["aria-describedby"]).text


def test_a_full_list_of_evidence_offers_no_upload():
    soup = page(good(), evidence={"/alles/foto": [PHOTO, PHOTO]})

    assert soup.find("input", type="file") is None
    assert soup.find("button", value="/alles/foto") is None


HOSTILE = "\"><script>alert(1)</script>{{ 7*7 }}'&"


@pytest.mark.parametrize("ui", [{}, {"ui:widget": "textarea"}])
def test_what_a_person_writes_is_never_markup(ui):
    soup = one({"type": "string", "title": HOSTILE, "maxLength": 99}, HOSTILE, ui)
    control = soup.find(id="feld-p-f")

    assert not soup.select("script")
    assert control.get("value", control.text.removeprefix("\n")) == HOSTILE
    assert soup.select_one("label").get_text().startswith(HOSTILE)


def test_a_sensitive_field_is_not_spellchecked():
    control = one({"type": "string", "x-sensitive": True}).find(id="feld-p-f")

    assert (control["spellcheck"], control["autocomplete"]) == ("false", "off")


def test_help_opens_on_demand():
    details = one(
        {"type": "string"}, ui={"ui:options": {"details": {"title": "Wo?", "text": "Da."}}}
    )

    assert details.select_one("details > summary").text == "Wo?"
    assert "Da." in details.select_one("details").text


def test_a_summary_card_lists_answers_and_leads_back():
    (card,) = every_kind().summary(good(grund="a\nb"), context(), {"/alles/foto": [PHOTO]})
    html = str(MACROS.summary_card(card, "/weiter", lambda item: f"/datei/{item.id}", 3))
    soup = BeautifulSoup(html, "html.parser")
    answers = {dt.text: dt.find_next_sibling("dd").text for dt in soup.select("dt")}

    assert answers["Begründung"] == "a\nb"
    assert answers["Foto"] == "zähler <1>.jpg (2,4 MB)"
    assert soup.find("a", href="/datei/d1")
    assert soup.find("a", href="/weiter").get_text() == "Ändern: Alle Arten"
    assert soup.find("h3").text == "Alle Arten"


def test_a_summary_card_without_address_cannot_be_changed():
    (card,) = every_kind().summary(good(), context())

    assert BeautifulSoup(str(MACROS.summary_card(card)), "html.parser").find("a") is None


class Balance(HTMLParser):
    """Counts whether every element that opens also closes, in order."""

    void = frozenset({"input", "br"})

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, _attrs):
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("state", STATES)
def test_every_element_is_closed(state):
    faults = every_kind().check({}, context()) if state == "wrong" else []
    evidence = {"/alles/foto": [PHOTO] * (2 if state == "full" else 1)}
    view = every_kind().view_page("alles", {}, faults, context(), evidence)
    balance = Balance()

    balance.feed(f"{MACROS.error_summary(view.errors)}{MACROS.fields(view)}")

    assert balance.open == []
