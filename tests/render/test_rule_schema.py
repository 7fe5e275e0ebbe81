"""The schema an editor is given takes what the loader takes, and refuses what is misspelt."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import knowledge_base as tiny
import pytest
from click.testing import CliRunner
from planted import EASY, KNOWLEDGE, MARK, NUMB, RULE, Planted

from screening.check import check
from screening.cli import main
from screening.diagnostics import Code, Diagnostic, Problems
from screening.load import load, shipped_knowledge
from screening.load.tree import Mapping, Node, Sequence, Text, parse
from screening.model.knowledge import KnowledgeBase
from screening.render.editor_schema import rule_schema
from screening.scaffold.phrases import read_phrase
from screening.write.forms import CONCLUSION
from screening.write.forms import RULE as RULE_FORM

HEADER = "# yaml-language-server: $schema=../../.schema/rule.json\n"
NAMES = {code for code in Code if code.name.startswith("dangling_")} | {Code.wrong_unit}
SHAPES = {Code.unknown_key, Code.missing_key, Code.bad_word, Code.bad_id, Code.bad_phrase}
BAD_GRAMMAR = "at least 1 flexion"  # before `movements`: the loader takes it, editors need not
ON_RULES = [
    row
    for row in KNOWLEDGE
    if row.file in (RULE, NUMB, EASY) and not row.good.endswith(BAD_GRAMMAR)
]
NEVER_DUE = datetime.date(2026, 1, 2)
REFUSED = [row for row in ON_RULES if row.code in NAMES | SHAPES]


def plain(node: Node) -> Any:  # noqa: ANN401 - what JSON holds
    """Return a tree as an editor reads it, by YAML 1.2: plain whole numbers are numbers."""
    match node:
        case Text():
            words = " ".join(node.value.split())
            return int(words) if node.event.implicit[0] and _is_number(words) else words
        case Sequence(items):
            return [plain(item) for item in items]
        case Mapping():
            return {key.value: plain(value) for key, value in node.entries}


def _is_number(words: str) -> bool:
    return re.fullmatch(r"[+-]?[0-9]+", words) is not None


def schema_of(knowledge: KnowledgeBase) -> Any:  # noqa: ANN401 - what JSON holds
    return rule_schema(knowledge)


def read(text: str) -> Any:  # noqa: ANN401 - what JSON holds
    node = parse(text, "", Problems())
    assert node is not None
    return plain(node)


@pytest.fixture(scope="module")
def everything() -> KnowledgeBase:
    return load(shipped_knowledge(), library=True)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> jsonschema.Draft7Validator:
    knowledge = load(tiny.write(tmp_path_factory.mktemp("tiny")), library=True)
    return jsonschema.Draft7Validator(rule_schema(knowledge))


def test_every_shipped_rule_is_valid(everything: KnowledgeBase) -> None:
    schema = schema_of(everything)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    files = sorted((shipped_knowledge() / "rules").rglob("*.yaml"))
    assert len(files) == len([*everything.written_rules])
    invalid = [
        file.name for file in files if not validator.is_valid(read(file.read_text("utf-8")))
    ]
    assert invalid == []


def offered(schema: dict[str, Any]) -> Iterator[str]:
    for part in schema["definitions"]["condition"]["anyOf"]:
        yield from part.get("enum", part.get("examples", ()))


def test_every_phrase_offered_is_one_the_loader_reads(everything: KnowledgeBase) -> None:
    phrases = list(offered(rule_schema(everything)))
    assert len(phrases) == len(set(phrases)) > 1000
    for phrase in phrases:
        found = read_phrase(everything, phrase)
        assert not isinstance(found, Diagnostic), f"{phrase}: {found}"


def test_every_answer_is_offered_in_the_words_of_the_interview(everything: KnowledgeBase) -> None:
    parts = schema_of(everything)["definitions"]["condition"]["anyOf"]
    for question in everything.questions.values():
        own = [p for p in parts if f"{question.id} is unknown" in p.get("enum", ())]
        assert [part["description"] for part in own] == [question.ask]
        said = dict(zip(own[0]["enum"], own[0]["enumDescriptions"], strict=True))
        for option in question.answers:
            assert said[f"{question.id} is {option.id}"] == option.say


def test_every_count_of_a_group_is_offered_and_none_beyond(everything: KnowledgeBase) -> None:
    phrases = set(offered(rule_schema(everything)))
    for group, members in everything.members.items():
        counted = re.compile(rf"at least ([0-9]+) {f'{group} ' * bool(group)}movements? provokes?")
        found = {int(m[1]) for m in map(counted.fullmatch, phrases) if m}
        assert found == set(range(1, len(members) + 1)), group


def test_a_schema_has_the_keys_of_the_format(everything: KnowledgeBase) -> None:
    schema = schema_of(everything)
    assert set(schema["properties"]) == set(RULE_FORM.keys)
    then = schema["properties"]["then"]["anyOf"][0]["anyOf"]
    assert {key for part in then for key in part["properties"]} == set(CONCLUSION.keys)


@pytest.mark.parametrize("row", ON_RULES, ids=lambda row: row.id[:60])
def test_what_the_loader_takes_is_valid(row: Planted, small: jsonschema.Draft7Validator) -> None:
    text = row.edited(tiny.FILES[row.file], row.good)
    errors = [error.message[:300] for error in small.iter_errors(read(text))]
    assert errors == []


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row.id[:60])
def test_a_misspelt_word_is_refused(row: Planted, small: jsonschema.Draft7Validator) -> None:
    text = row.edited(tiny.FILES[row.file], row.bad).replace(MARK, "")
    assert not small.is_valid(read(text))


# the command


def run(*arguments: str | Path, lines: list[str] | None = None) -> tuple[int, str]:
    given = "".join(f"{line}\n" for line in lines or [])
    result = CliRunner().invoke(main, ["knowledge", *map(str, arguments)], input=given)
    return result.exit_code, result.output


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return tiny.write(tmp_path / "base")


def test_the_command_writes_it_and_says_the_line_that_names_it(base: Path) -> None:
    code, said = run("schema", "--knowledge", base)
    assert (code, said.splitlines()[-1] + "\n") == (0, HEADER)
    rule = base / "rules/t/numb-now.yaml"
    assert (rule.parent / HEADER.split("=")[1].strip()).resolve() == base / ".schema/rule.json"
    first = (base / ".schema/rule.json").read_bytes()
    assert run("schema", "--knowledge", base)[0] == 0
    assert (base / ".schema/rule.json").read_bytes() == first


def test_neither_the_line_nor_the_schema_changes_what_is_loaded(base: Path) -> None:
    before = load(base)
    run("schema", "--knowledge", base)
    assert tiny.parts(load(base)) == tiny.parts(before)
    rule = base / "rules/t/numb-now.yaml"
    rule.write_text(HEADER + rule.read_text("utf-8"), "utf-8")
    assert load(base).rules == before.rules
    assert run("format", "--knowledge", base)[0] == 0
    assert rule.read_text("utf-8").startswith(HEADER + "id: numb-now\n")
    assert not check(load(base, library=True), NEVER_DUE)


def test_a_new_rule_names_the_schema_and_a_new_word_is_in_it(base: Path) -> None:
    run("schema", "--knowledge", base)
    lines = ["BOOK2", "A second book", "", "book", "full", "", "", ""]
    code, said = run("new", "source", "--knowledge", base, lines=lines)
    assert code == 0, said
    written = ["Easy after a cramp", "", "cramp is yes", "", "offer_category", "easy", "", ""]
    stands = ["Because.", "", "BOOK2", "", "expert", "n", "2999-01-01", "y", "n", "o", "t"]
    code, said = run("new", "--knowledge", base, lines=written + stands)
    assert code == 0, said
    assert (base / "rules/t/easy-after-a-cramp.yaml").read_text("utf-8").startswith(HEADER)
    assert '"BOOK2"' in (base / ".schema/rule.json").read_text("utf-8")


def test_the_knowledge_of_the_program_gets_none() -> None:
    assert run("schema")[0] == 2
