"""Papers on record: made from a conclusion, kept, and made again from it."""

from __future__ import annotations

import datetime
from hashlib import sha256
from typing import NamedTuple

from screening.app.extras import have
from screening.errors import assert_never
from screening.explain import Ground
from screening.model.session import Place, SessionInputs
from screening.records.event import PaperMade
from screening.render.html import paper_html
from screening.render.letter import Letter, letter_paper
from screening.render.page import PaperForm, PaperSize
from screening.render.paper import Paper
from screening.render.pdf import LIBRARIES, maker, paper_pdf
from screening.render.sheet import Sheet, SheetFacts, SheetReader, sheet_paper
from screening.session import build_session, facts_of

LETTER, SHEET = "letter", "sheet"


class PaperFile(NamedTuple):
    """The bytes of a paper, and for the record: its text, or what made it and its digest."""

    raw: bytes
    maker: str = ""
    digest: str = ""
    text: str = ""


def paper_file(paper: Paper, form: PaperForm) -> PaperFile:
    """Return a paper as a file.

    Raises:
        UnwritableError: when it takes more than one page of a form that has pages.

    """
    match form:
        case PaperForm.HTML:
            text = paper_html(paper)
            return PaperFile(text.encode(), text=text)
        case PaperForm.PDF:
            raw = paper_pdf(paper)
            return PaperFile(raw, maker(), sha256(raw).hexdigest())
    assert_never(form)


def letter_made(letter: Letter, made: PaperFile) -> PaperMade:
    """Return the event of a letter."""
    on = "" if letter.on is None else letter.on.isoformat()
    return PaperMade(
        LETTER,
        letter.to,
        letter.named,
        letter.name,
        on,
        letter.size.value,
        letter.head,
        letter.private,
        made.maker,
        made.digest,
        made.text,
        country=letter.country,
    )


def sheet_made(sheet: Sheet, made: PaperFile) -> PaperMade:
    """Return the event of a sheet."""
    return PaperMade(
        SHEET,
        sheet.reader.value,
        sheet.named,
        sheet.name,
        "" if sheet.on is None else sheet.on.isoformat(),
        sheet.size.value,
        sheet.head,
        (),
        made.maker,
        made.digest,
        made.text,
        sheet.inputs.minutes,
        sheet.inputs.place.value,
        sheet.by,
        sheet.inputs,
        sheet.last,
        sheet.country,
    )


def sheet_facts(ground: Ground, sheet: Sheet) -> SheetFacts:
    """Return a concluded case with the session that a sheet shows."""
    facts = facts_of(ground.concluded.case, ground.assessor, sheet.inputs, sheet.last)
    return SheetFacts(ground, build_session(facts), facts.plans)


def paper_again(ground: Ground, made: PaperMade) -> bool:
    """Tell whether a paper comes out of its conclusion as recorded.

    True where that cannot be told: the library that made it is not here in that version.
    """
    if made.maker and (not all(map(have, LIBRARIES)) or made.maker != maker()):
        return True
    form = PaperForm.PDF if made.maker else PaperForm.HTML
    again = paper_file(_again(ground, made), form)
    return (again.digest, again.text) == (made.digest, made.text)


def _again(ground: Ground, made: PaperMade) -> Paper:
    """Return a paper as its conclusion gives it today."""
    if made.kind == SHEET:
        sheet = _sheet(made)
        return sheet_paper(sheet_facts(ground, sheet), sheet)
    return letter_paper(ground, _letter(made))


def _sheet(made: PaperMade) -> Sheet:
    return Sheet(
        SheetReader(made.to),
        made.said or SessionInputs(made.minutes, Place(made.place)),
        made.named,
        datetime.date.fromisoformat(made.on) if made.on else None,
        PaperSize(made.size),
        made.name,
        made.head,
        made.by,
        made.last,
        made.country,
    )


def _letter(made: PaperMade) -> Letter:
    return Letter(
        made.to,
        made.named,
        datetime.date.fromisoformat(made.on) if made.on else None,
        PaperSize(made.size),
        made.name,
        made.private,
        made.head,
        made.country,
    )


def pdf_said(made: PaperMade) -> str:
    """Return what to say of a paper of which only the digest is kept."""
    here = all(map(have, LIBRARIES)) and made.maker == maker()
    how = "made again and compared" if here else f"not compared: it takes {made.maker}"
    return f"A {made.kind} as PDF, SHA-256 {made.digest}; {how}."
