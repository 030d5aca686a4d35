"""HTML-Abschrift: the same letter for reading on a page and with a screen reader."""

from datetime import date

from markupsafe import Markup, escape

from app.letters.characters import shown
from app.letters.letter_text import Block, BlockType, LetterText
from app.letters.letterhead import Address, Letterhead

_REMEDY = "Rechtsbehelfsbelehrung"


def copy(
    text: LetterText, head: Letterhead, to: Address, *, file_reference: str, date: date
) -> str:
    """Write a fragment whose only heading of level 2 is the subject; everything is escaped."""
    parts = [
        Markup('<article class="aw-letter" lang="de">'),
        Markup('<header class="aw-letter__head"><p class="aw-letter__authority">{}</p>').format(
            _lines("\n".join(part for part in (head.authority, head.department) if part))
        ),
        Markup('<address class="aw-letter__address">{}</address>').format(
            _lines("\n".join(to.lines))
        ),
        _rows(head.info(file_reference, date), "aw-letter__info"),
        Markup('</header><p class="aw-letter__title">{}</p>').format(shown(text.title)),
        Markup("<h2>{}</h2>").format(shown(text.subject)),
        *(_block(block, head) for block in text.blocks),
        Markup("</article>"),
    ]
    return "".join(parts)


def _block(block: Block, head: Letterhead) -> Markup:
    match block.type:
        case BlockType.PARAGRAPH:
            return _paragraphs(block.text)
        case BlockType.HEADING:
            return Markup("<h3>{}</h3>").format(_lines(block.text))
        case BlockType.LIST:
            items = Markup("").join(
                Markup("<li>{}</li>").format(_lines(item)) for item in block.items
            )
            return Markup("<ul>{}</ul>").format(items)
        case BlockType.FACTS:
            return _rows(block.rows, "aw-letter__facts")
        case BlockType.SIGNATURE:
            signatory = _paragraphs(head.signatory) if head.signatory else Markup("")
            return Markup('<div class="aw-letter__signature">{}{}</div>').format(
                _paragraphs(block.text), signatory
            )
        case BlockType.REMEDY:
            return Markup('<section class="aw-letter__remedy"><h3>{}</h3>{}{}</section>').format(
                _REMEDY, _paragraphs(block.text), _paragraphs(f"Anschrift: {head.seat}")
            )


def _rows(rows: tuple[tuple[str, str], ...], name: str) -> Markup:
    lines = Markup("").join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(shown(label), _lines(value))
        for label, value in rows
    )
    return Markup('<dl class="{}">{}</dl>').format(name, lines)


def _paragraphs(text: str) -> Markup:
    return Markup("").join(
        Markup("<p>{}</p>").format(_lines(part)) for part in text.split("\n\n") if part.strip()
    )


def _lines(text: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in shown(text).split("\n"))
