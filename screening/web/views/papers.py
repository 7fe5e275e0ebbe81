"""Papers: the letter a client takes along, the sheet of a session, and the page a client signs."""

from __future__ import annotations

import base64
import hashlib
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from werkzeug.wrappers import Response

from screening import app
from screening.app.chosen_case import ChosenCase
from screening.app.clients.find_case import name_of
from screening.app.clients.pages import called
from screening.app.conclude import Sources
from screening.app.consent_form import FormWanted
from screening.app.letters import LetterWanted
from screening.app.sheets import SheetReader, SheetWanted
from screening.errors import NoPaperError
from screening.render.page import PaperForm, PaperSize
from screening.web.call import HTML, Call
from screening.web.views.training import pdf_too, told_of

STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
OF_A_PART = re.compile(r'<[a-z]+[^<>]* style="([^"<>&]*)"')
TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
TITLES = {"letter": "Letter", "sheet": "Session sheet", "form": "Page to sign"}
KINDS = {PaperForm.HTML: HTML, PaperForm.PDF: "application/pdf"}


def letter(call: Call) -> Response:
    """Show the letter of a case, or give it out as a file that is kept on record."""
    ledger, store = call.case, call.office.store
    name, form = name_of(store, ledger.id), _form(call)
    sources = Sources(lambda: store, lambda _: None, call.office.tell)
    private = tuple(call.request.form.getlist("private"))
    to = call.sent("to") or None
    wanted = LetterWanted(to, None, None, _size(call), private)
    if form is not None:
        return _given_out(
            form,
            "letter",
            lambda file: app.letters.letter(
                ChosenCase(Path(name)),
                None,
                sources,
                LetterWanted(to, file, None, _size(call), private),
            ),
        )
    try:
        made = app.letters.letter(ChosenCase(Path(name)), None, sources, wanted)
    except NoPaperError as error:
        return call.page("refused.html", "No letter", words=str(error), status=400)
    knowledge = call.office.ground(ledger.id).knowledge
    intimate = [(one, one.id in private) for one in knowledge.questions.values() if one.intimate]
    return call.page(
        "letter.html",
        "Letter",
        case=ledger.id,
        blocks=made.shown.page,
        said=[one for one in made.said if "`" not in one],
        targets=[*knowledge.targets.values()],
        to=to or "",
        private=intimate,
        pdf=pdf_too(),
        size=_size(call).value,
    )


def sheet(call: Call) -> Response:
    """Give out the next hour on one page, for the trainer or the client, kept on record."""
    ledger, store, form = call.case, call.office.store, _form(call)
    if form is None:
        return call.go(f"/case/{ledger.id}/session")
    name = name_of(store, ledger.id)
    sources = Sources(lambda: store, lambda _: None, call.office.tell)
    readers = {one.value: one for one in SheetReader}
    reader = readers.get(call.sent("for"), SheetReader.TRAINER)
    return _given_out(
        form,
        "sheet",
        lambda file: app.sheets.sheet(
            ChosenCase(Path(name)),
            None,
            sources,
            SheetWanted(reader, told_of(call), file, None, _size(call)),
        ),
    )


def consent_page(call: Call) -> Response:
    """Give out the page that a client signs, as a file that is kept on record."""
    who, form = call.client, _form(call)
    if form is None:
        return call.go(f"/client/{who.id}")
    return _given_out(
        form,
        "form",
        lambda file: app.consent_form.consent_form(
            call.office.store, called(who), FormWanted(file, _size(call), None)
        ),
    )


def _form(call: Call) -> PaperForm | None:
    """Return what file is wanted; None where the paper is only shown."""
    forms = {one.value: one for one in PaperForm}
    return forms.get(call.sent("do")) if call.posted else None


def _size(call: Call) -> PaperSize:
    sizes = {one.value: one for one in PaperSize}
    return sizes.get(call.sent("paper"), PaperSize.A4)


def _given_out(form: PaperForm, name: str, write: Callable[[Path], object]) -> Response:
    """Return a paper, which is on record by then; nothing of it stays on the disk.

    HTML is opened to be printed: its style is allowed by its digest, and nothing else. A browser
    keeps titles in its history, so that of HTML names nobody here.
    """
    with tempfile.TemporaryDirectory(prefix="screening-") as folder:
        file = Path(folder) / f"{name}.{form.value}"
        write(file)
        raw = file.read_bytes()
    if form is PaperForm.HTML:
        raw = TITLE.sub(f"<title>{TITLES[name]}</title>", raw.decode(), count=1).encode()
    answer = Response(raw, content_type=KINDS[form])
    answer.headers["Content-Disposition"] = f'inline; filename="{file.name}"'
    allowed = _styles(raw.decode()) if form is PaperForm.HTML else ""
    answer.headers["Content-Security-Policy"] = (
        f"default-src 'none'; {allowed}sandbox allow-modals"
    )
    return answer


def _styles(html: str) -> str:
    """Return the policy that allows the style of a paper, and of its parts, by their digests."""
    styles = dict.fromkeys([*STYLE.findall(html), *OF_A_PART.findall(html)])
    digests = (base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in styles)
    allowed = " ".join(f"'sha256-{one}'" for one in digests)
    return f"style-src {allowed} 'unsafe-hashes'; "
