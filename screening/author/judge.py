"""What becomes of each mutant of a rule: killed, proved equivalent, waived, or alive."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from screening.author.boundary import Boundary, Search
from screening.author.case_book import CaseBook
from screening.author.memory import Addresses, Memory, NoMemory
from screening.author.mutants import Change, Mutant, mutants_of
from screening.author.sheets import Sheet, example_sheets
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Rule

Apart = Callable[[Rule, Rule], Mapping[str, Value] | None]
"""The answers of a client to whom two versions of a rule differ; None when there is none."""


class Fate(Enum):
    """What became of a mutant."""

    KILLED = "killed"
    EQUIVALENT = "equivalent"
    WAIVED = "waived"
    SURVIVED = "survived"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A mutant's fate.

    `by` is the example or case that kills it, or the reason of the waiver; `whole` says that it
    takes the conclusions of a whole case. `client` would kill a survivor; where there is none, it
    takes a case.
    """

    mutant: Mutant
    fate: Fate
    by: str = ""
    client: Boundary | None = None
    whole: bool = False


@dataclass
class Judge:
    """Judges the mutants of one knowledge base, rule by rule.

    `apart` tells two versions of a rule apart, or proves that nobody can; without it nothing is
    proved.
    """

    knowledge: KnowledgeBase
    apart: Apart | None = None
    memory: Memory = field(default_factory=NoMemory)

    @cached_property
    def cases(self) -> CaseBook:
        """The case library, each case concluded once."""
        return CaseBook(self.knowledge)

    @cached_property
    def addresses(self) -> Addresses:
        """Where what is known about a rule is kept."""
        return Addresses(self.knowledge)

    def of_rule(self, rule: Rule) -> tuple[Verdict, ...]:
        """Return what becomes of each mutant of a rule, in order of place."""
        named = tuple(self.cases.sheets(rule))
        place = self.addresses.rule(rule, named)
        known = _from_text(self.memory.take(place))
        hints = _from_text(self.memory.take(f"hints-{rule.id}"))
        made = _Making(self, rule, named, known, hints)
        verdicts = tuple(made.verdicts())
        self.memory.put(place, _as_text(verdicts, whole=False))
        self.memory.put(f"hints-{rule.id}", _as_text(verdicts, whole=True))
        return verdicts

    def waived(self, mutant: Mutant) -> str:
        """Return the reason why a mutant may stay alive; empty when it may not."""
        return next(
            (
                waiver.reason
                for waiver in self.knowledge.waivers
                if (waiver.rule, waiver.mutant) == (mutant.rule, mutant.name)
            ),
            "",
        )


@dataclass(frozen=True)
class _Making:
    """One rule's verdicts in the making; `known` ones stand, `hints` say which case to try first.

    A hint is only tried, so it cannot be out of date.
    """

    judge: Judge
    rule: Rule
    named: tuple[Sheet, ...]
    known: Mapping[str, tuple[Fate, str]]
    hints: Mapping[str, tuple[Fate, str]]

    def verdicts(self) -> Iterator[Verdict]:
        """Yield the verdict on each mutant, in order."""
        first = [self._first(mutant) for mutant in mutants_of(self.rule, self.judge.knowledge)]
        alive = [v.mutant for v in first if v.fate is Fate.SURVIVED]
        clients = self._clients(alive)
        for verdict in first:
            if verdict.fate is Fate.SURVIVED:
                yield self._last(verdict.mutant, clients.get(verdict.mutant.name))
            else:
                yield verdict

    def _first(self, mutant: Mutant) -> Verdict:
        if mutant.name in self.known:
            return Verdict(mutant, *self.known[mutant.name])
        knowledge = self.judge.knowledge
        for sheet in self._sheets:
            if not sheet.fits(knowledge, mutant.mutated):
                return Verdict(mutant, Fate.KILLED, sheet.name)
        if mutant.change is not Change.WHEN:
            _, hint = self.hints.get(mutant.name, (Fate.SURVIVED, ""))
            by = self.judge.cases.killer(mutant, hint)
            if by:
                return Verdict(mutant, Fate.KILLED, by, whole=True)
        return Verdict(mutant, Fate.SURVIVED)

    def _last(self, mutant: Mutant, client: Boundary | None) -> Verdict:
        other = mutant.mutated if client is None else None
        if other is not None and self.judge.apart is not None:
            answers = self.judge.apart(self.rule, other)
            if answers is None:
                return Verdict(mutant, Fate.EQUIVALENT)
            client = Search(self.judge.knowledge, self.rule).with_answers(answers, mutant)
        reason = self.judge.waived(mutant)
        if reason:
            return Verdict(mutant, Fate.WAIVED, reason)
        return Verdict(mutant, Fate.SURVIVED, "", client)

    @cached_property
    def _sheets(self) -> tuple[Sheet, ...]:
        return (*example_sheets(self.judge.knowledge, self.rule), *self.named)

    def _clients(self, alive: list[Mutant]) -> Mapping[str, Boundary]:
        """Return a client that would kill each survivor, by its name."""
        logical = [mutant for mutant in alive if mutant.mutated is not None]
        found = Search(self.judge.knowledge, self.rule).found(logical)
        return {mutant.name: client for client in found for mutant in client.kills}


def _as_text(verdicts: tuple[Verdict, ...], *, whole: bool) -> str:
    """Return what is worth keeping: what killed a mutant, or that it is equivalent."""
    kept = [
        [verdict.mutant.name, verdict.fate.value, verdict.by]
        for verdict in verdicts
        if verdict.fate in {Fate.KILLED, Fate.EQUIVALENT} and verdict.whole is whole
    ]
    return json.dumps(kept)


def _from_text(text: str) -> dict[str, tuple[Fate, str]]:
    """Return what was kept, by mutant; nothing where the text is not what this program writes."""
    try:
        return {str(name): (Fate(fate), str(by)) for name, fate, by in json.loads(text)}
    except (ValueError, TypeError):
        return {}
