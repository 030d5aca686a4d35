"""Ergebnis eines Szenarios: what came of a story so far, compared with what was told."""

from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from app.bundles.scenario import Expectation, ExpectedLetter, StoryMessage
from app.engine.step import Step
from app.letters.letter_text import LetterText


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """A letter the story produced."""

    name: str
    text: LetterText


@dataclass
class Outcome:
    """Gathers what happens; lists hold everything in order, ``seen`` how much was looked at."""

    faults: list[str] = field(default_factory=list)
    letters: list[WrittenLetter] = field(default_factory=list)
    messages: list[StoryMessage] = field(default_factory=list)
    milestones: list[str] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def note(self, step: Step) -> None:
        """Keep what a step added."""
        self.milestones.extend(step.milestones)
        self.messages.extend(
            StoryMessage(one.name, one.payload, one.correlation) for one in step.messages
        )
        self.path.extend(entry.element for entry in step.log)

    def compare(self, where: str, expect: Expectation, step: Step) -> None:
        """Note a fault for everything that is not as expected."""
        if expect.tasks is not None:
            names = sorted(task.name for task in step.open_tasks)
            self._same(where, "offene Aufgaben", sorted(expect.tasks), names)
        if expect.completed is not None:
            self._same(where, "abgeschlossen", expect.completed, step.completed)
        if expect.milestones is not None:
            reached = self._new("milestones", self.milestones)
            self._same(where, "Meilensteine", list(expect.milestones), reached)
        if expect.messages is not None:
            told = [_in_words(one) for one in expect.messages]
            sent = [_in_words(one) for one in self._new("messages", self.messages)]
            self._same(where, "Nachrichten", told, sent)
        if expect.letters is not None:
            written = self._new("letters", self.letters)
            for wanted, letter in zip_longest(expect.letters, written):
                self.faults.extend(f"{where}: {fault}" for fault in _letter_faults(wanted, letter))

    def _new(self, name: str, everything: list[Any]) -> list[Any]:
        start, self.seen[name] = self.seen.get(name, 0), len(everything)
        return everything[start:]

    def _same(self, where: str, what: str, told: object, found: object) -> None:
        if told != found:
            self.faults.append(f"{where}: {what}: erwartet {told}, gekommen {found}.")


def _in_words(message: StoryMessage) -> dict[str, Any]:
    """Write a message as the file does, without what it does not carry."""
    parts = {"payload": message.payload, "correlation": dict(message.correlation) or None}
    return {"name": message.name, **{key: part for key, part in parts.items() if part is not None}}


def _letter_faults(told: ExpectedLetter | None, letter: WrittenLetter | None) -> list[str]:
    if told is None or letter is None or told.name != letter.name:
        expected = told.name if told else "keines"
        return [f"Schreiben: erwartet {expected}, gekommen {letter.name if letter else 'keines'}."]
    plain = " ".join(letter.text.plain.split())
    missing = [
        f"Im Schreiben „{told.name}“ fehlt: {text}" for text in told.says if text not in plain
    ]
    wrong = [
        f"Im Schreiben „{told.name}“ darf nicht stehen: {text}"
        for text in told.silent_about
        if text in plain
    ]
    return missing + wrong
