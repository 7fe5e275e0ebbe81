"""From what is to be written to canonical text: one text for one meaning, comments kept."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from screening.diagnostics import Problems
from screening.load.tree import Mapping, Node, Sequence, Text, parse
from screening.schema.keys import Style
from screening.write.forms import Form
from screening.write.scalar import scalar
from screening.write.written import Document, Listed, Mapped, Part, Value, from_tree

WIDTH = 99  # of the line that decides whether a list or a condition stays on it
STEP = "  "


def canonical(text: str, shown: str, form: Form, problems: Problems) -> str | None:
    r"""Return a file's text in canonical form, or None with what cannot be read noted.

    Only quotes, line breaks, indentation and the order of keys change.

    >>> from screening.write.forms import row
    >>> canonical("title: 'A'   # why\nid: a\n", "a.yaml", row("id title"), Problems())
    '{id: a, title: A}  # why\n'
    """
    tree = parse(text, shown, problems)
    if tree is None:
        return None
    laid = laid_out(from_tree(tree, text), form)
    again = parse(laid, shown, problems)
    if again is None or meaning(again) != meaning(tree):
        raise AssertionError(f"the layout of {shown} changes what it says")
    return laid


def meaning(node: Node) -> object:
    """Return what a tree says, without places; the order of keys says nothing."""
    match node:
        case Text(value):
            return value
        case Sequence(items):
            return [meaning(item) for item in items]
        case Mapping(by_key):
            return {key: meaning(value) for key, value in by_key.items()}


def laid_out(document: Document, form: Form) -> str:
    """Return the text of a whole file."""
    whole = Part("", document.value)
    if _stays("", whole.value, form):
        body = [line.removeprefix(" ") for line in _on_a_line("", whole, form, "")]
    else:
        body = _spread(whole.value, form, "")
    return "".join(f"{line}\n" for line in (*document.head, *body, *document.tail))


def entry_lines(part: Part, form: Form, indent: str = "") -> list[str]:
    """Return the lines of one key and its value; `form` is that of the mapping it stands in."""
    return _placed(f"{indent}{scalar(part.key)}:", part, form.of(part.key), indent)


def item_lines(part: Part, form: Form, indent: str) -> list[str]:
    """Return the lines of one item of a list that is spread out; `form` is that of the list."""
    lead, own = f"{indent}-", form.of("")
    one_key = isinstance(part.value, Mapped) and len(part.value.parts) == 1
    spread = one_key and own.mapping is Style.FIT
    if isinstance(part.value, Listed) or (not spread and _stays(lead, part.value, own)):
        return _on_a_line(lead, part, own, indent)
    rows = _spread(part.value, own, indent + STEP)
    notes = [row.strip() for row in takewhile(lambda row: row.lstrip().startswith("#"), rows)]
    first, *others = rows[len(notes) :]
    above = (*part.above, *filter(None, [part.beside]), *notes)
    return [*_notes(above, indent), f"{lead} {first.lstrip()}", *others]


def _spread(value: Value, form: Form, indent: str) -> list[str]:
    """Return the lines of a list or mapping with each part on lines of its own."""
    match value:
        case Listed(parts):
            return [line for part in parts for line in item_lines(part, form, indent)]
        case Mapped():
            return [line for p in _ordered(value, form) for line in entry_lines(p, form, indent)]
        case str():
            return [f"{indent}{scalar(value)}"]


def _placed(lead: str, part: Part, form: Form, indent: str) -> list[str]:
    """Return the lines of what follows a lead: on its line, or spread out below it."""
    if _stays(lead, part.value, form):
        return _on_a_line(lead, part, form, indent)
    head = f"{lead}  {part.beside}" if part.beside else lead
    return [*_notes(part.above, indent), head, *_spread(part.value, form, indent + STEP)]


def _stays(lead: str, value: Value, form: Form) -> bool:
    """Tell whether a value stands on one line with its lead."""
    if isinstance(value, str) or not value.parts:
        return True
    style = form.mapping if isinstance(value, Mapped) else form.listing
    if style is not Style.FIT:
        return style is Style.LINE
    *others, last = _inside(value, form)
    if last.above or any(part.above or part.beside for part in others):
        return False
    return len(f"{lead} {_flow(value, form)}") <= WIDTH


def _on_a_line(lead: str, part: Part, form: Form, indent: str) -> list[str]:
    """Return a lead and a value on one line; the comments inside go above or behind it."""
    inside = _inside(part.value, form)
    notes = [part.beside, *(note for p in inside for note in (*p.above, p.beside))]
    kept = [note for note in notes[:-1] if note]
    last = notes[-1] or (kept.pop() if part.beside and len(kept) == 1 else "")
    text = _flow(part.value, form) if not isinstance(part.value, str) else scalar(part.value)
    line = f"{lead} {text}" + (f"  {last}" if last else "")
    return [*_notes((*part.above, *kept), indent), line]


def _inside(value: Value, form: Form) -> Iterator[Part]:
    """Yield the parts inside a value in the order they are laid out, outer ones first."""
    if not isinstance(value, str):
        for part in _ordered(value, form) if isinstance(value, Mapped) else value.parts:
            yield part
            yield from _inside(part.value, form.of(part.key))


def _notes(comments: tuple[str, ...], indent: str) -> list[str]:
    return [f"{indent}{comment}" for comment in comments]


def _ordered(value: Mapped, form: Form) -> list[Part]:
    """Return the entries of a mapping in canonical order."""
    by_key = {part.key: part for part in value.parts}
    return [by_key[key] for key in form.in_order(by_key)]


def _flow(value: Value, form: Form) -> str:
    """Return a value on one line, as it stands inside `[]` and `{}`."""
    match value:
        case str():
            return scalar(value, flow=True)
        case Listed(parts):
            items = (_flow_item(part.value, form.of("")) for part in parts)
            return f"[{', '.join(items)}]"
        case Mapped():
            return f"{{{_pairs(value, form)}}}"


def _flow_item(value: Value, form: Form) -> str:
    """Return an item of a list on one line; a tree of conditions needs no braces there."""
    if isinstance(value, Mapped) and len(value.parts) == 1 and form.mapping is Style.FIT:
        return _pairs(value, form)
    return _flow(value, form)


def _pairs(value: Mapped, form: Form) -> str:
    return ", ".join(
        f"{scalar(part.key, flow=True)}: {_flow(part.value, form.of(part.key))}"
        for part in _ordered(value, form)
    )
