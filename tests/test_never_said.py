"""No text of the knowledge and no string of the program says what is never said."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from never_said import CONCLUDED, JARGON, NAMES, NEVER, WORDS, never_said, sentences

ROOT = Path(__file__).parents[1]
KNOWLEDGE = ROOT / "knowledge"
PLANTED = "You are safe to train."
NAMED = "This means you have a fracture."

# what others wrote (titles of publications and places in them), and what is no text
NOT_OURS = {"citation", "at", "url", "doi"}
CONDITIONS = {"when", "only_if", "given"}
# said to a client, or asked: these are to be plain as well
PLAIN = {
    "ask",
    "help",
    "say",
    "tell",
    "text",
    "note",
    "act",
    "how",
    "lead_in",
    "instead",
    "modify",
    "keep",
}

Found = tuple[str, str, str]  # file, key, text


def texts_under(folder: Path) -> Iterator[Found]:
    """Yield every text of our own in a knowledge base, with its file and the key it is under."""
    for path in sorted(folder.rglob("*.yaml")):
        where = path.relative_to(folder).as_posix()
        if not where.startswith("cases/"):  # published cases are never printed
            loaded = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
            yield from ((where, key, text) for key, text in scalars(loaded, ""))


def scalars(loaded: object, key: str) -> Iterator[tuple[str, str]]:
    """Yield every scalar under the keys that are ours, with the nearest key."""
    match loaded:
        case dict():
            for inner, value in loaded.items():
                if inner not in NOT_OURS | CONDITIONS:
                    yield from scalars(value, inner)
        case list():
            for value in loaded:
                yield from scalars(value, key)
        case _:
            yield key, str(loaded)


def broken(texts: Iterator[Found]) -> list[tuple[str, str, list[str]]]:
    """Return the texts that say what is never said.

    A question may name a condition, and so may a note on what a publication is about.
    """
    judged = (
        (where, key, never_said(text, asking=where.startswith(("questions/", "sources"))))
        for where, key, text in texts
    )
    return [one for one in judged if one[2]]


def strings_of(source: str) -> Iterator[str]:
    """Yield every string literal of a module, docstrings apart."""
    tree = ast.parse(source)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


# the list itself


@pytest.mark.parametrize("entry", WORDS["never"], ids=lambda entry: entry["caught"][0])
def test_every_pattern_catches_and_passes_what_it_says(entry: dict[str, Any]) -> None:
    assert entry["because"]
    assert all(never_said(text) for text in entry["caught"])
    assert [text for text in entry["passes"] if never_said(text)] == []
    pattern, exempt = NEVER[WORDS["never"].index(entry)]
    assert all(pattern.search(text) for text in entry["caught"])
    assert exempt is None or exempt.pattern == entry["except"]


def test_a_condition_may_be_asked_about_and_never_concluded() -> None:
    words = WORDS["concluding"]
    assert all(CONCLUDED.search(text) for text in words["caught"])
    assert [text for text in words["passes"] if CONCLUDED.search(text)] == []
    assert never_said("Have you osteoporosis?", asking=True) == []
    assert never_said("The bones show osteoporosis.")
    assert NAMES.search("a compression fracture")
    assert never_said("It is safe. Have you had cancer?", asking=True)


# the knowledge


def test_no_text_of_the_knowledge_says_what_is_never_said() -> None:
    assert broken(texts_under(KNOWLEDGE)) == []


def test_every_text_of_the_knowledge_is_looked_at(tmp_path: Path) -> None:
    found = [*texts_under(KNOWLEDGE)]
    found.sort(key=lambda one: (KNOWLEDGE / one[0]).stat().st_size, reverse=True)
    smallest = {key: (where, text) for where, key, text in found}
    assert {"because", "say", "tell", "title", "ask", "help", "conflict", "note", "name"} <= {
        *smallest
    }
    for where in {where for where, _ in smallest.values()}:
        texts = {text for file, text in smallest.values() if file == where}
        planted = tmp_path / where
        planted.parent.mkdir(parents=True, exist_ok=True)
        loaded = yaml.load((KNOWLEDGE / where).read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
        planted.write_text(yaml.dump(replaced(loaded, texts, PLANTED)), encoding="utf-8")
    seen = {(where, key) for where, key, _ in broken(texts_under(tmp_path))}
    assert {(where, key) for key, (where, _) in smallest.items()} - seen == set()


def replaced(loaded: object, old: Collection[str], new: str) -> object:
    """Return loaded YAML with one text in place of some."""
    match loaded:
        case dict():
            return {key: replaced(value, old, new) for key, value in loaded.items()}
        case list():
            return [replaced(value, old, new) for value in loaded]
        case _:
            return new if loaded in old else loaded


def test_a_condition_is_found_in_a_rule_and_let_pass_in_a_question(tmp_path: Path) -> None:
    for folder in ("rules", "questions"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.yaml").write_text(f"because: {NAMED}\n", encoding="utf-8")
    assert [where for where, _, _ in broken(texts_under(tmp_path))] == ["rules/a.yaml"]


# the program


FOR_BROWSERS = "'unsafe-hashes'"  # a word of the content policy in a header, which nobody reads


def test_no_string_of_the_program_says_what_is_never_said() -> None:
    modules = sorted((ROOT / "screening").rglob("*.py"))
    found = [
        (path.name, text, said)
        for path in modules
        for text in strings_of(path.read_text(encoding="utf-8"))
        if (said := never_said(text.replace(FOR_BROWSERS, "")))
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        f'def f():\n    """Say."""\n    return "{PLANTED}"\n',
        f'LINES = ("ok", f"{{1}} {NAMED}")\n',
        f'click.option(help="{PLANTED}")\n',
    ],
)
def test_a_planted_string_is_found(source: str) -> None:
    assert any(never_said(text) for text in strings_of(source))


# plain words


def plain_texts() -> Iterator[Found]:
    return (one for one in texts_under(KNOWLEDGE) if one[1] in PLAIN and one[0] != "sources.yaml")


def test_no_jargon_in_what_is_asked_of_or_said_to_a_client() -> None:
    found = ((where, key, JARGON.findall(text)) for where, key, text in plain_texts())
    assert [one for one in found if one[2]] == []


def test_sentences_are_short() -> None:
    longest = int(WORDS["longest_sentence"])
    found = [
        (where, key, sentence)
        for where, key, text in plain_texts()
        for sentence in sentences(text)
        if len(sentence.split()) > longest
    ]
    assert found == []


@pytest.mark.parametrize(
    "text", ["Does lumbar flexion provoke it?", "Any saddle anaesthesia?", "Is it radicular?"]
)
def test_jargon_is_found(text: str) -> None:
    assert JARGON.search(text)
    assert not JARGON.search("Does bending your lower back bring it on, and does it ease?")
