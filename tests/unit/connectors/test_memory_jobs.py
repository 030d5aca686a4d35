"""The harmless twin of the job queue."""

from sqlalchemy.orm import Session

from app.connectors.jobs import Job, JobQueue
from app.connectors.memory_jobs import MemoryJobs


def test_it_remembers_what_was_asked_for_in_order():
    jobs = MemoryJobs()
    queue: JobQueue = jobs
    queue.defer(Session(), [Job("a"), Job("b", {"case_id": "1"})])
    queue.defer(Session(), [Job("c")])

    assert [job.name for job in jobs.jobs] == ["a", "b", "c"]
    assert jobs.jobs[1].arguments == {"case_id": "1"}
