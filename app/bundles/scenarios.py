"""Szenarienlauf: plays a bundle's stories through in memory and compares."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from app.bundles.bundle import APPLICATION, Bundle, paths_in
from app.bundles.case_values import case_values
from app.bundles.letter_writing import write_letter
from app.bundles.scenario import Expectation, Scenario, ScenarioStep
from app.bundles.scenario_file import read_scenario
from app.bundles.scenario_outcome import Outcome, WrittenLetter
from app.engine.engine import Engine
from app.engine.modelling.loops import COUNTER
from app.engine.step import (
    MessageArrived,
    OpenTask,
    ServiceResult,
    SignalArrived,
    Step,
)
from app.errors import FieldFault, Incident, Invalid, TaskDone
from app.forms.context import FormContext
from app.forms.evidence_item import EvidenceItem

ISSUE_LETTER = "letters/issue"
_MUNICIPALITY = "Stadt Musterstadt"
_FILE_REFERENCE = "MU-2026-000001"
_MAX_ROUNDS = 1000


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """``faults`` say in German what came out differently; ``path`` lists element ids in order."""

    name: str
    faults: tuple[str, ...]
    letters: tuple[WrittenLetter, ...]
    milestones: tuple[str, ...]
    path: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether everything came out as told."""
        return not self.faults


def scenarios_of(bundle: Bundle) -> Mapping[str, Scenario]:
    """Read all scenario files of a bundle, keyed by file stem.

    :raises BundleInvalid: a file is malformed.
    """
    folder = f"bpmn/{bundle.manifest.key}/scenarios"
    return {
        PurePosixPath(path).stem: read_scenario(path, bundle.files[path])
        for path in paths_in(bundle.files, folder, ".toml")
    }


def run_scenario(bundle: Bundle, scenario: Scenario, engine: Engine) -> ScenarioResult:
    """Play one story; touches no database, no clock and no outside system."""
    run = _Run(bundle, scenario, engine)
    outcome = run.outcome
    try:
        run.play()
    except Incident as incident:
        run.faults.append(f"Der Ablauf bleibt bei „{incident.element}“ stehen: {incident.cause}")
    except Invalid as invalid:
        run.faults.extend(f"{fault.pointer}: {fault.message}" for fault in invalid.fields)
    return ScenarioResult(
        name=scenario.name,
        faults=tuple(outcome.faults),
        letters=tuple(outcome.letters),
        milestones=tuple(outcome.milestones),
        path=tuple(outcome.path),
    )


@dataclass
class _Run:
    """One story while it is played."""

    bundle: Bundle
    scenario: Scenario
    engine: Engine
    outcome: Outcome = field(default_factory=Outcome)

    def __post_init__(self) -> None:
        self.faults = self.outcome.faults
        self.now = self.scenario.now
        self.evidence = {
            pointer: (_file(pointer, name),) for pointer, name in self.scenario.evidence.items()
        }

    def play(self) -> None:
        """Submit, then take step after step; what nobody looked at is a fault too."""
        case = case_values(
            file_reference=_FILE_REFERENCE,
            received_at=self.now,
            municipality=_MUNICIPALITY,
            applicant=self.scenario.person,
            settings=self.bundle.manifest.values(self.scenario.settings),
        )
        form = self.bundle.application_form
        answers = _filled_in(form.prefill(self.scenario.person), self.scenario.answers)
        for pointer, items in self.evidence.items():
            page, _, name = pointer.strip("/").partition("/")
            answers.setdefault(page, {})[name] = [item.id for item in items]
        context = FormContext(now=self.now, values={"vorgang": case})
        if not self.as_told("Antrag", form.check(answers, context), self.scenario.refused):
            return
        application = form.effective(answers, context)
        data = {APPLICATION: application, "vorgang": case}
        self.take(self.engine.start(self.bundle.deployment, data, self.now))
        for number, step in enumerate(self.scenario.steps, 1):
            if not self.act(step):
                return
            self.outcome.compare(f"Schritt {number}", step.expect, self.step)
        nothing_more = Expectation(milestones=(), letters=(), messages=())
        self.outcome.compare("Am Ende", nothing_more, self.step)

    def act(self, step: ScenarioStep) -> bool:
        """Do what the step says; tells whether the story can go on."""
        if step.advance_to is not None:
            self.advance(step.advance_to)
        if step.message is not None:
            told = step.message
            arrived = MessageArrived(told.name, told.payload, told.correlation)
            return self.deliver(arrived, f"Auf die Nachricht „{told.name}“ wartet hier niemand.")
        if step.signal is not None:
            signal = SignalArrived(step.signal.name, step.signal.payload)
            return self.deliver(signal, f"Auf das Signal „{signal.name}“ wartet hier niemand.")
        return not step.complete or self.complete(step)

    def deliver(self, event: MessageArrived | SignalArrived, nobody: str) -> bool:
        """Let something arrive from outside; tells whether somebody waited for it."""
        try:
            self.take(self.engine.deliver(*self.at, event, self.now))
        except TaskDone:
            self.faults.append(nobody)
            return False
        return True

    def complete(self, step: ScenarioStep) -> bool:
        """Fill in the form of a task; tells whether it came out as told."""
        task = next((one for one in self.step.open_tasks if _is_meant(one, step)), None)
        if task is None:
            name = f"{step.complete}, {step.instance}" if step.instance else step.complete
            self.faults.append(f"Die Aufgabe „{name}“ ist nicht offen.")
            return False
        form = self.bundle.forms[self.bundle.form_key(task.properties)]
        context = FormContext(now=self.now, values={**self.step.data, **task.local})
        faults = form.check(step.answers, context)
        if self.as_told(step.complete, faults, step.refused):
            changes = {form.key: form.effective(step.answers, context)}
            self.take(self.engine.complete(*self.at, task.id, changes, self.now))
            return True
        return bool(step.refused)

    def advance(self, to: datetime) -> None:
        """Move the clock from one due time to the next."""
        for _ in range(_MAX_ROUNDS):
            due = min((timer.due_at for timer in self.step.due), default=to)
            self.now = max(self.now, min(due, to))
            self.take(self.engine.tick(*self.at, self.now))
            if self.now >= to and all(timer.due_at > to for timer in self.step.due):
                return
        self.faults.append("Die Fristen im Ablauf enden nicht.")

    @property
    def at(self) -> tuple[Any, bytes]:
        """Where the process stands, as the engine wants it."""
        return self.bundle.deployment, self.step.state

    def take(self, step: Step) -> None:
        """Note what happened and answer the service calls until the process waits."""
        self.note(step)
        open_calls = list(step.calls)
        for _ in range(_MAX_ROUNDS):
            if not open_calls:
                return
            call = open_calls.pop(0)
            if call.operator != ISSUE_LETTER:
                self.faults.append(f"Den Dienst „{call.operator}“ kennt die Plattform nicht.")
                return
            name = str(call.parameters.get("letter", ""))
            text = write_letter(self.bundle, name, self.step.data, self.now, self.evidence)
            self.outcome.letters.append(WrittenLetter(name, text))
            answer = ServiceResult(call.task_id, {"name": name})
            step = self.engine.deliver(*self.at, answer, self.now)
            self.note(step)
            open_calls.extend(step.calls)
        self.faults.append("Der Ablauf ruft Dienste ohne Ende auf.")

    def note(self, step: Step) -> None:
        """Keep the latest step and what it added."""
        self.step = step
        self.outcome.note(step)

    def as_told(self, where: str, faults: list[FieldFault], refused: tuple[str, ...]) -> bool:
        """Compare a form's faults; tells whether its answers may be used."""
        found = {fault.pointer: fault.message for fault in faults}
        for pointer in sorted(found.keys() - set(refused)):
            self.faults.append(f"{where}: {pointer} wird abgelehnt: {found[pointer]}")
        for pointer in sorted(set(refused) - found.keys()):
            self.faults.append(f"{where}: {pointer} müsste abgelehnt werden.")
        return not found and not refused


def _is_meant(task: OpenTask, step: ScenarioStep) -> bool:
    number = task.local.get(COUNTER, {}).get("nummer")
    return task.name == step.complete and step.instance in {0, number}


def _filled_in(
    prefilled: Mapping[str, Any], answers: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    pages = [*prefilled, *(page for page in answers if page not in prefilled)]
    return {page: {**prefilled.get(page, {}), **answers.get(page, {})} for page in pages}


def _file(pointer: str, name: str) -> EvidenceItem:
    identifier = str(uuid5(NAMESPACE_URL, f"{pointer}/{name}"))
    return EvidenceItem(id=identifier, name=name, media_type="image/jpeg", size_bytes=200_000)
