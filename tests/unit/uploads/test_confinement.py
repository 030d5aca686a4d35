"""Probes: a process that looks at files from outside cannot take much with it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def confined(look):
    """Run ``look``, the text of an expression about ``file``, as a probe does."""
    program = f"from app.uploads.confinement import report; report(lambda file: {look})"
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        input=b"content",
        capture_output=True,
        check=False,
    )


def test_a_probe_says_that_it_is_ready_and_then_what_it_found():
    run = confined("file.read().decode()")

    assert run.returncode == 0
    assert run.stdout == b"ready\ncontent"


def test_a_probe_may_hand_back_another_file():
    assert confined("file.read().upper()").stdout == b"ready\nrewritten\nCONTENT"


@pytest.mark.promise("P20")
@pytest.mark.parametrize(
    "look",
    ["str(len(bytearray(700_000_000)))", "[None for _ in iter(int, 1)]"],
    ids=["memory", "time"],
)
def test_a_probe_that_takes_too_much_ends(look):
    before = os.times()

    run = confined(look)

    after = os.times()
    assert run.returncode != 0
    assert run.stdout == b"ready\n"
    spent_s = after.children_user - before.children_user
    spent_s += after.children_system - before.children_system
    assert spent_s < 4


def test_a_probe_writes_no_file(tmp_path):
    target = tmp_path / "file"

    run = confined(f"open({str(target)!r}, 'w').write('x' * 100_000)")

    assert run.returncode != 0
    assert target.stat().st_size == 0
