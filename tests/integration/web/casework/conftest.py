"""Case workers with browsers, before the platform with harmless twins."""

from tests.support.hearing_desk import hearing  # noqa: F401 - a fixture is found by being here
from tests.support.platform import (  # noqa: F401 - fixtures are found by being here
    case_id,
    citizen,
    clock,
    desk,
    parts,
    person,
    published,
    run_jobs,
    task_id,
    warm_catalogue,
    worker,
)
