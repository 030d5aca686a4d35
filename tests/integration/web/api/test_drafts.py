"""Drafts by program: start, patch, list, discard."""

import pytest

from tests.support.applications import MUNICIPALITY, SERVICE, new_meter

START = {"municipality": MUNICIPALITY, "service": SERVICE}


def pointers(answer):
    return {(fault["pointer"], fault["code"]) for fault in answer.json["fields"]}


def test_answers_may_come_with_the_start(citizen):
    begun = citizen.post("/applications", {**START, "answers": {"anlass": {"art": "ausbau"}}})
    assert begun.json["answers"]["anlass"] == {"art": "ausbau"}


def test_an_unknown_answer_at_the_start_leaves_no_draft_behind(citizen):
    refused = citizen.post("/applications", {**START, "answers": {"anlass": {"farbe": "rot"}}})
    assert refused.status_code == 422
    assert pointers(refused) == {("/anlass/farbe", "unknown_field")}
    assert citizen.get("/applications").json["items"] == []


def test_null_removes_an_answer_and_a_whole_page(citizen, draft):
    here = f"/applications/{draft}"
    citizen.patch(here, {"answers": {"zaehler": {"nummer": None}, "einbau": None}})
    answers = citizen.get(here).json["answers"]
    assert "nummer" not in answers["zaehler"]
    assert answers["zaehler"]["hersteller"] == "Muster"
    assert "einbau" not in answers


def test_wrong_values_are_kept_and_said(citizen, draft):
    patched = citizen.patch(
        f"/applications/{draft}", {"answers": {"zaehler": {"eichjahr": "neulich", "stellen": 99}}}
    )
    assert patched.status_code == 200
    page = next(page for page in patched.json["pages"] if page["id"] == "zaehler")
    assert {fault["pointer"] for fault in page["faults"]} >= {
        "/zaehler/eichjahr",
        "/zaehler/stellen",
    }
    assert page["complete"] is False


@pytest.mark.abuse("A7")
@pytest.mark.parametrize(
    ("patch", "expected"),
    [
        ({"anlass": {"farbe": "rot"}}, ("/anlass/farbe", "unknown_field")),
        ({"vorgang": {"aktenzeichen": "X"}}, ("/vorgang", "unknown_field")),
        ({"__builtins__": {}}, ("/__builtins__", "unknown_field")),
        ({"anlass": 5}, ("/answers", "type")),
        ({"nachweise": {"foto_zaehler": ["x"]}}, ("/nachweise/foto_zaehler", "read_only")),
    ],
)
def test_a_patch_cannot_write_what_the_form_does_not_ask(citizen, draft, patch, expected):
    before = citizen.get(f"/applications/{draft}").json
    refused = citizen.patch(f"/applications/{draft}", {"answers": patch})
    assert refused.status_code == 422
    assert pointers(refused) == {expected}
    assert citizen.get(f"/applications/{draft}").json == before


@pytest.mark.abuse("A7")
@pytest.mark.parametrize("name", ["applicant", "state", "submitted_at", "identity"])
def test_a_patch_cannot_reach_beyond_the_answers(citizen, draft, name):
    refused = citizen.patch(f"/applications/{draft}", {"answers": {}, name: "x"})
    assert pointers(refused) == {(f"/{name}", "unknown_field")}


def test_a_plain_json_patch_is_taken_too(citizen, draft):
    answer = citizen.call(
        "PATCH", f"/applications/{draft}", json={"answers": {"anlass": {"art": "ausbau"}}}
    )
    assert answer.json["answers"]["anlass"]["art"] == "ausbau"


def test_a_discarded_draft_is_gone_with_its_files(citizen, draft, parts):
    assert list(parts.documents.keys("evidence/"))
    assert citizen.delete(f"/applications/{draft}").status_code == 204
    assert citizen.get(f"/applications/{draft}").status_code == 404
    assert list(parts.documents.keys("evidence/")) == []


def test_a_submitted_application_can_neither_be_changed_nor_discarded(citizen, draft, receipt):
    here = f"/applications/{draft}"
    for answer in (
        citizen.patch(here, {"answers": {"anlass": {"art": "ausbau"}}}),
        citizen.delete(here),
    ):
        assert answer.status_code == 409
        assert answer.json["type"] == "urn:problem:already_submitted"
    shown = citizen.get(here).json
    assert shown["state"] == "submitted"
    assert shown["case_id"] == receipt["case_id"]
    assert all(page["complete"] for page in shown["pages"])


def test_own_applications_are_listed_page_by_page(citizen, api):
    made = [citizen.post("/applications", START).json["id"] for _ in range(5)]
    api("citizen2").post("/applications", START)
    seen, cursor = [], ""
    for _ in range(3):
        page = citizen.get(f"/applications?limit=2&cursor={cursor}").json
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert cursor is None
    assert sorted(seen) == sorted(made)


@pytest.mark.parametrize(
    ("start", "status", "code"),
    [
        ({"municipality": "nirgends", "service": SERVICE}, 404, "missing"),
        ({"municipality": MUNICIPALITY, "service": "nichts"}, 404, "missing"),
        ({"municipality": "musterland", "service": SERVICE}, 404, "missing"),
    ],
)
def test_only_what_a_municipality_offers_can_be_applied_for(citizen, start, status, code):
    refused = citizen.post("/applications", start)
    assert (refused.status_code, refused.json["type"]) == (status, f"urn:problem:{code}")


def test_a_weak_sign_in_is_told_so(api):
    refused = api("weak").post("/applications", START)
    assert refused.status_code == 403
    assert refused.json["type"] == "urn:problem:assurance_too_low"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, {("/municipality", "required"), ("/service", "required")}),
        ({**START, "applicant": "x"}, {("/applicant", "unknown_field")}),
        ({**START, "service": 5}, {("/service", "type")}),
        ({**START, "service": None}, {("/service", "required")}),
        ({**START, "service": "a\nb"}, {("/service", "bad_character")}),
        ({**START, "service": "a" * 201}, {("/service", "too_long")}),
        ({**START, "answers": []}, {("/answers", "type")}),
        ([], {("", "type")}),
        ("text", {("", "type")}),
    ],
)
def test_a_wrong_body_gets_german_faults(citizen, body, expected):
    refused = citizen.post("/applications", body)
    assert refused.status_code == 422
    assert refused.mimetype == "application/problem+json"
    assert pointers(refused) == expected
    assert all(fault["message"].endswith(".") for fault in refused.json["fields"])


def test_new_meter_is_complete_but_for_the_photo(citizen):
    begun = citizen.post("/applications", {**START, "answers": new_meter()}).json
    assert [page["id"] for page in begun["pages"] if not page["complete"]] == ["nachweise"]
