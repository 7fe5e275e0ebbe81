"""Asking an author: one line at a time, from a keyboard, a pipe or an earlier draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from screening.load.source import FORBIDDEN
from screening.model.kinds import Scale
from screening.model.question import WHOLE
from screening.scaffold.phrases import SHOWN, Offer, nearest_name, partly, search

LIST = "?"
ODD = "It holds a control character, which no file may; once more, please."
MANY = 90  # offers; of more, only the names are listed


class Author(Protocol):
    """Who is asked. What was settled is kept, so that a draft can be taken up again."""

    def say(self, text: str) -> None:
        """Show a paragraph."""

    def show(self, offers: Sequence[Offer]) -> None:
        """Show what can be chosen, numbered from 1."""

    def line(self, prompt: str, words: Sequence[str] = ()) -> str:
        """Return the next line, without space around it; `words` complete it on a keyboard."""

    def settled(self, answer: str) -> None:
        """Keep an answer that was taken."""


def sentence(author: Author, prompt: str, *, optional: bool = False) -> str:
    """Return a line of text; an empty one only where that is allowed."""
    while True:
        text = " ".join(author.line(prompt).split())
        if FORBIDDEN.search(text):
            author.say(ODD)
        elif text == LIST:
            author.say("There is no list for this: your own words are asked for.")
        elif text or optional:
            author.settled(text)
            return text
        else:
            author.say("One line is needed.")


def word(author: Author, prompt: str, legal: Sequence[Offer], *, optional: bool = False) -> str:
    """Return one of a few words, all of them shown, by its number or itself."""
    author.show(legal)
    return read(author, prompt, legal, shown=legal, optional=optional)


def chosen(author: Author, prompt: str, offers: Sequence[Offer], *, optional: bool = False) -> str:
    """Return what is written for one of many offers; words search them, `?` lists them."""
    return read(author, prompt, offers, optional=optional)


def read(  # noqa: PLR0913 - who is asked, for what, out of what, and three things that may vary
    author: Author,
    prompt: str,
    offers: Sequence[Offer],
    free: Callable[[str], str | None] = lambda _: None,
    *,
    shown: Sequence[Offer] = (),
    optional: bool = False,
) -> str:
    """Return one of many offers, or what `free` makes of a text that is none of them.

    A number means what stands beside it in the list shown last, `shown` at first.
    """
    names = [offer.written for offer in offers]
    while True:
        text = author.line(prompt, names)
        if text.isdecimal() and 1 <= int(text) <= len(shown):
            text = shown[int(text) - 1].written
        taken = text if text in names or (not text and optional) else _named(text, offers)
        taken = free(text) if taken is None and text else taken
        if taken is not None:
            author.settled(taken)
            return taken
        found = () if text in ("", LIST) else search(text, offers)
        if len(found) == 1:
            author.say(f"= {found[0].words}")
            author.settled(found[0].written)
            return found[0].written
        shown = _listed(author, text, offers, found) or shown


def _named(text: str, offers: Sequence[Offer]) -> str | None:
    """Return the one offer that has a text as its words."""
    found = [offer.written for offer in offers if offer.words.lower() == text.lower()]
    return found[0] if len(found) == 1 else None


def _listed(
    author: Author, text: str, offers: Sequence[Offer], found: Sequence[Offer]
) -> Sequence[Offer]:
    """Show what a search found, or everything for `?`; return what is shown."""
    if not text:
        author.say("One is needed: words search, `?` lists.")
        return ()
    if text == LIST:
        every = _overview(offers)
        author.show(every)
        return every
    if not found:
        near = nearest_name(text, offers)
        found = partly(text, offers)
        other = "These come near:" if found else "Other words search, `?` lists."
        author.say(f"Nothing is called so: {text}. {f'Did you mean `{near}`?' if near else other}")
    author.show(found[:SHOWN])
    if len(found) > SHOWN:
        author.say(f"And {len(found) - SHOWN} more: add a word.")
    return found[:SHOWN]


def _overview(offers: Sequence[Offer]) -> Sequence[Offer]:
    """Return all offers, or (of many) one for each name, with the words that all of it share."""
    if len(offers) <= MANY:
        return offers
    by_name: dict[str, str] = {}
    for offer in offers:
        by_name.setdefault(offer.written.split()[0], offer.words.split(":")[0])
    return [Offer(name, words) for name, words in by_name.items()]


def yes(author: Author, prompt: str) -> bool:
    """Return whether the answer is yes."""
    while True:
        text = author.line(f"{prompt} (y/n) ").lower()
        if text in ("y", "yes", "n", "no"):
            author.settled("yes" if text[0] == "y" else "no")
            return text[0] == "y"
        author.say("y or n, please.")


def number(author: Author, prompt: str, low: int, high: int, names: Sequence[str] = ()) -> str:
    """Return a whole number in a range, as written, or the name of one."""
    return on_scale(author, prompt, WHOLE, (low, high), names)


def on_scale(
    author: Author, prompt: str, scale: Scale, ends: tuple[int, int], names: Sequence[str] = ()
) -> str:
    """Return a number of a scale, as written, or the name of one."""
    low, high = ends
    while True:
        text = author.line(prompt, names)
        found = scale.read(text) if not scale.digits or text.isdecimal() else None
        if text in names or (found is not None and low <= found <= high):
            author.settled(text)
            return text
        one = scale.one[:1].upper() + scale.one[1:]
        author.say(f"{one} from {scale.write(low)} to {scale.write(high)} is needed.")
