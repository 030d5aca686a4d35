"""Every error of the platform on one page: kinds a caller can act on, without HTTP.

A specific error subclasses one kind and is named for what happened. ``code`` is stable and
machine-readable; the text a person reads lives in the templates. Never put personal data into
an error: it may be logged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One thing wrong with one answer.

    ``pointer`` is a JSON Pointer (RFC 6901) into the answers, e.g. ``/zaehler/eichjahr``;
    ``code`` is stable (``required``, ``too_small``, ``unknown_field`` ...); ``message`` is a
    German sentence for the person who fills in the form.
    """

    pointer: str
    code: str
    message: str


class PlatformError(Exception):
    """Root of all errors that a use case may raise; ``subject`` is an id or a key, never data."""

    code: ClassVar[str] = "internal"

    def __init__(self, subject: str = "") -> None:
        super().__init__(subject)
        self.subject = subject


class Unauthenticated(PlatformError):
    """Nobody is signed in, or the token does not hold."""

    code = "unauthenticated"


class Missing(PlatformError):
    """There is no such thing, or it is not this caller's: the two are not told apart."""

    code = "missing"


class Refused(PlatformError):
    """The caller is known but may not do this."""

    code = "refused"


class AssuranceTooLow(Refused):
    """The service demands a stronger sign-in (Vertrauensniveau)."""

    code = "assurance_too_low"


class WrongState(PlatformError):
    """The thing exists but is not in a state that allows this."""

    code = "wrong_state"


class AlreadySubmitted(WrongState):
    """The application was handed in before."""

    code = "already_submitted"


class TooLateToWithdraw(WrongState):
    """The case was decided or has ended; its application can no longer be withdrawn."""

    code = "too_late_to_withdraw"


class TaskTaken(WrongState):
    """Somebody else holds the task."""

    code = "task_taken"


class TaskDone(WrongState):
    """The task is no longer open."""

    code = "task_done"


class TaskNotClaimed(WrongState):
    """The task must be claimed before it can be completed."""

    code = "task_not_claimed"


class ChangedMeanwhile(WrongState):
    """Another tab or person saved in between; nothing was overwritten."""

    code = "changed_meanwhile"


class NotScannedYet(WrongState):
    """The file waits for the virus scanner; nobody but its owner may open it before."""

    code = "not_scanned_yet"


class MalwareFound(WrongState):
    """The file was malware; its bytes are gone or about to go."""

    code = "malware_found"


class CannotMigrate(WrongState):
    """A running case cannot go on with another version of its process; nothing was changed.

    ``verdict`` is that of the forecast.
    """

    code = "cannot_migrate"

    def __init__(self, process_id: str, verdict: str) -> None:
        super().__init__(process_id)
        self.verdict = verdict


class KeyUsedBefore(WrongState):
    """The Idempotency-Key belongs to another request body."""

    code = "idempotency_key_reused"


class Invalid(PlatformError):
    """The input does not hold; ``fields`` says which part and why."""

    code = "invalid"

    def __init__(self, fields: Sequence[FieldFault] = (), subject: str = "") -> None:
        super().__init__(subject)
        self.fields: tuple[FieldFault, ...] = tuple(fields)


class BundleInvalid(Invalid):
    """A bundle cannot be read or compiled; each fault's ``pointer`` is a file or element id."""

    code = "bundle_invalid"


class DeclarationMissing(Invalid):
    """The declaration before submission was not made."""

    code = "declaration_missing"


class Incident(PlatformError):
    """A step of the process failed; nothing was changed. ``element`` is the BPMN element id."""

    code = "incident"

    def __init__(self, element: str, cause: str) -> None:
        super().__init__(element)
        self.element = element
        self.cause = cause


class Rejected(PlatformError):
    """An outside system refuses; trying again would not help."""

    code = "rejected"


class Unavailable(PlatformError):
    """An outside system does not answer; try again later."""

    code = "unavailable"
