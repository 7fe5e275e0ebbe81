"""From a thing of the knowledge to the same as its author wants it: Enter keeps what is there."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from screening.diagnostics import Problems
from screening.errors import UnknownTargetError
from screening.load.tree import Mapping as MappingNode
from screening.load.tree import Node, Sequence, parse
from screening.model.ids import Sort
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Example
from screening.scaffold import keeping
from screening.scaffold.ask_keys import KeyTalk
from screening.scaffold.conclusion_forms import conclusions, kept_conclusions
from screening.scaffold.conditions import ConditionTalk
from screening.scaffold.example_clients import Client, clients, truth_of
from screening.scaffold.new_rule import NewRule, RuleInterview, Start, expected
from screening.scaffold.parse_draft import rule_of
from screening.scaffold.prompts import Author
from screening.scaffold.things import PackThing, file_of
from screening.scaffold.verdict_table import ask_verdicts
from screening.schema.keys import Entry, Rows
from screening.schema.rules import RULE
from screening.write import Plain
from screening.write.layout import meaning
from screening.write.mentions import Path, schema_of
from screening.write.renaming import Renaming, found_in, with_row
from screening.write.whole_pack import PackTexts

FIXED = frozenset(
    {
        "id",
        "key",
        "kind",
        "answers",
        "derived",
        "gap",
        "renews",
        "verdicts",
        "from",
        "to",
        "status",
    }
)
"""What is not asked for: names (`rename` does that), and what other files rest on."""


@dataclass(frozen=True)
class PackPlace:
    """Where a thing stands: its file, the way to its mapping, and what it says."""

    file: str
    row: Path
    entry: Entry[Any]
    says: Mapping[str, Plain]


def place_of(files: PackTexts, thing: PackThing) -> PackPlace:
    """Return where a thing stands.

    Raises:
        UnknownTargetError: when it is no entry of a file that is asked for.

    """
    own = file_of(thing, dict(files.texts))
    if thing.sort is Sort.RULE and own is not None:
        return PackPlace(own, (), RULE, _plain(_tree(files, own), ()))
    renaming = Renaming(thing.sort, thing.id, "")
    for name, text in files.texts.items():
        if thing.of or own is not None or thing.id not in text:
            continue
        path = PurePosixPath(name)
        for one in found_in(text, name, path, renaming):
            listed, *place = one.path
            top = schema_of(path)
            if top is not None and len(place) == 2 and place[1] in ("id", "key"):  # noqa: PLR2004 - a row's name
                holds = top.key(str(listed)).holds
                if isinstance(holds, Rows):
                    row = one.path[:-1]
                    return PackPlace(name, row, holds.entry, _plain(_tree(files, name), row))
    help_ = f"edit `{thing.of}`'s file" if thing.of else "change it in its file"
    raise UnknownTargetError(f"nobody is asked for this: {thing.words}\n  help: {help_}")


def edited(
    author: Author,
    files: PackTexts,
    knowledge: KnowledgeBase,
    thing: PackThing,
    today: datetime.date,
) -> PackTexts:
    """Return the files with a thing as its author wants it."""
    place = place_of(files, thing)
    author.say(keeping.HOW)
    if thing.sort is Sort.RULE:
        says = _RuleEdit(author, knowledge, today, dict(place.says)).run()
    else:
        talk = KeyTalk(author, knowledge, {})
        says = talk.ask(place.entry, place.says, FIXED)
        if thing.sort is Sort.EXERCISE:
            says |= ask_verdicts(author, knowledge, place.says.get("verdicts"))
    if says == dict(place.says):
        return files
    text = with_row(files.texts[place.file], PurePosixPath(place.file), place.row, says)
    return files.with_texts({place.file: text})


def _tree(files: PackTexts, name: str) -> Node:
    tree = parse(files.texts[name], name, Problems())
    if tree is None:
        raise AssertionError("a file that was read before is read again")
    return tree


def _plain(node: Node, path: Path) -> dict[str, Plain]:
    """Return the mapping at a place of a file, as plain values."""
    for step in path:
        if isinstance(node, MappingNode):
            node = node.by_key[str(step)]
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
    said = meaning(node)
    return said if isinstance(said, dict) else {}


@dataclass
class _RuleEdit:
    """Asks for a rule that is there, part by part."""

    author: Author
    knowledge: KnowledgeBase
    today: datetime.date
    says: dict[str, Plain]

    def run(self) -> dict[str, Plain]:
        """Return what its file is to say."""
        before = dict(self.says)
        self._line("title", "The rule in one line: ")
        self._when()
        self._then()
        changed = any(self.says[key] != before[key] for key in ("when", "then"))
        if changed:
            self._unknown()
        self._line("because", "Because (one sentence): ")
        self._line("say", "Tell the client (may stay empty): ", optional=True)
        self._line("conflict", "Where sources disagree (may stay empty): ", optional=True)
        talk = KeyTalk(self.author, self.knowledge, {})
        rows = talk.evidence("Source (words search): ", self.says.get("evidence"), optional=False)
        self.says["evidence"] = rows or []
        self._due()
        if changed:
            self._examples(before)
        return {key: value for key, value in self.says.items() if value not in ("", [])}

    def _line(self, key: str, prompt: str, *, optional: bool = False) -> None:
        now = self.says.get(key, "")
        said = keeping.line(self.author, prompt, str(now), optional=optional)
        self.says[key] = said

    def _when(self) -> None:
        self.says["when"] = ConditionTalk(self.author, self.knowledge).again(self.says["when"])

    def _then(self) -> None:
        now = self.says["then"]
        kept = kept_conclusions(
            self.author, self.knowledge, list(now) if isinstance(now, list) else [now]
        )
        self.says["then"] = conclusions(self.author, self.knowledge, kept) or now

    def _unknown(self) -> None:
        """Ask anew what an unknown answer means, where the rule now asks about safety."""
        now = self.says.pop("unknown", None)
        held = now.get("treat_as", "") if isinstance(now, dict) else ""
        if isinstance(now, dict) and "see" in now:
            self.says["unknown"] = now  # another rule acts on it: changed in the file
        else:
            self._interview().unknown(str(held))

    def _interview(self) -> RuleInterview:
        rule = NewRule(str(self.says["id"]), says=self.says)
        return RuleInterview(self.author, self.knowledge, self.today, Start(), rule)

    def _due(self) -> None:
        review = self.says.get("review")
        held = dict(review) if isinstance(review, dict) else {}
        prompt = "To be looked at again by (YYYY-MM-DD): "
        held["due"] = keeping.line(self.author, prompt, str(held.get("due", "")), keeping.day)
        self.says["review"] = held

    def _otherwise(self, client: Client, before: dict[str, Plain]) -> bool:
        """Tell whether the rule made something else of a client before."""
        old = rule_of(self.knowledge, before)
        example = Example("", client.given, client.truth, harmless_rest=client.harmless_rest)
        return truth_of(self.knowledge, old, example) is not client.truth

    def _examples(self, before: dict[str, Plain]) -> None:
        """Ask about examples and made-up clients that come out otherwise now."""
        rule = rule_of(self.knowledge, self.says)
        rows = self.says.get("examples")
        kept: list[Plain] = []
        for row, example in zip(
            rows if isinstance(rows, list) else [], rule.examples, strict=True
        ):
            truth = truth_of(self.knowledge, rule, example)
            if isinstance(row, dict) and truth is not example.expect:
                wanted = expected(self.author, example.name, example.expect)
                kept.append({**row, "expect": wanted})
            else:
                kept.append(row)
        talk = self._interview()
        new = [
            client for client in clients(self.knowledge, rule) if self._otherwise(client, before)
        ]
        if new:
            self.author.say(
                "Clients for whom it is otherwise now. Should it fire: y yes, n no, o open?"
            )
        self.says["examples"] = [*kept, *(talk.example(client) for client in new)]
