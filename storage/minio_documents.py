"""DocumentStore in an S3 bucket (MinIO, Ceph, SeaweedFS ...): for production."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import BinaryIO, cast
from xml.etree.ElementTree import ParseError

from minio import Minio
from minio.error import MinioException, S3Error
from urllib3.exceptions import HTTPError

from storage.documents import DocumentMissing, StoreUnavailable
from storage.keys import check_key, check_prefix
from storage.patience import http_pool
from storage.pieces import PIECE_SIZE_BYTES, ContentTooShort, ExactStream, begun

#: smaller documents go in one request, larger ones in parts of this size
_PART_SIZE_BYTES = 16 * 1024 * 1024


class MinioDocuments:
    """One private bucket; made on first use if it is missing and the account may.

    ``endpoint`` is ``host`` or ``host:port``. The account needs to read, write, delete and list
    in this one bucket. No call waits longer than about ten seconds for an answer; what it gave up
    may still be done late, so do not use a key again after :class:`StoreUnavailable`.
    """

    def __init__(
        self,
        endpoint: str,
        access_key: str,
        secret_key: str,
        bucket: str,
        secure: bool,
        region: str = "",
    ) -> None:
        self._bucket = bucket
        self._client = Minio(
            endpoint,
            access_key=access_key,
            secret_key=secret_key,
            secure=secure,
            region=region or "us-east-1",
            http_client=http_pool(),
        )
        self._bucket_seen = False

    def put(self, key: str, content: BinaryIO, size_bytes: int, media_type: str) -> None:
        """Send; a part that arrived alone is never readable; see ``DocumentStore``."""
        check_key(key)
        exact = ExactStream(content, size_bytes)
        with _foreign_errors(key):
            if not self._bucket_seen:
                self._make_bucket()
            self._client.put_object(
                self._bucket,
                key,
                cast("BinaryIO", exact),  # only ``read`` is ever called
                size_bytes,
                media_type,
                part_size=_PART_SIZE_BYTES,
                num_parallel_uploads=1,
            )

    def read(self, key: str) -> Iterator[bytes]:
        """Yield the bytes; see ``DocumentStore``."""
        return begun(self._pieces(check_key(key)))

    def delete(self, key: str) -> None:
        """Remove; see ``DocumentStore``."""
        check_key(key)
        with _foreign_errors(key):
            self._client.remove_object(self._bucket, key)

    def keys(self, prefix: str) -> Iterator[str]:
        """Yield all keys; see ``DocumentStore``."""
        return begun(self._keys(check_prefix(prefix)))

    def check(self) -> None:
        """Ask for the bucket, and make it if it is missing; see ``DocumentStore``."""
        with _foreign_errors():
            self._make_bucket()

    def _make_bucket(self) -> None:
        if not self._client.bucket_exists(self._bucket):
            try:
                self._client.make_bucket(self._bucket)
            except S3Error as error:
                if error.code != "BucketAlreadyOwnedByYou":  # another process was faster
                    raise
        self._bucket_seen = True

    def _pieces(self, key: str) -> Iterator[bytes]:
        with _foreign_errors(key), closing(self._client.get_object(self._bucket, key)) as answer:
            yield from answer.stream(PIECE_SIZE_BYTES)

    def _keys(self, prefix: str) -> Iterator[str]:
        with _foreign_errors():
            for entry in self._client.list_objects(self._bucket, prefix=prefix, recursive=True):
                yield entry.object_name


@contextmanager
def _foreign_errors(key: str = "") -> Iterator[None]:
    try:
        yield
    except ContentTooShort:
        raise
    except S3Error as error:
        if error.code == "NoSuchKey":
            raise DocumentMissing(key) from None
        raise StoreUnavailable from error
    except (MinioException, HTTPError, ParseError, OSError, ValueError) as error:
        # ValueError and ParseError: the answer is not what an object store says
        raise StoreUnavailable from error
