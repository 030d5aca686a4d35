"""The platform with harmless twins, and people who try what they may not do."""

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
