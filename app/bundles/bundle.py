"""Bündel: process, forms and letters of one service as one compiled, hashed thing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

import orjson

from app.bundles.archive import BundleFiles, digest, service_key
from app.bundles.manifest import ServiceManifest
from app.bundles.manifest_schema import read_manifest
from app.engine.deployment import Deployment, Node
from app.engine.engine import Engine
from app.engine.quarantine.quarantine import Quarantine
from app.errors import BundleInvalid, FieldFault
from app.forms.compile import compile_form
from app.forms.form import Form
from app.letters.letter import Letter, compile_letter

APPLICATION = "antrag"
#: extension property that names a form's file; the start event carries the application's
FORM_FILE = "formJsonSchemaFilename"
_UI = ".ui.json"


@dataclass(frozen=True, eq=False)
class Bundle:
    """Immutable and shareable between threads; two bundles with one ``digest`` are the same.

    ``forms`` and ``letters`` are keyed by file stem: ``antrag``, ``pruefung``, ``bewilligung``.
    """

    digest: str
    files: BundleFiles
    manifest: ServiceManifest
    deployment: Deployment
    forms: Mapping[str, Form]
    letters: Mapping[str, Letter]

    @property
    def start(self) -> Node | None:
        """The start event that carries the application form."""
        return next(
            (
                node
                for node in self.deployment.nodes.values()
                if node.kind == "start" and FORM_FILE in node.properties
            ),
            None,
        )

    @property
    def application_form(self) -> Form:
        """The form an applicant fills in; its answers are the process data ``antrag``.

        :raises BundleInvalid: the start event names no form, or not ``antrag.json``.
        """
        form = self.forms.get(self.form_key(self.start.properties) if self.start else "")
        if form is None or form.key != APPLICATION:
            message = "Das Startereignis muss das Formular „antrag.json“ nennen."
            raise BundleInvalid([FieldFault("start", "start_form", message)])
        return form

    def form_key(self, properties: Mapping[str, str]) -> str:
        """Name the form that a node's extension properties ask for; empty if none."""
        return PurePosixPath(properties.get(FORM_FILE, "")).stem


def compile_bundle(
    files: BundleFiles, engine: Engine, quarantine: Quarantine | None = None
) -> Bundle:
    """Read and compile everything; all faults of one kind of file come together.

    A bundle from outside is tried in ``quarantine`` first; what we ship or tried before is not.

    :raises BundleInvalid: each fault's pointer is a file path (``#`` and a place in it may
        follow) or a BPMN element id.
    :raises Unavailable: the quarantine has no room or time now.
    """
    key = service_key(files)
    manifest_path = f"bpmn/{key}/service.toml"
    manifest = read_manifest(manifest_path, _file(files, manifest_path))
    if manifest.key != key:
        message = f"Der Schlüssel muss „{key}“ lauten, wie der Ordner."
        raise BundleInvalid([FieldFault(f"{manifest_path}#key", "manifest", message)])
    process = _file(files, f"bpmn/{key}/process.bpmn")
    tables = [content for path, content in sorted(files.items()) if path.endswith(".dmn")]
    if quarantine is not None and (faults := quarantine.deploy(process, tables)):
        raise BundleInvalid(faults)
    return Bundle(
        digest=digest(files),
        files=MappingProxyType(dict(files)),
        manifest=manifest,
        deployment=engine.deploy(process, tables),
        forms=MappingProxyType(dict(_forms(files, key))),
        letters=MappingProxyType(dict(_letters(files, key))),
    )


def paths_in(files: BundleFiles, folder: str, suffix: str) -> Sequence[str]:
    """List the files directly in ``folder`` that end with ``suffix``, in order."""
    return sorted(
        path
        for path in files
        if path.endswith(suffix) and str(PurePosixPath(path).parent) == folder
    )


def _forms(files: BundleFiles, key: str) -> Iterator[tuple[str, Form]]:
    for path in paths_in(files, f"forms/{key}", ".json"):
        if path.endswith(_UI):
            continue
        stem = PurePosixPath(path).stem
        ui_path = path.removesuffix(".json") + _UI
        ui = _json(files, ui_path) if ui_path in files else {}
        schema = _json(files, path)
        try:
            yield stem, compile_form(stem, schema, ui)
        except BundleInvalid as invalid:
            raise _located(invalid, path) from invalid


def _letters(files: BundleFiles, key: str) -> Iterator[tuple[str, Letter]]:
    for path in paths_in(files, f"bpmn/{key}/letters", ".toml"):
        name = PurePosixPath(path).stem
        try:
            yield name, compile_letter(name, files[path])
        except BundleInvalid as invalid:
            raise _located(invalid, path) from invalid


def _located(invalid: BundleInvalid, path: str) -> BundleInvalid:
    faults = []
    for fault in invalid.fields:
        place = fault.pointer if fault.pointer.startswith("/") else fault.pointer.partition("#")[2]
        pointer = f"{path}#{place}" if place else path
        faults.append(FieldFault(pointer, fault.code, fault.message))
    return BundleInvalid(faults)


def _file(files: BundleFiles, path: str) -> bytes:
    if path not in files:
        raise BundleInvalid([FieldFault(path, "file_missing", "Diese Datei fehlt.")])
    return files[path]


def _json(files: BundleFiles, path: str) -> dict[str, Any]:
    try:
        value = orjson.loads(files[path])
    except orjson.JSONDecodeError as error:
        fault = FieldFault(path, "json", "Die Datei ist kein gültiges JSON.")
        raise BundleInvalid([fault]) from error
    if not isinstance(value, dict):
        raise BundleInvalid([FieldFault(path, "json", "Die Datei muss ein Objekt enthalten.")])
    return value
