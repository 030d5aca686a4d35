"""Beispieldateien: makers of files people upload, good and hostile."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from PIL import Image, ImageDraw, ImageFont

Change = Callable[[pikepdf.Pdf], None]


def jpeg_photo(width: int = 1200, height: int = 900, **options: Any) -> bytes:
    """Draw what looks like a photo of a water meter."""
    image = _meter(width, height)
    return _saved(image, "JPEG", quality=85, **options)


def multi_picture_photo() -> bytes:
    """Make a JPEG as some phones do: a second picture follows the first (MPO)."""
    first, second = _meter(640, 480), _meter(320, 240)
    return _saved(first, "MPO", save_all=True, append_images=[second])


def png_image(width: int = 600, height: int = 400) -> bytes:
    """Draw a screenshot-like image."""
    return _saved(_meter(width, height), "PNG")


def plain_image(kind: str, width: int, height: int, **options: Any) -> bytes:
    """Make a large image quickly: one colour, so it is small as a file."""
    return _saved(Image.new("RGB", (width, height), (90, 120, 140)), kind, **options)


def noisy_image(kind: str, width: int, height: int, **options: Any) -> bytes:
    """Make an image that cannot be compressed well; the same for the same size."""
    pixels = random.Random(4711).randbytes(width * height * 3)
    return _saved(Image.frombytes("RGB", (width, height), pixels), kind, **options)


def bomb_png(width: int = 30_000, height: int = 30_000) -> bytes:
    """Make a PNG of a few hundred bytes that announces and holds a huge image."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width // 8 + 1) * 64))
    chunks = _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def exe_program() -> bytes:
    """Make bytes that start like a Windows program."""
    return b"MZ\x90\x00" + bytes(56) + b"\x80\x00\x00\x00" + bytes(64) + b"PE\x00\x00" + bytes(900)


def zip_archive(names: tuple[str, ...] = ("a.txt",)) -> bytes:
    """Make a ZIP archive with small members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "Inhalt")
    return target.getvalue()


def pdf_document(pages: int = 1, change: Change | None = None, **options: Any) -> bytes:
    """Make a PDF of A4 pages with a line of text each; ``change`` may add what it likes."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    for number in range(1, pages + 1):
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Contents = pdf.make_stream(b"BT /F1 12 Tf 72 770 Td (Seite %d) Tj ET" % number)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    if change is not None:
        change(pdf)
    target = io.BytesIO()
    pdf.save(target, static_id=True, **options)
    return target.getvalue()


def pdf_with_hidden_script() -> bytes:
    """Make a PDF whose script lies in a compressed object stream, invisible to a text search."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = pdf.make_indirect(_script())

    content = pdf_document(
        change=change, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True
    )
    assert b"JavaScript" not in content
    return content


def active_pdf(name: str) -> bytes:
    """Make a PDF that acts in the way ``name`` says; see ``ACTIVE_CHANGES``."""
    return pdf_document(change=ACTIVE_CHANGES[name])


def encrypted_pdf(user: str = "geheim", owner: str = "geheim") -> bytes:
    """Make a PDF that needs a password, or with an empty ``user`` one that limits its use."""
    return pdf_document(encryption=pikepdf.Encryption(user=user, owner=owner))


def pdf_from_objects(*objects: bytes) -> bytes:
    """Write a PDF by hand: ``objects`` are the bodies of object 1 (the catalogue), 2 and so on."""
    content = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    content += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return bytes(content + b"startxref\n%d\n%%%%EOF\n" % start)


def object_stream_pdf(padding_mb: int = 1) -> bytes:
    """Make a small PDF whose catalogue lies in an object stream with megabytes of padding."""
    packer = zlib.compressobj(9)
    packed = packer.compress(b"10 0 << /Type /Catalog /Pages 2 0 R >> ")
    for _ in range(padding_mb):
        packed += packer.compress(b" " * 1024 * 1024)
    packed += packer.flush()
    content = bytearray(b"%PDF-1.7\n")
    offsets = {}

    def add(number: int, body: bytes) -> None:
        offsets[number] = len(content)
        content.extend(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    add(2, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
    add(3, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>")
    head = b"<< /Type /ObjStm /N 1 /First 5 /Filter /FlateDecode /Length %d >>" % len(packed)
    add(4, head + b"\nstream\n" + packed + b"\nendstream")
    start = len(content)
    rows = [b"\x00" + bytes(4) + b"\xff\xff"]
    rows += [b"\x00" + bytes(4) + b"\x00\x00"]
    rows += [b"\x01" + offsets[number].to_bytes(4, "big") + b"\x00\x00" for number in (2, 3, 4)]
    rows += [b"\x01" + start.to_bytes(4, "big") + b"\x00\x00"]
    rows += [b"\x00" + bytes(4) + b"\x00\x00"] * 4
    rows += [b"\x02" + (4).to_bytes(4, "big") + b"\x00\x00"]
    table = b"".join(rows)
    head = b"<< /Type /XRef /Size %d /W [1 4 2] /Root 10 0 R /Length %d >>" % (
        len(rows),
        len(table),
    )
    add(5, head + b"\nstream\n" + table + b"\nendstream")
    return bytes(content + b"startxref\n%d\n%%%%EOF\n" % start)


def _script() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('Hallo')")


def _action(kind: str, **entries: Any) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), **entries)


def _annotate(pdf: pikepdf.Pdf, **entries: Any) -> None:
    """Put an annotation deep into the page: a direct dictionary in a direct array."""
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=[0, 0, 10, 10], **entries)
    pdf.pages[0].obj.Annots = pikepdf.Array([note])


def _link(pdf: pikepdf.Pdf, action: pikepdf.Dictionary) -> None:
    _annotate(pdf, Subtype=pikepdf.Name.Link, A=action)


def _names(pdf: pikepdf.Pdf, kind: str) -> None:
    tree = pikepdf.Dictionary(Names=pikepdf.Array([]))
    pdf.Root.Names = pikepdf.Dictionary({f"/{kind}": tree})


def _form(pdf: pikepdf.Pdf, **entries: Any) -> None:
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([]), **entries)


def _attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["virus.exe"] = exe_program()


def _hide_in_stream(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(b"", Private=pikepdf.Array([pikepdf.Dictionary(Next=_script())]))
    pdf.pages[0].obj.PieceInfo = form


ACTIVE_CHANGES: dict[str, Change] = {
    "script when opened": lambda pdf: setattr(pdf.Root, "OpenAction", _script()),
    "script by name": lambda pdf: _names(pdf, "JavaScript"),
    "script in a link": lambda pdf: _link(pdf, _script()),
    "script after a harmless action": lambda pdf: _link(
        pdf, _action("URI", URI="https://example.org/", Next=pikepdf.Array([_script()]))
    ),
    "script in an address": lambda pdf: _link(pdf, _action("URI", URI=" JavaScript:alert(1)")),
    "script in a stream's dictionary": _hide_in_stream,
    "additional actions of the document": lambda pdf: setattr(
        pdf.Root, "AA", pikepdf.Dictionary(WC=_action("GoTo"))
    ),
    "additional actions of a page": lambda pdf: setattr(
        pdf.pages[0].obj, "AA", pikepdf.Dictionary(O=_action("URI", URI="https://example.org/"))
    ),
    "launch": lambda pdf: _link(pdf, _action("Launch", F="cmd.exe")),
    "submit": lambda pdf: _link(pdf, _action("SubmitForm", F="https://example.org/")),
    "import": lambda pdf: _link(pdf, _action("ImportData", F="daten.fdf")),
    "embedded files": lambda pdf: _names(pdf, "EmbeddedFiles"),
    "attachment": _attach,
    "attached note": lambda pdf: _annotate(pdf, Subtype=pikepdf.Name.FileAttachment),
    "rich media": lambda pdf: _annotate(pdf, Subtype=pikepdf.Name.RichMedia),
    "XFA form": lambda pdf: _form(pdf, XFA=pdf.make_stream(b"<xdp/>")),
}


def _meter(width: int, height: int) -> Image.Image:
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    image = Image.blend(image, Image.new("RGB", image.size, (150, 160, 155)), 0.7)
    pen = ImageDraw.Draw(image)
    middle, radius = (width // 2, height // 2), min(width, height) * 2 // 5
    pen.circle(middle, radius, fill=(235, 235, 228), outline=(30, 60, 120), width=radius // 12)
    box = [middle[0] - radius // 2, middle[1] - radius // 6]
    box += [middle[0] + radius // 2, middle[1] + radius // 6]
    pen.rectangle(box, fill=(20, 20, 20))
    font = ImageFont.load_default(max(8, radius // 5))
    pen.text(middle, "00000,500", fill=(240, 240, 240), font=font, anchor="mm")
    small = ImageFont.load_default(max(6, radius // 11))
    for line, place in (("BEISPIELWERK", -2), ("Nr. 8ZRI0012345678", 2), ("Q3 = 4   M26", 3)):
        below = (middle[0], middle[1] + place * radius // 5)
        pen.text(below, line, fill=(40, 40, 40), font=small, anchor="mm")
    return image


def _saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
