import io
import stat
import tracemalloc
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.bundles.archive import digest, pack, read_folders, unpack
from app.errors import BundleInvalid

FILES = {
    "bpmn/musterdienst/service.toml": b"key",
    "bpmn/musterdienst/letters/eingang.toml": b"brief",
    "forms/musterdienst/antrag.json": b"{}",
}


def zipped(*members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def test_what_is_packed_comes_back():
    assert unpack(pack(FILES)) == FILES


def test_packing_depends_on_content_alone():
    assert pack(dict(reversed(FILES.items()))) == pack(FILES)


def test_the_digest_tells_content_and_names_apart_but_not_order():
    moved = {**FILES, "bpmn/musterdienst/service.toml": b"ke"}
    shifted = {name.replace("antrag", "antra"): content for name, content in FILES.items()}

    assert digest(dict(reversed(FILES.items()))) == digest(FILES)
    assert len({digest(FILES), digest(moved), digest(shifted)}) == 3
    assert len(digest(FILES)) == 64


@pytest.mark.abuse("A13")
@pytest.mark.parametrize(
    "name",
    [
        "../bpmn/musterdienst/service.toml",
        "bpmn/musterdienst/../../etc/passwd",
        "/etc/passwd",
        "bpmn\\musterdienst\\x.toml",
        "bpmn/musterdienst/.hidden",
        "bpmn/Muster/service.toml",
        "bpmn/musterdienst/a b.toml",
        "bpmn/musterdienst/x.toml\n",
        "readme.md",
        "bpmn/x.toml",
        "bpmn/musterdienst/a/b/c/d/e.toml",
        f"bpmn/musterdienst/{'x' * 200}.toml",
    ],
)
def test_odd_names_are_refused(name):
    with pytest.raises(BundleInvalid):
        unpack(zipped(*FILES.items(), (name, b"x")))


@pytest.mark.abuse("A13")
def test_a_link_is_refused():
    link = zipfile.ZipInfo("bpmn/musterdienst/link.toml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16

    with pytest.raises(BundleInvalid):
        unpack(zipped(*FILES.items(), (link, b"/etc/passwd")))


@pytest.mark.abuse("A13")
def test_too_many_members_are_refused():
    many = [(f"bpmn/musterdienst/letters/b{number}.toml", b"") for number in range(201)]

    with pytest.raises(BundleInvalid):
        unpack(zipped(*many))


@pytest.mark.abuse("A13")
@pytest.mark.parametrize("parts", [1, 6])
def test_a_bomb_is_refused(parts):
    bomb = [(f"bpmn/musterdienst/b{n}.toml", bytes(12_000_000 // parts)) for n in range(parts)]

    with pytest.raises(BundleInvalid) as caught:
        unpack(zipped(*bomb))
    assert "10 MB" in caught.value.fields[0].message


@pytest.mark.abuse("A13")
def test_a_bomb_is_refused_before_it_fills_the_memory():
    bomb = zipped(("bpmn/musterdienst/big.toml", bytes(60_000_000)))
    tracemalloc.start()
    try:
        with pytest.raises(BundleInvalid):
            unpack(bomb)
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak_bytes < 30_000_000


def test_a_size_that_lies_does_not_get_past_the_limit():
    data = bytearray(zipped(("bpmn/musterdienst/big.toml", bytes(11_000_000))))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (10).to_bytes(4, "little")

    with pytest.raises(BundleInvalid):
        unpack(bytes(data))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_unusual_packing_method_is_refused(method):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("bpmn/musterdienst/service.toml", b"x" * 1000)

    with pytest.raises(BundleInvalid):
        unpack(buffer.getvalue())


@pytest.mark.parametrize("data", [b"", b"PK", b"kein zip", zipped()[:-4], pack(FILES)[:60]])
def test_what_is_no_archive_is_refused(data):
    with pytest.raises(BundleInvalid):
        unpack(data)


@settings(max_examples=100, deadline=None)
@example(position=102, byte=1)
@example(position=334, byte=0)
@given(position=st.integers(0, len(pack(FILES)) - 1), byte=st.integers(0, 255))
def test_a_damaged_archive_is_refused_or_read_but_never_worse(position, byte):
    data = bytearray(pack(FILES))
    data[position] = byte

    try:
        files = unpack(bytes(data))
    except BundleInvalid:
        return
    assert all(name.startswith(("bpmn/", "forms/")) for name in files)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice_is_refused():
    with pytest.raises(BundleInvalid):
        unpack(zipped(*FILES.items(), *FILES.items()))


def test_two_services_in_one_archive_are_refused():
    with pytest.raises(BundleInvalid):
        unpack(zipped(*FILES.items(), ("bpmn/anderer/service.toml", b"")))


def test_folders_are_read_without_hidden_files(tmp_path):
    for name, content in {**FILES, "bpmn/musterdienst/.swp": b""}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)

    assert read_folders(tmp_path, "musterdienst") == FILES


def test_a_missing_folder_and_a_link_are_named(tmp_path):
    (tmp_path / "bpmn/musterdienst").mkdir(parents=True)
    with pytest.raises(BundleInvalid) as caught:
        read_folders(tmp_path, "musterdienst")
    assert caught.value.fields[0].pointer == "forms/musterdienst"

    (tmp_path / "forms/musterdienst").mkdir(parents=True)
    (tmp_path / "forms/musterdienst/antrag.json").symlink_to("/etc/passwd")
    with pytest.raises(BundleInvalid) as caught:
        read_folders(tmp_path, "musterdienst")
    assert caught.value.fields[0].pointer == "forms/musterdienst/antrag.json"
