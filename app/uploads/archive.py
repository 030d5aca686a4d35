"""ZIP-Archiv: tells whether a file is one as well, whatever else it is."""

import io
from typing import IO

_END = b"PK\x05\x06"
_ENTRY = b"PK\x01\x02"
_MAX_TAIL_BYTES = 65535 + 22
_SEE_ELSEWHERE = 0xFFFFFFFF


def holds_archive(file: IO[bytes]) -> bool:
    """Look for a list of contents at the end, where every unpacker looks for it.

    Source: PKWARE APPNOTE 4.3.12, 4.3.16.
    """
    size_bytes = file.seek(0, io.SEEK_END)
    tail_start = file.seek(max(0, size_bytes - _MAX_TAIL_BYTES))
    tail = file.read()
    end = tail.rfind(_END)
    if end < 0:
        return False
    list_size_bytes = int.from_bytes(tail[end + 12 : end + 16], "little")
    if list_size_bytes == _SEE_ELSEWHERE:
        return True
    list_start = tail_start + end - list_size_bytes
    if list_start < 0:
        return False
    file.seek(list_start)
    return file.read(len(_ENTRY)) == _ENTRY
