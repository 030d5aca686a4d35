"""PDF files: nothing that acts by itself comes in, however well it hides."""

import io

import pikepdf
import pytest

from app.errors import Invalid
from app.uploads.inspection import inspect_upload
from tests.support import samples

PAGES = (
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
)


def verdict(content):
    try:
        inspect_upload(
            io.BytesIO(content), name="a.pdf", accept=["application/pdf"], max_size_bytes=10**8
        )
    except Invalid as error:
        return error.fields[0].code
    return "accepted"


def by_hand(catalogue, *more):
    head = b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue
    return samples.pdf_from_objects(head, *PAGES, *more)


@pytest.mark.parametrize("name", list(samples.ACTIVE_CHANGES))
@pytest.mark.abuse("A12")
def test_a_document_that_acts_is_refused(name):
    assert verdict(samples.active_pdf(name)) == "active_content"


@pytest.mark.abuse("A12")
def test_a_script_in_a_compressed_object_stream_is_found():
    assert verdict(samples.pdf_with_hidden_script()) == "active_content"


@pytest.mark.parametrize(
    "content",
    [
        by_hand(b"/OpenAction << /S /Java#53cript /#4a#53 (x) >>"),
        by_hand(b"/OpenAction << /S 4 0 R >>", b"/JavaScript"),
        by_hand(b"/OpenAction << /S /URI /URI <6A617661736372697074 3A78> >>"),
        by_hand(b"/X [[[[[[ << /Y [ << /Z << /AA << >> >> >> ] >> ]]]]]]"),
        by_hand(b"", b"<< /S /Launch /F (cmd.exe) >>"),
        by_hand(b"/OpenAction 4 0 R", b"<< /S /URI /URI (https://example.org/) >>"),
        by_hand(b"/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next 4 0 R >>", b"<< /S /Thread >>"),
        by_hand(b"/OpenAction << /S /GoToR /F (//example.org/a.pdf) >>"),
    ],
    ids=[
        "escaped name",
        "borrowed name",
        "written in hex",
        "nested",
        "nobody refers to it",
        "calls home when opened",
        "goes on after turning a page",
        "fetches another document",
    ],
)
def test_a_disguised_action_is_found(content):
    assert verdict(content) == "active_content"


@pytest.mark.parametrize(
    "damaged",
    [
        b"<< /S /JavaScript /JS (x) ",
        b"] << /S /JavaScript /JS (x) >>",
        b"garbage << /S /JavaScript /JS (x) >>",
        b"<< /S /JavaScript /S /GoTo >>",
        b"[" * 600 + b"<< /JS (x) >>" + b"]" * 600,
    ],
)
def test_what_another_program_might_repair_to_an_action_is_refused(damaged):
    assert verdict(by_hand(b"/OpenAction 4 0 R", damaged)) in {"unreadable", "active_content"}


@pytest.mark.parametrize(
    "content",
    [
        by_hand(b""),
        by_hand(b"/OpenAction [3 0 R /Fit]"),
        by_hand(b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>"),
        by_hand(b"/Names << /Dests << /Names [] >> >> /Lang (de-DE)"),
        by_hand(b"/X << /S /URI /URI (https://example.org/javascript:) >>"),
        by_hand(b"/Title (Was /JavaScript und /AA bedeuten)"),
        samples.object_stream_pdf(),
    ],
)
def test_a_harmless_document_is_accepted(content):
    assert verdict(content) == "accepted"


@pytest.mark.parametrize(
    "content", [samples.pdf_with_hidden_script(), samples.encrypted_pdf()], ids=["acts", "locked"]
)
def test_people_are_told_how_to_make_a_plain_document(content):
    with pytest.raises(Invalid) as caught:
        inspect_upload(
            io.BytesIO(content), name="a.pdf", accept=["application/pdf"], max_size_bytes=10**8
        )
    assert "wählen Sie „Drucken“ und als Drucker „Als PDF speichern“" in (
        caught.value.fields[0].message
    )


@pytest.mark.parametrize("user", ["geheim", ""])
def test_an_encrypted_document_is_refused(user):
    assert verdict(samples.encrypted_pdf(user=user)) == "encrypted"


def test_a_document_may_have_five_hundred_pages():
    assert verdict(samples.pdf_document(500)) == "accepted"
    assert verdict(samples.pdf_document(501)) == "too_many_pages"


def test_a_document_without_pages_is_refused():
    empty = io.BytesIO()
    pikepdf.new().save(empty)

    assert verdict(empty.getvalue()) == "unreadable"


@pytest.mark.promise("P20")
def test_an_object_stream_that_unpacks_to_a_gigabyte_is_given_up():
    content = samples.object_stream_pdf(padding_mb=1024)

    assert len(content) < 2_000_000
    assert verdict(content) == "unreadable"
