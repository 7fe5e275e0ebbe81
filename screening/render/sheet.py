"""From a concluded case and its session to one page: for the trainer's hour, or for the client."""

from __future__ import annotations

from screening.render import client_sheet, trainer_sheet
from screening.render.local import in_words_of
from screening.render.page import Page
from screening.render.paper import Paper
from screening.render.sheet_lines import Sheet, SheetFacts, SheetLines, SheetReader
from screening.render.small_print import small_print

__all__ = ["Sheet", "SheetFacts", "SheetReader", "sheet_paper"]


def sheet_paper(facts: SheetFacts, sheet: Sheet) -> Paper:
    """Return a sheet: what is asked for, on one page."""
    lines = SheetLines(facts, sheet)
    page: Page
    match sheet.reader:
        case SheetReader.TRAINER:
            page = tuple(trainer_sheet.TrainerSheet(lines).blocks())
            title, points = f"Session sheet for {sheet.named}", trainer_sheet.POINTS
        case SheetReader.CLIENT:
            page = tuple(client_sheet.ClientSheet(lines).blocks())
            title = f"For {sheet.name or sheet.named}, until next time"
            points = client_sheet.POINTS
    pack = facts.knowledge.pack
    page = in_words_of(facts.knowledge.countries.get(sheet.country), page)
    foot = (small_print(sheet.named, sheet.on, facts.knowledge, sheet.head, sheet.by), pack.review)
    return Paper(title, pack.language, sheet.size, page, foot, points)
