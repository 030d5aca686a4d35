"""Entwurf auf Reisen: an import as it comes out of quarantine: JSON, never pickle."""

from base64 import b64decode, b64encode
from dataclasses import replace

import orjson

from app.engine.importing.draft import Import, Note
from app.errors import FieldFault


def draft_to_bytes(draft: Import) -> bytes:
    """Write an import; its file travels in base64."""
    file = None if draft.bpmn is None else b64encode(draft.bpmn).decode("ascii")
    return orjson.dumps({"file": file, "draft": replace(draft, bpmn=None)})


def draft_from_bytes(content: bytes) -> Import:
    """Read what :func:`draft_to_bytes` wrote."""
    told = orjson.loads(content)
    file, draft = told["file"], told["draft"]
    return Import(
        status=draft["status"],
        bpmn=None if file is None else b64decode(file),
        changes=tuple(Note(**note) for note in draft["changes"]),
        todos=tuple(FieldFault(**todo) for todo in draft["todos"]),
        blockers=tuple(FieldFault(**blocker) for blocker in draft["blockers"]),
        reason=draft["reason"],
    )
