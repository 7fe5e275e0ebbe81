"""An author who is asked, and the draft of what was answered: kept, taken up, taken back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from screening.scaffold.phrases import Offer
from screening.write.disk import put

BACK = "<"


class BackError(Exception):
    """The author takes the last answer back."""


class AuthorTalk(Protocol):
    """Where an author is talked to."""

    def say(self, text: str) -> None:
        """Show a paragraph."""

    def show(self, offers: Sequence[Offer]) -> None:
        """Show what can be chosen, numbered from 1."""

    def line(self, prompt: str, words: Sequence[str]) -> str:
        """Return the next line; `words` complete it on a keyboard."""

    def page(self, text: str) -> None:
        """Show lines as they are laid out."""

    def agrees(self, question: str) -> bool:
        """Tell whether somebody is there and says yes."""


class Draft:
    """The answers of an interview that is not finished, kept after each.

    `about` is what they belong to: answers about something else are not taken up.
    """

    def __init__(self, path: Path, about: str) -> None:
        self.path = path
        self.about = about
        self.answers: list[str] = []

    def earlier(self) -> list[str]:
        """Return the answers kept earlier; none when there are none that belong here."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            kept = json.loads(self.path.read_text("utf-8"))
            if kept["about"] == self.about:
                return [str(answer) for answer in kept["answers"]]
        return []

    def keep(self, answer: str) -> None:
        """Keep one more answer."""
        self.answers.append(answer)
        said = {"about": self.about, "answers": self.answers}
        put(self.path, json.dumps(said, ensure_ascii=False, indent=1) + "\n")

    def done(self) -> None:
        """Forget the draft."""
        self.path.unlink(missing_ok=True)
        with suppress(OSError):
            self.path.parent.rmdir()


@dataclass
class Drafting:
    """The author as an interview sees one: answers of an earlier draft first, then new ones."""

    talk: AuthorTalk
    draft: Draft
    replayed: list[str]

    def say(self, text: str) -> None:
        """Show a paragraph."""
        if not self.replayed:
            self.talk.say(text)

    def show(self, offers: Sequence[Offer]) -> None:
        """Show what can be chosen, numbered from 1."""
        if not self.replayed:
            self.talk.show(offers)

    def page(self, text: str) -> None:
        """Show lines as they are laid out."""
        if not self.replayed:
            self.talk.page(text)

    def line(self, prompt: str, words: Sequence[str] = ()) -> str:
        """Return the next line of an earlier draft, else of the input.

        Raises:
            EOFError: at the end of input.
            BackError: when the author takes the last answer back.

        """
        if self.replayed:
            answer = self.replayed.pop(0)
            self.talk.say(f"{prompt}{answer}")
            return answer
        text = self.talk.line(prompt, words).strip()
        if text == BACK:
            raise BackError
        return text

    def back(self) -> None:
        """Begin again with all answers but the last."""
        self.replayed, self.draft.answers = self.draft.answers[:-1], []

    def settled(self, answer: str) -> None:
        """Keep an answer that was taken."""
        self.draft.keep(answer)

    @property
    def kept(self) -> str:
        """What is said when the author leaves."""
        if not self.draft.answers:
            return "Nothing is written."
        return "What you answered is kept. Go on with the same command and `--resume`."


def drafting(talk: AuthorTalk, draft: Draft, *, resume: bool) -> Drafting:
    """Return an author; an earlier draft is taken up if asked for, or on a yes."""
    earlier = draft.earlier()
    first = next(filter(None, earlier), "")
    taken_up = earlier and (resume or talk.agrees(f"Go on with the draft “{first}”?"))
    return Drafting(talk, draft, earlier if taken_up else [])
