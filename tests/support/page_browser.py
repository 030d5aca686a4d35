"""A browser without JavaScript: keeps cookies, reads pages and sends their forms as they stand."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import lxml.html
from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse, encode_multipart

from app.web.csrf import token_for

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class PageBrowser:
    """One browser profile; every address is a path of the platform."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()

    def sign_in(self, persona: str) -> None:
        """Go to the provider and back as that persona."""
        there = self.get(f"/anmelden?als={persona}&weiter=/konto")
        assert self.get(there.headers["Location"]).headers["Location"] == "/konto"

    def get(self, path: str, **options: Any) -> TestResponse:
        """Open an address; redirects are not followed."""
        return self.client.get(path, headers={"Accept": "text/html"}, **options)

    def follow(self, answer: TestResponse) -> TestResponse:
        """Go on until there is a page."""
        while answer.status_code in {302, 303}:
            answer = self.get(answer.headers["Location"])
        return answer

    def submit(
        self, page: TestResponse, fields: Any = (), *, action: str = "", press: str = ""
    ) -> TestResponse:
        """Send the form of ``page`` that goes to ``action``, with these fields changed.

        ``press`` is the name of the button, or ``name=value``.
        """
        form = next(
            form
            for form in lxml.html.fromstring(page.text).forms
            if form.method == "POST"
            and urlsplit(form.get("action") or page.request.path).path.endswith(
                action or page.request.path
            )
        )
        sent = MultiDict[str, Any](form.form_values())
        for name, value in dict(fields).items():
            sent.setlist(name, value if isinstance(value, list) else [value])
        if press:
            name, _, value = press.partition("=")
            sent[name] = value or "1"
        return self.send(form.get("action") or page.request.path, sent)

    def post(self, path: str, fields: Mapping[str, Any] | None = None) -> TestResponse:
        """Send fields of one's own making, with a token that holds."""
        return self.send(path, MultiDict({"csrf_token": self.token(), **(fields or {})}))

    def send(self, path: str, fields: Any) -> TestResponse:
        """Post as a page of the platform would."""
        boundary, data = encode_multipart(fields)
        return self.client.post(
            path,
            data=data,
            content_type=f"multipart/form-data; boundary={boundary}",
            headers={
                "Accept": "text/html",
                "Origin": "http://localhost",
                "Sec-Fetch-Site": "same-origin",
            },
        )

    def token(self) -> str:
        """Return what a form of the platform would hold for this browser."""
        kept = self.client.get_cookie("antragswerk")
        if kept is None:
            self.client.set_cookie("antragswerk-formular", "x" * 22)
        with self.app.app_context():
            return token_for(kept.value if kept else "x" * 22)


def html_fields(answers: Mapping[str, Mapping[str, Any]], *pages: str) -> dict[str, Any]:
    """Write answers as the fields of an HTML form: only those of ``pages``, or all."""
    fields: dict[str, Any] = {}
    for page in pages or tuple(answers):
        for name, value in answers[page].items():
            fields |= _fields(f"{page}.{name}", value)
    return fields


def _fields(name: str, value: Any) -> dict[str, Any]:
    if isinstance(value, bool):
        return {name: "ja" if value else "nein"}
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        year, month, day = value.split("-")
        return {f"{name}-tag": day, f"{name}-monat": month, f"{name}-jahr": year}
    if isinstance(value, float):
        return {name: str(value).replace(".", ",")}
    return {name: value if isinstance(value, list) else str(value)}


def heading(page: TestResponse) -> str:
    """Return the one main heading."""
    [found] = lxml.html.fromstring(page.text).xpath("//h1")
    return " ".join(found.text_content().split())


def text(page: TestResponse) -> str:
    """Return what a person reads in the main part, in one line."""
    [main] = lxml.html.fromstring(page.text).xpath("//main")
    return " ".join(main.text_content().split())


def summary(page: TestResponse) -> list[tuple[str, str]]:
    """Return target and message of each line of the list of faults."""
    links = lxml.html.fromstring(page.text).xpath("//*[@role='alert']//a")
    return [(link.get("href"), link.text_content().strip()) for link in links]


def element(page: TestResponse, name: str) -> Any:
    """Return the one field called ``name``; of radios and checkboxes the first."""
    return lxml.html.fromstring(page.text).xpath("//*[@name=$name]", name=name)[0]


def described(page: TestResponse, name: str) -> str:
    """Return the texts that a field, or the group around it, is described by."""
    tree = lxml.html.fromstring(page.text)
    field = tree.xpath("//*[@name=$name]", name=name)[0]
    around = [field, *field.iterancestors("fieldset")]
    ids = " ".join(one.get("aria-describedby") or "" for one in around).split()
    return " ".join(tree.get_element_by_id(one).text_content() for one in ids)
