"""Übernahmebericht: what would become of many foreign files, line by line."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from app.engine.importing.draft import Import
from app.engine.modelling.xmlio import BPMN, MAX_BYTES
from app.errors import Unavailable

_WORDS = ("accepted", "todo", "blocked", "failed")
_BUSY = "Der Rechner war ausgelastet. Bitte versuchen Sie es noch einmal."
_UNREADABLE = "Die Datei ließ sich nicht öffnen."


def report_lines(directory: Path, examine: Callable[[bytes], Import]) -> Iterator[str]:
    """Give one line per model below ``directory``, what is open below it, and the sums last."""
    count: Counter[str] = Counter()
    for path in model_files(directory):
        found = _examined(path, examine)
        count[found.status] += 1
        yield f"{found.status:<8}  {_printable(str(path.relative_to(directory)))}"
        if found.reason:
            yield f"    {found.reason}"
        for fault in (*found.blockers, *found.todos):
            yield _printable(f"    {fault.code} {fault.pointer}: {fault.message}")
    sums = ", ".join(f"{count[word]} {word}" for word in _WORDS)
    yield f"{count.total()} files: {sums}"


def model_files(directory: Path) -> list[Path]:
    """All BPMN files below a directory, sorted; ``.xml`` counts where it names BPMN's schema."""
    return sorted(path for path in directory.rglob("*") if _is_model(path))


def _is_model(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
    except OSError:
        return False
    name = path.name.lower()
    if name.endswith((".bpmn", ".bpmn20.xml")):
        return True
    return name.endswith(".xml") and BPMN.encode() in _content(path, 20_000)


def _examined(path: Path, examine: Callable[[bytes], Import]) -> Import:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError:
        return Import("failed", reason=_UNREADABLE)
    try:
        return examine(content)
    except Unavailable:
        return Import("failed", reason=_BUSY)


def _content(path: Path, size_bytes: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(size_bytes)
    except OSError:
        return b""


def _printable(line: str) -> str:
    """Names may hold anything; a line stays a line."""
    return "".join(sign if sign.isprintable() else "�" for sign in line)
