"""The form a client answers before the session: one file, and the key that opens its answers."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from screening.app import settings
from screening.app.agreement import bad
from screening.app.audit import keep_knowledge
from screening.app.client_records import put_new
from screening.app.clients.look_alikes import hint
from screening.app.clients.pages import called
from screening.app.knowledge import open_checked_knowledge, root_of
from screening.app.ports import Tell
from screening.compile.circuit import circuit
from screening.diagnostics import quoted
from screening.errors import MisuseError
from screening.interview.form_gates import form_gates
from screening.model.knowledge import KnowledgeBase
from screening.records import Client, Store, add_client, client_of, find_client, usable_label
from screening.records.consent import local_today
from screening.records.event import FormMade
from screening.records.hpke import new_pair
from screening.render.drawn import Drawings
from screening.render.form_page import FormPage, form_html

INVITATION = 16  # bytes; nobody guesses one
SHOWN = 6  # digits of an invitation in a file's name
WAYS = (
    "Tell them first how it opens: on a computer, in Chrome, Edge or Firefox. An iPhone does not "
    "open such a file, and an Android phone may not: put it on an https page of yours and send "
    "the link, or let them answer on your screen (`screening serve`)."
)


@dataclass(frozen=True, slots=True)
class ClientForm:
    """Whose form is wanted, in which file, and from which knowledge; None is the usual one."""

    client: str
    file: Path | None
    directory: Path | None


class NewForm(NamedTuple):
    """A form that was made: what its file is called, the text, and what is kept of it."""

    name: str
    text: str
    kept: FormMade


def form(store: Store, wanted: ClientForm, tell: Tell) -> tuple[str, ...]:
    """Write the form of a client, who is opened if new, and keep its key; return what to say.

    Raises:
        MisuseError: when the client or the file is not named so that it can be used.
        UnwritableError: when the file cannot be written; nothing is kept then.

    """
    if wanted.file is not None and wanted.file.suffix.lower() != ".html":
        raise bad(
            "--output", f"a file is expected that ends in .html, found {quoted(str(wanted.file))}"
        )
    knowledge = open_checked_knowledge(wanted.directory)
    owner = _client(store, wanted.client, tell)
    made = new_form(store, knowledge)
    file = wanted.file or Path(made.name)
    keep_knowledge(store, knowledge, root_of(wanted.directory))
    put_new(file, made.text, lambda: store.append(owner.id, made.kept))
    return (
        f"Written to {file}, for {called(owner)}. It holds questions, and no name or answer.",
        WAYS,
        "What comes back, file or text: `screening receive FILE` (`-` takes pasted text).",
    )


def new_form(store: Store, knowledge: KnowledgeBase) -> NewForm:
    """Return a new form; it is nobody's until what is to be kept is on their record."""
    invitation = secrets.token_hex(INVITATION)
    key, public = new_pair()
    text = form_html(_page(knowledge, invitation, public))
    today = local_today(store).isoformat()
    kept = FormMade(invitation, key.hex(), knowledge.digest, today)
    return NewForm(f"form-{invitation[:SHOWN]}.html", text, kept)


def given_out(store: Store, knowledge: KnowledgeBase, root: Path, client: str) -> NewForm:
    """Return a new form of a client by id, with its key on record."""
    made = new_form(store, knowledge)
    keep_knowledge(store, knowledge, root)
    store.append(client, made.kept)
    return made


def _client(store: Store, name: str, tell: Tell) -> Client:
    """Return the client of a name, opened where nobody has it, as an interview does."""
    label = usable_label(name)
    if not label:
        raise MisuseError("a client is expected: a pseudonym or number")
    found = find_client(store, label)
    if found is not None:
        return found
    if looks := hint(store, label):
        tell(looks)
    return client_of(store, add_client(store, label))


def _page(knowledge: KnowledgeBase, invitation: str, public: bytes) -> FormPage:
    gates = form_gates(knowledge, circuit(knowledge))
    country = knowledge.countries.get(settings.country())
    return FormPage(invitation, public.hex(), knowledge, gates, country, Drawings(knowledge).of)
