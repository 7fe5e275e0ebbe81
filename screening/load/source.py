"""From a path to text: sizes, encodings and characters are checked here, once."""

from __future__ import annotations

import codecs
import re
import stat
from typing import TYPE_CHECKING

from screening.diagnostics import Code, Problems, Span

if TYPE_CHECKING:
    from pathlib import Path

SIZE_LIMIT = 1 << 20  # bytes; the largest real file is a hundredth of it
LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # as YAML 1.1 counts lines
FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


def read_bytes(
    path: Path, shown: str, problems: Problems, *, regular: bool = False
) -> bytes | None:
    """Return a file's bytes, or None with the reason noted; pipes are read unless `regular`."""
    at = Span(shown)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            problems.add(Code.not_a_file, at, "a file is expected, this is a directory")
            return None
        if not stat.S_ISREG(mode) and regular:
            problems.add(Code.not_a_file, at, "this is not a regular file")
            return None
        with path.open("rb") as file:
            raw = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        problems.add(Code.missing_file, at, "there is no such file")
    except OSError as error:
        reason = error.strerror or "cannot be read"
        problems.add(Code.unreadable_file, at, reason.lower(), "check the file's permissions")
    except ValueError:
        problems.add(Code.missing_file, at, "this is not a file name")
    else:
        return within_limit(raw, shown, problems)
    return None


def within_limit(raw: bytes, shown: str, problems: Problems) -> bytes | None:
    """Return bytes that are not too many, or None with that noted."""
    if len(raw) <= SIZE_LIMIT:
        return raw
    problems.add(Code.oversized_file, Span(shown), "the file is larger than 1 MiB")
    return None


def decode(raw: bytes, shown: str, problems: Problems) -> str | None:
    """Return the text of UTF-8 bytes, or None with the reason noted."""
    at = Span(shown)
    if raw.startswith(codecs.BOM_UTF8):
        help_ = "save it as UTF-8 without a byte-order mark"
        problems.add(Code.byte_order_mark, at, "the file begins with a byte-order mark", help_)
        return None
    if raw.startswith(_WIDE_MARKS) or b"\x00" in raw[:4]:
        help_ = "save it as UTF-8 (it looks like UTF-16 or UTF-32)"
        problems.add(Code.not_utf8, at, "the file is not UTF-8 text", help_)
        return None
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        place = _end_of(raw[: error.start].decode(), shown)
        message = f"byte 0x{raw[error.start]:02x} is not UTF-8 text"
        problems.add(Code.not_utf8, place, message, "save it as UTF-8")
        return None
    return _clean(text, shown, problems)


def _clean(text: str, shown: str, problems: Problems) -> str | None:
    """Return the text when it has content and no control characters."""
    if not text.strip():
        problems.add(Code.empty_file, Span(shown), "the file is empty")
        return None
    odd = FORBIDDEN.search(text)
    if odd is None:
        return text
    place = _end_of(text[: odd.start()], shown)
    message = f"the file holds a control character (U+{ord(odd.group()):04X})"
    problems.add(Code.binary_content, place, message, "is this a text file?")
    return None


def _end_of(before: str, shown: str) -> Span:
    """Return the place right after some text."""
    lines = LINE_BREAK.split(before)
    return Span(shown, len(lines), len(lines[-1]) + 1)
