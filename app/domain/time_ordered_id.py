"""Kennung nach der Zeit: ids that sort in the order in which things came to be."""

import secrets
from datetime import datetime
from uuid import UUID


def time_ordered_id(now: datetime) -> UUID:
    """Make a UUID of version 7: milliseconds since 1970, then 74 random bits.

    Source: RFC 9562, section 5.7.
    """
    stamp = int(now.timestamp() * 1000) << 80
    random = secrets.randbits(74)
    value = stamp | 0x7 << 76 | (random >> 62) << 64 | 0b10 << 62 | random & (1 << 62) - 1
    return UUID(int=value)
