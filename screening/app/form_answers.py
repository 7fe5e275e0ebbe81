"""From what a client sent back to the answers in it: found, opened and checked, never trusted."""

from __future__ import annotations

import base64
import binascii
import datetime
import json
import re
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from screening.diagnostics import Code, Diagnostic, Problems, Span, quoted
from screening.errors import BadInputError
from screening.load.source import read_bytes
from screening.records.event import FormMade
from screening.records.hpke import POINT, TAG, BrokenSealError, Sealed, opened_with
from screening.render.form_page import CLOSES, OPENS, PURPOSE

VERSION = 1
INVITATION = 16  # bytes
HEAD = 1 + INVITATION + POINT
MOST = 1 << 16  # bytes of what is sent back; a long form is a tenth of it
MOST_LINES, LONGEST = 40, 120  # of a programme, as the form's own script cuts them
LEGAL = re.compile(r"[A-Za-z0-9+/=]")
BETWEEN = ">|*_`\u200b\u2060\ufeff"  # what mail and messengers put around lines
WHOLE = f"the whole text is expected, from `{OPENS}` to `{CLOSES}`"
AGAIN = "ask the client to send it again, as a file"


class LockedReply(NamedTuple):
    """What came back, still locked: to which invitation, and where it was read from."""

    invitation: str
    message: Sealed
    shown: str

    @property
    def digest(self) -> str:
        """What no other reply is known by."""
        return sha256(self.message.enc + self.message.sealed).hexdigest()


class Told(NamedTuple):
    """Answers by question as they were sent, the day on the client's device, and exercises."""

    answers: dict[str, str | int]
    on: datetime.date
    programme: tuple[str, ...]

    def intake(self, but: frozenset[str] = frozenset()) -> bytes:
        """Return them as the text of an intake, one answer a line, without some questions."""
        kept = {name: value for name, value in self.answers.items() if name not in but}
        return json.dumps({"answers": kept}, indent=1).encode()


def raw_of(file: Path, typed: bytes | None, called: str = "stdin") -> tuple[bytes, str]:
    """Return what a file holds, or what was typed, and what to call it.

    Raises:
        BadInputError: when it cannot be read.

    """
    if typed is not None:
        return typed, called
    problems = Problems()
    raw = read_bytes(file, str(file), problems)
    if raw is None:
        raise BadInputError(problems.sorted())
    return raw, str(file)


def reply_in(raw: bytes, shown: str) -> LockedReply:
    """Return the reply in a file or a text, wherever in it that stands; `shown` names it.

    Raises:
        BadInputError: when there is none, or it is damaged.

    """
    if len(raw) > MOST:
        raise _damaged(shown, f"answers of at most {MOST >> 10} KiB are expected")
    text = raw.decode("utf-8", "replace")
    begins, ends = _between(text, shown)
    try:
        found = base64.b64decode(_letters(text, begins, ends, shown), validate=True)
    except binascii.Error as error:
        raise _damaged(shown, f"letters are missing: {WHOLE}", text, begins) from error
    if found[:1] != bytes([VERSION]):
        raise _damaged(
            shown, f"it is of another form than this program makes: {WHOLE}", text, begins
        )
    if len(found) < HEAD + TAG:
        raise _damaged(shown, f"it is cut off: {WHOLE}", text, begins)
    message = Sealed(found[1 + INVITATION : HEAD], found[HEAD:])
    return LockedReply(found[1 : 1 + INVITATION].hex(), message, shown)


def _between(text: str, shown: str) -> tuple[int, int]:
    """Return where the locked letters begin and end."""
    at = text.find(OPENS)
    if at < 0:
        raise _damaged(shown, f"no answers of a form are in it: {WHOLE}")
    if (second := text.find(OPENS, at + 1)) >= 0:
        raise _damaged(shown, "a second form begins here: one at a time is expected", text, second)
    begins = at + len(OPENS)
    ends = text.find(CLOSES, begins)
    if ends < 0:
        raise _damaged(shown, f"the end is missing: {WHOLE}", text, at)
    return begins, ends


def _letters(text: str, begins: int, ends: int, shown: str) -> str:
    """Return the locked letters, without what mail and messengers put between them."""
    found = []
    for place in range(begins, ends):
        one = text[place]
        if LEGAL.fullmatch(one):
            found.append(one)
        elif not (one.isspace() or one in BETWEEN):
            message = f"letters and digits of the locked text are expected, found {quoted(one)}"
            raise _damaged(shown, message, text, place)
    return "".join(found)


def told_in(reply: LockedReply, form: FormMade) -> Told:
    """Return what a reply to a form says, opened with its key.

    Raises:
        BadInputError: when it was changed, or what is in it is no form's answers.

    """
    info = PURPOSE.encode() + bytes.fromhex(form.invitation) + form.knowledge.encode()
    try:
        opened = opened_with(bytes.fromhex(form.key), reply.message, info)
    except BrokenSealError as error:
        raise _damaged(reply.shown, "the lock is broken: the text was changed or cut") from error
    try:
        said = json.loads(opened)
        return _told(said)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        message = "what is locked in it is not what a form writes"
        raise _damaged(reply.shown, message) from error


def _told(said: dict[str, object]) -> Told:
    """Return answers as a form writes them; whether they are any is for an intake's reader."""
    answers, on = said["answers"], said["on"]
    if said["form"] != VERSION or not isinstance(answers, dict) or not isinstance(on, str):
        raise TypeError
    if not all(type(one) in {str, int} for one in answers.values()):
        raise TypeError
    return Told(answers, datetime.date.fromisoformat(on), _lines(said.get("programme", [])))


def _lines(sent: object) -> tuple[str, ...]:
    """Return the lines of a programme as a form writes them."""
    if not isinstance(sent, list) or len(sent) > MOST_LINES:
        raise TypeError
    lines = tuple(one for one in sent if isinstance(one, str) and one.isprintable())
    if len(lines) < len(sent) or any(len(one) > LONGEST for one in lines):
        raise TypeError
    return lines


def _damaged(shown: str, message: str, text: str = "", at: int = 0) -> BadInputError:
    """Return the error at a place of a text; it shows nothing of the text itself."""
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return BadInputError(
        (Diagnostic(Code.damaged_file, message, Span(shown, line, column), AGAIN),)
    )
