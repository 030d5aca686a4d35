from datetime import UTC, datetime

import pytest

from app.expressions.expression import compile_expression


@pytest.fixture
def evaluate(now):
    def run(source, **values):
        return compile_expression(source).evaluate(values, now)

    return run


@pytest.fixture
def now():
    return datetime(2026, 11, 22, tzinfo=UTC)
