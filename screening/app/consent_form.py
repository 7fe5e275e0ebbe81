"""The page a client signs, written to a file and kept in the client's own ledger."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from screening.app.audit.papers import PaperFile
from screening.app.clients.find_case import known_client
from screening.app.clients.pages import called
from screening.app.knowledge import open_knowledge
from screening.app.paper_file import form_of, put_on_record
from screening.diagnostics import word
from screening.model.assessment_view import DIGEST_SHOWN
from screening.records import Store
from screening.records.consent import Purpose, local_today
from screening.records.erasing import kept_for
from screening.records.event import PaperMade
from screening.render.consent_page import ConsentForm, consent_paper
from screening.render.page import PaperSize
from screening.render.store_page import protected

CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class FormWanted:
    """Where the page is written, on which paper, and which knowledge it names."""

    file: Path
    size: PaperSize
    directory: Path | None


def consent_form(store: Store, client: str, wanted: FormWanted) -> tuple[str, ...]:
    """Write the page that a client signs, and keep it; return what to say of it.

    Raises:
        UnwritableError: when it cannot be written.

    """
    form_of(wanted.file)  # refuses before anything is read
    owner = known_client(store, client)
    name, knowledge = called(owner), open_knowledge(wanted.directory)
    today = local_today(store)
    pack = knowledge.pack
    page = ConsentForm(
        client=name,
        on=today,
        size=wanted.size,
        purposes=tuple(purpose.words for purpose in Purpose),
        named=frozenset({Purpose.CLINICIAN.words}),
        protected=protected(store.vault.lock.protection),
        kept=_kept(kept_for(store)),
        review=pack.review,
        about=f"rules {pack.id} {pack.version} ({knowledge.digest[:DIGEST_SHOWN]})",
        language=pack.language,
    )
    head = store.head(owner.id).digest
    said = put_on_record(
        consent_paper(page),
        wanted.file,
        lambda made: store.append(owner.id, _event(name, owner.name, page, made, head)),
    )
    note_it = f"`screening clients consent {word(client)} PURPOSE`"
    return (
        said,
        f"Once it is signed, note each yes: {note_it}",
    )


def _kept(weeks: int) -> str:
    """Return how long answers are kept, in words."""
    if weeks:
        return f"They are kept for {weeks} weeks after your last screening, then erased."
    return "They are kept until you ask me to erase them."


def _event(name: str, full: str, page: ConsentForm, made: PaperFile, head: str) -> PaperMade:
    """Return the event of the page; it is to the client."""
    return PaperMade(
        CONSENT,
        "client",
        name,
        full,
        page.on.isoformat(),
        page.size.value,
        head,
        (),
        made.maker,
        made.digest,
        made.text,
    )
