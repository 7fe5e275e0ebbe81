"""The file a paper is written to: its form by its name, how it gets there, and what is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from screening.app.agreement import bad
from screening.app.audit.papers import PaperFile, paper_file
from screening.app.client_records import put_new
from screening.app.extras import need
from screening.app.printout import Printout
from screening.render.page import PaperForm
from screening.render.paper import Paper
from screening.render.pdf import LIBRARIES

NOT_ENCRYPTED = "readable by you alone and not encrypted: delete it once it is handed over."


@dataclass(frozen=True, slots=True)
class PaperWritten:
    """A paper as it reads, and what to say beside it."""

    shown: Printout
    said: tuple[str, ...]


def form_of(file: Path) -> PaperForm:
    """Return what a file is to be, by the end of its name.

    Raises:
        MisuseError: when its name ends otherwise, or the library is missing.

    """
    endings = {f".{form.value}": form for form in PaperForm}
    form = endings.get(file.suffix.lower())
    if form is None:
        raise bad("--output", f"a file is expected that ends in {' or '.join(endings)}")
    if form is PaperForm.PDF:
        need(*LIBRARIES)
    return form


def put_off_record(paper: Paper, file: Path | None, kind: str) -> tuple[str, ...]:
    """Write a paper about a case that is not on record, if to a file; return what to say of it."""
    said = f"This {kind} is not on record: it is made from a file."
    if file is None:
        return (said,)
    put_new(file, paper_file(paper, form_of(file)).raw)
    return said, f"Written to {file}, {NOT_ENCRYPTED}"


def put_on_record(paper: Paper, file: Path, keep: Callable[[PaperFile], object]) -> str:
    """Write a paper to a file, and `keep` it once it can be there; return what to say of it."""
    made = paper_file(paper, form_of(file))
    put_new(file, made.raw, lambda: keep(made))
    return f"Kept on record, and written to {file}, {NOT_ENCRYPTED}"


def no_day_of_its_own(day: str | None) -> None:
    """Refuse a day for a paper about a recorded case.

    Raises:
        MisuseError: when there is one.

    """
    if day is not None:
        raise bad("--date", "a recorded case has its own days; leave it out")
