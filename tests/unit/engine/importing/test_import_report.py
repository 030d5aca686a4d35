import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import main
from app.engine.importing.draft import Import
from app.engine.importing.import_report import report_lines
from app.engine.importing.importer import import_model
from app.errors import Unavailable
from tests.unit.engine.importing.foreign import task
from tests.unit.engine.process_builder import bpmn, chain, gateway, user

COMPLEX = "Komplexe Gateways werden nicht unterstützt. Bitte nehmen Sie ein anderes."
ROOT = Path(__file__).parents[4]


@pytest.fixture
def models(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "gut.bpmn").write_bytes(bpmn(chain(user("a"))))
    (tmp_path / "offen.bpmn20.xml").write_bytes(bpmn(chain(task("s", kind="serviceTask"))))
    (tmp_path / "komplex.XML").write_bytes(bpmn(chain(gateway("complex", "g"))))
    (tmp_path / "kaputt.bpmn").write_bytes(b"<")
    (tmp_path / "anderes.xml").write_bytes(b"<svg/>")
    (tmp_path / "bild.png").write_bytes(b"")
    return tmp_path


def test_each_file_is_told_with_what_is_open_and_the_sums_last(models):
    lines = list(report_lines(models, import_model))

    assert lines == [
        "accepted  b/gut.bpmn",
        "failed    kaputt.bpmn",
        "    Die Datei ist kein lesbares XML.",
        "blocked   komplex.XML",
        f"    unsupported_element g: {COMPLEX}",
        "todo      offen.bpmn20.xml",
        "    no_operator s: Hier fehlt der Dienst, zum Beispiel „letters/issue“.",
        "4 files: 1 accepted, 1 todo, 1 blocked, 1 failed",
    ]


def test_a_file_that_cannot_be_opened_counts_as_failed(tmp_path):
    (tmp_path / "a.bpmn").write_bytes(b"")

    def removing(_):
        raise Unavailable("quarantine")

    assert list(report_lines(tmp_path, removing))[-1] == (
        "1 files: 0 accepted, 0 todo, 0 blocked, 1 failed"
    )


def test_a_name_with_a_line_break_stays_one_line(tmp_path):
    (tmp_path / "a\nb.bpmn").write_bytes(b"")
    lines = list(report_lines(tmp_path, lambda _: Import("accepted")))

    assert lines[0] == "accepted  a�b.bpmn"


def test_no_more_than_allowed_is_read_of_a_large_file(tmp_path):
    (tmp_path / "a.bpmn").write_bytes(b" " * 3_000_000)
    seen = []
    list(report_lines(tmp_path, lambda content: seen.append(len(content)) or Import("failed")))

    assert seen == [1_000_001]


@pytest.mark.parametrize("arguments", [[], ["gibt-es-nicht"]])
def test_without_a_directory_the_command_says_what_to_do(arguments):
    result = CliRunner().invoke(main, ["bpmn-report", *arguments])

    assert result.exit_code == 2
    assert result.output.endswith("Bitte nennen Sie den Ordner mit den Modellen.\n")


def test_the_command_needs_neither_configuration_nor_database(models):
    result = subprocess.run(
        [sys.executable, "-m", "app.cli", "bpmn-report", str(models)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.decode().splitlines()[-1] == (
        "4 files: 1 accepted, 1 todo, 1 blocked, 1 failed"
    )
