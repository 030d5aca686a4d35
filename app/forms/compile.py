"""Übersetzung: makes a form out of a schema and its uiSchema, or says everything that is wrong."""

from collections.abc import Mapping
from typing import Any

import jsonschema_rs

from app.forms.assemble import assemble
from app.forms.choice_form import with_choices
from app.forms.collect import Collector
from app.forms.evidence_rule import evidence_rule
from app.forms.findings import Findings
from app.forms.form import Form
from app.forms.keywords import check_keywords
from app.forms.kind import Kind
from app.forms.outline import Outline
from app.forms.page import Page
from app.forms.pointer import pointer
from app.forms.references import ReferenceReader
from app.forms.rules import read_rules
from app.forms.ui import check_ui

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def compile_form(key: str, schema: Mapping[str, Any], ui: Mapping[str, Any]) -> Form:
    """Compile one form; ``key`` is the name under which expressions see its answers.

    Nothing is fetched and nothing of the schema is executed.

    :raises BundleInvalid: the pointers lead into ``schema``; several faults come at once.
    """
    findings = Findings(key)
    body = _sound(schema, ui, findings)
    collector = Collector(findings)
    found = collector.collect(body)
    rules = read_rules(key, body.get("x-rules", []), collector, findings)
    check_ui(ui, found.fields, findings)
    findings.stop_if_any()
    outline = assemble(key, found, ui, rules, findings)
    findings.stop_if_any()
    return Form(
        key, schema, ui, pages=_pages(outline), evidence=_evidence(outline), outline=outline
    )


def _sound(schema: Any, ui: Any, findings: Findings) -> Mapping[str, Any]:
    """Expand the schema and check its grammar, so that the rest may rely on it."""
    if not isinstance(schema, Mapping) or not isinstance(ui, Mapping):
        findings.add("", "type", "Formular und Darstellung müssen je ein Objekt sein.")
        findings.stop_if_any()
    if schema.get("$schema", _DRAFT) != _DRAFT:
        findings.add("/$schema", "draft", f"Möglich ist nur {_DRAFT}.")
    body: Mapping[str, Any] = ReferenceReader(schema, findings).expand()
    findings.stop_if_any()
    body = with_choices(body)
    try:
        jsonschema_rs.meta.validate({**body, "$schema": _DRAFT})
    except jsonschema_rs.ValidationError as error:
        findings.add(pointer(*error.instance_path), "schema", "Das ist kein gültiges JSON Schema.")
    except ValueError:
        findings.add("", "schema", "Das ist kein gültiges JSON.")
    findings.stop_if_any()
    check_keywords(body, findings)
    if body.get("type") != "object" or not body.get("properties"):
        findings.add("/type", "type", "Ein Formular ist ein „object“ mit mindestens einer Seite.")
    findings.stop_if_any()
    return body


def _pages(outline: Outline) -> tuple[Page, ...]:
    pages = []
    for page in outline.pages.values():
        said: dict[str, Any] = {}
        for source in reversed(page.sources):
            said.update(source.schema or {})
        pages.append(Page(page.id, said["title"], said.get("description", "")))
    return tuple(pages)


def _evidence(outline: Outline) -> dict[str, Any]:
    return {
        field.pointer: evidence_rule(
            source.schema.get("title", field.id), source.schema["x-document"]
        )
        for page in outline.pages.values()
        for field in page.fields.values()
        if field.kind is Kind.EVIDENCE
        for source in field.sources[:1]
        if source.schema is not None
    }
