"""Interviews an author for a case of the library, from what a client answered."""

from __future__ import annotations

from screening.errors import BadInputError
from screening.load.cases import read_claim
from screening.model.case import Case
from screening.model.case_library import Origin
from screening.model.knowledge import KnowledgeBase
from screening.scaffold import keeping
from screening.scaffold.conclusion_forms import offers
from screening.scaffold.new_rule import StoppedError, identifier
from screening.scaffold.phrases import Offer
from screening.scaffold.prompts import Author, sentence, word, yes
from screening.schema.rules import REFERRING
from screening.write import Plain
from screening.write.forms import FOLDERS
from screening.write.layout import laid_out
from screening.write.written import Document, from_plain

ORIGINS = (
    Offer(Origin.SYNTHETIC.value, "made up, or changed so that it is nobody"),
    Offer(Origin.PUBLISHED.value, "as a publication reports it"),
)
MADE_UP = "Made up: "
RESTS = tuple(
    Offer(
        one, "every other answer" if one == "all" else f"answers that could refer {one} or sooner"
    )
    for one in (*REFERRING, "all")
)


def ask_case(author: Author, knowledge: KnowledgeBase, client: Case) -> dict[str, Plain]:
    """Return what a case file is to say: a client's answers, and what must be concluded.

    Raises:
        StoppedError: when somebody could know the client by it.

    """
    _nobody(author, client)
    title = sentence(author, "Who it is, in one line: ")
    origin = word(author, "Where is it from? ", ORIGINS)
    says: dict[str, Plain] = {"id": _new_id(author, knowledge, title)}
    made_up = origin == Origin.SYNTHETIC.value
    says["title"] = title if not made_up or title.startswith(MADE_UP) else MADE_UP + title
    if not made_up:
        says["source"] = keeping.one_of(author, "Which? ", tuple(offers(knowledge, "sources")))
    says["kind"] = origin
    says["answers"] = {
        name: str(knowledge.questions[name].written(value))
        for name, value in client.answers.items()
    }
    rest = keeping.one_of(
        author, "Take other answers as harmless (empty: none)? ", RESTS, optional=True
    )
    says |= {"harmless_rest": rest} if rest else {}
    says |= {"programme": list(client.programme)} if client.programme else {}
    says["expect"] = _expected(author, knowledge, client)
    note = sentence(author, "What was read into it (may stay empty): ", optional=True)
    return says | ({"note": note} if note else {})


def case_text(says: dict[str, Plain]) -> str:
    """Return the canonical text of a case's file."""
    return laid_out(Document((), from_plain(says), ()), FOLDERS["cases"])


def _nobody(author: Author, client: Case) -> None:
    """See that nobody can be known by what is taken over."""
    author.say(
        f"Taken over: {len(client.answers)} answers and {len(client.programme)} exercises. No "
        "name, no pseudonym, no day. Cases are read by whoever gets the knowledge."
    )
    if client.earlier is not None or client.follows:
        author.say("The screening it follows is not taken over: only what was answered this time.")
    if not yes(author, "Could nobody know the client by these answers?"):
        raise StoppedError("change the answers in an intake file, and begin from that")


def _new_id(author: Author, knowledge: KnowledgeBase, title: str) -> str:
    name = identifier(title.removeprefix(MADE_UP))
    while not name or name in knowledge.cases:
        name = identifier(sentence(author, "A name for its file that is not taken: "))
    return name


def _expected(author: Author, knowledge: KnowledgeBase, client: Case) -> dict[str, Plain]:
    """Return what must be concluded, said before anybody sees what is."""
    author.say("What must be concluded? Say it before you see it. At least one thing is needed.")
    levels = tuple(Offer(one, one.replace("_", " ")) for one in REFERRING)
    while True:
        low = keeping.one_of(author, "Referred at least (empty: any)? ", levels, optional=True)
        most = (Offer("none", "nobody is seen"), *levels)
        high = keeping.one_of(author, "And at most (empty: any)? ", most, optional=True)
        must = _claims(author, knowledge, client, "Must: a claim such as `avoid deadlift`")
        not_ = _claims(author, knowledge, client, "Must not")
        rules = keeping.several(author, "Fires (empty: end): ", tuple(offers(knowledge, "rules")))
        bounds: dict[str, Plain] = {"at_least": low, "at_most": high}
        said: dict[str, Plain] = {
            "referral": {key: value for key, value in bounds.items() if value},
            "must": list(must),
            "must_not": list(not_),
            "rules": list(rules),
        }
        kept = {key: value for key, value in said.items() if value}
        if kept:
            return kept
        author.say("Nothing is expected so; a case with no expectation tests nothing.")


def _claims(author: Author, knowledge: KnowledgeBase, client: Case, prompt: str) -> list[str]:
    """Return claims, each of which says something about this client."""
    found: list[str] = []
    while said := sentence(author, f"{prompt} (empty: end): ", optional=True):
        odd = _odd(said, knowledge, client)
        if odd is None:
            found.append(said)
        else:
            author.say(odd)
    return found


def _odd(said: str, knowledge: KnowledgeBase, client: Case) -> str | None:
    """Return what is wrong with a claim; None where it says something about this client."""
    try:
        read_claim(said, knowledge, client.programme)
    except BadInputError as error:
        first = error.diagnostics[0]
        return f"{first.message[:1].upper()}{first.message[1:]}. {first.help}"
    return None
