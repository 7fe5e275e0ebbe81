"""One key of a file replaced or added to; every other byte of the file stays."""

from __future__ import annotations

from dataclasses import replace

from screening.diagnostics import Problems
from screening.errors import BadInputError
from screening.load.tree import Mapping, Text, parse, scalars
from screening.write.forms import Form
from screening.write.layout import entry_lines, laid_out, meaning
from screening.write.written import (
    Document,
    Listed,
    Mapped,
    Part,
    Plain,
    Value,
    from_plain,
    from_tree,
)


def with_key(text: str, shown: str, key: str, value: Plain, form: Form) -> str:
    r"""Return a file's text with one of its keys set.

    A new key is put where the canonical order has it. Comments on other lines than the key's own
    value stay.

    Raises:
        BadInputError: when the text cannot be read.

    >>> from screening.write.forms import RULE
    >>> with_key("id: a\nwhen: b  # why\n", "a.yaml", "status", "retired", RULE)
    'id: a\nstatus: retired\nwhen: b  # why\n'

    """
    tree, document = _read(text, shown)
    new = replace(_part(document, key), value=from_plain(value))
    return _spliced(text, tree, document, new, form)


def with_entry(  # noqa: PLR0913 - the file, what goes where in it, and how it is laid out
    text: str, shown: str, key: str, entry: Plain, form: Form, *, before: str = ""
) -> str:
    r"""Return a file's text with one more entry in the list under a key.

    It stands before the entry of the id `before`, else at the end.

    Raises:
        BadInputError: when the text cannot be read.

    >>> from screening.write.forms import FILES
    >>> entry = {"title": "B", "id": "b"}
    >>> with_entry("groups:\n  - {id: a}\n", "a.yaml", "groups", entry, FILES["groups"])
    'groups:\n  - {id: a}\n  - {id: b, title: B}\n'

    """
    tree, document = _read(text, shown)
    old = _part(document, key)
    parts = old.value.parts if isinstance(old.value, Listed) else ()
    ids = [_id_of(part.value) for part in parts]
    place = ids.index(before) if before and before in ids else len(parts)
    row = Part("", from_plain(entry))
    new = replace(old, value=Listed((*parts[:place], row, *parts[place:])))
    return _spliced(text, tree, document, new, form)


def _id_of(value: Value) -> str:
    """Return the id of an entry; empty where it has none."""
    parts = value.parts if isinstance(value, Mapped) else ()
    return next((str(part.value) for part in parts if part.key == "id"), "")


def _read(text: str, shown: str) -> tuple[Mapping, Document]:
    problems = Problems()
    tree = parse(text, shown, problems)
    if not isinstance(tree, Mapping):
        raise BadInputError(problems.sorted())
    return tree, from_tree(tree, text)


def _part(document: Document, key: str) -> Part:
    """Return a key with its old value, or a new one."""
    parts = document.value.parts if isinstance(document.value, Mapped) else ()
    return next((part for part in parts if part.key == key), Part(key, ""))


def _spliced(text: str, tree: Mapping, document: Document, new: Part, form: Form) -> str:
    """Return the text with the lines of one key replaced or put in.

    Where keys share lines, or the text is odd in another way, the whole file is laid out anew.
    """
    whole = laid_out(document._replace(value=_replaced(document.value, new)), form)
    order = form.in_order([*dict.fromkeys([*tree.by_key, new.key])])
    earlier = [key for key in tree.keys if key.value in order[: order.index(new.key)]]
    if new.key in tree.by_key:
        own = next(key for key in tree.keys if key.value == new.key)
        start, end = _line_of(text, own), _end_of(text, tree, own)
        new = replace(new, above=())
    else:
        start = end = _end_of(text, tree, earlier[-1]) if earlier else 0
    head = text[:start] if not start or text[start - 1] == "\n" else f"{text[:start]}\n"
    lines = "".join(f"{line}\n" for line in entry_lines(new, form))
    spliced = head + lines + text[end:]
    wanted, found = (parse(one, "", Problems()) for one in (whole, spliced))
    same = wanted is not None and found is not None and meaning(wanted) == meaning(found)
    return spliced if same else whole


def _replaced(value: Value, new: Part) -> Mapped:
    parts = value.parts if isinstance(value, Mapped) else ()
    if all(part.key != new.key for part in parts):
        return Mapped((*parts, new))
    return Mapped(tuple(new if part.key == new.key else part for part in parts))


def _line_of(text: str, key: Text) -> int:
    """Return where the line of a key begins."""
    return text.rfind("\n", 0, key.start) + 1


def _end_of(text: str, tree: Mapping, key: Text) -> int:
    """Return where the lines of a key's value end: comments above the next key are not its own."""
    after = [other for other in tree.keys if other.start > key.start]
    end = _line_of(text, after[0]) if after else len(text)
    inside = max(scalar.end for scalar in (key, *scalars(tree.by_key[key.value])))
    while (line := text.rfind("\n", 0, max(0, end - 1)) + 1) > inside and _says_nothing(
        text[line:end]
    ):
        end = line
    return end


def _says_nothing(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")
