"""The author at the terminal, in a pipe, or in an earlier draft; what was answered is kept."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from screening.cli.terminal import Terminal
from screening.scaffold.phrases import Offer
from screening.write.disk import put

BACK = "<"
NUMBERED = 4  # columns of a number in a list


class BackError(Exception):
    """The author takes the last answer back."""


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


class TerminalAuthor:
    """Asks on stderr and reads stdin; Tab completes where there is a keyboard.

    `replayed` are answers of an earlier draft, taken before anything is read.
    """

    def __init__(self, draft: Draft) -> None:
        self.terminal = Terminal()
        self.draft = draft
        self.replayed: list[str] = []
        self.completes = self.terminal.has_keys and sys.stdout.isatty() and _completion()

    def say(self, text: str) -> None:
        """Show a paragraph."""
        if not self.replayed:
            self.terminal.say(text)

    def show(self, offers: Sequence[Offer]) -> None:
        """Show what can be chosen, numbered from 1."""
        if self.replayed:
            return
        width = min(max((len(o.written) for o in offers), default=0), self.terminal.width // 2)
        for number, offer in enumerate(offers, start=1):
            lead = f"{number:>{NUMBERED}}  {offer.written:<{width}}  "
            self.terminal.say(f"{lead}{offer.words}", hang=len(lead))

    def line(self, prompt: str, words: Sequence[str] = ()) -> str:
        """Return the next line of an earlier draft, else of the input.

        Raises:
            EOFError: at the end of input.
            BackError: when the author takes the last answer back.

        """
        if self.replayed:
            answer = self.replayed.pop(0)
            self.terminal.say(f"{prompt}{answer}")
            return answer
        if self.completes:
            _complete(words)
            text = input(prompt).strip()
        else:
            text = self.terminal.line(prompt).strip()
        if text == BACK:
            raise BackError
        return text

    def back(self) -> None:
        """Begin again with all answers but the last."""
        self.replayed, self.draft.answers = self.draft.answers[:-1], []

    def settled(self, answer: str) -> None:
        """Keep an answer that was taken."""
        self.draft.keep(answer)


def _completion() -> bool:
    """Tell whether this Python can complete words, and make Tab do so."""
    try:
        import readline  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return False
    readline.set_completer_delims("")
    libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if libedit else "tab: complete")
    return True


def _complete(words: Sequence[str]) -> None:
    """Complete the line that is typed to one of some words."""
    import readline  # noqa: PLC0415 - only where `_completion` found it

    def nth(text: str, state: int) -> str | None:
        found = [word for word in words if word.startswith(text)]
        return found[state] if state < len(found) else None

    readline.set_completer(nth)
