"""Forms: a page of thirty fields, laid out, rendered and checked."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from app.forms.compile import compile_form
from app.forms.form import FormContext
from bench.timing import Result, median_us

ROOT = Path(__file__).parents[1]


def measure() -> Iterator[Result]:
    fields = {f"feld{n}": {"type": "string", "title": f"Feld {n}"} for n in range(30)}
    page = {"type": "object", "title": "Seite", "required": list(fields), "properties": fields}
    schema = {
        "type": "object",
        "title": "Antrag",
        "required": ["seite"],
        "properties": {"seite": page},
    }
    form = compile_form("antrag", schema, {})
    context = FormContext(now=datetime.now(UTC), values={})
    answers = {"seite": dict.fromkeys(fields, "Ein Wert")}
    templates = Environment(loader=FileSystemLoader(ROOT / "app" / "templates"), autoescape=True)
    macro = templates.from_string('{% from "parts/form.html" import fields %}{{ fields(page) }}')

    def render() -> str:
        return macro.render(page=form.view_page("seite", answers, [], context))

    yield {"name": "forms.render_ms", "value": median_us(render) / 1000, "unit": "ms"}
    yield {
        "name": "forms.validate_us",
        "value": median_us(lambda: form.check(answers, context)),
        "unit": "µs",
    }
