"""Ids sort by time and are UUIDs of version 7."""

from datetime import UTC, datetime, timedelta

from app.domain.time_ordered_id import time_ordered_id

NOW = datetime(2026, 11, 22, 11, tzinfo=UTC)


def test_ids_sort_in_the_order_of_their_times():
    ids = [time_ordered_id(NOW + timedelta(milliseconds=n)) for n in range(200)]

    assert ids == sorted(ids)


def test_an_id_is_a_uuid_of_version_7_that_holds_its_time():
    made = time_ordered_id(NOW)

    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert made.int >> 80 == int(NOW.timestamp() * 1000)


def test_ids_of_the_same_moment_differ():
    assert len({time_ordered_id(NOW) for _ in range(1000)}) == 1000
