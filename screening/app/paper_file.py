"""The file a paper is written to: what its name says of its form, and the library that takes."""

from __future__ import annotations

from pathlib import Path

from screening.app.agreement import bad
from screening.app.extras import need
from screening.render.page import PaperForm
from screening.render.pdf import LIBRARIES


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
