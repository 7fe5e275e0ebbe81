"""What becomes of each mutant of a rule: killed, proved equivalent, waived, or alive.

And the clients at a rule's boundaries that no example or case tests yet.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from types import MappingProxyType

from screening.assess.assess import ConcludedCase
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Rule
from screening.mutation.boundary_search import Boundary, Search
from screening.mutation.case_results import CaseBook
from screening.mutation.mutant import Mutant, MutatedPart
from screening.mutation.operators import mutants_of
from screening.storage.codec import from_tree, tree_of
from screening.testing.fixtures import AnswerSheet, example_sheets
from screening.testing.memo import Addresses, Memory, NoMemory

Answers = Mapping[str, Value]
Apart = Callable[[Rule, Rule], Answers | None]
"""The answers of a client to whom two versions of a rule differ; None when there is none."""

NOT_ASKED: Answers = MappingProxyType({})


class Fate(Enum):
    """What became of a mutant."""

    KILLED = "killed"
    EQUIVALENT = "equivalent"
    WAIVED = "waived"
    SURVIVED = "survived"


@dataclass(frozen=True, slots=True)
class MutantVerdict:
    """A mutant's fate.

    `by` is the example or case that kills it, or the reason of the waiver. Where it takes the
    conclusions of a whole case, `seen` is the digest of all that decides them. `client` would kill
    a survivor; where there is none, it takes a case.
    """

    mutant: Mutant
    fate: Fate
    by: str = ""
    client: Boundary | None = None
    seen: str = ""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was found out about a mutant before; `seen` as in its verdict."""

    mutant: str
    fate: Fate
    by: str
    seen: str = ""


_KeptAll = tuple[_Kept, ...]


@dataclass
class Judge:
    """Judges the mutants of one knowledge base, rule by rule.

    `apart` tells two versions of a rule apart, or proves that nobody can; without it nothing is
    proved. `concluded` holds what is known already of cases, by id.
    """

    knowledge: KnowledgeBase
    apart: Apart | None = None
    memory: Memory = field(default_factory=NoMemory)
    concluded: Mapping[str, ConcludedCase] = field(default_factory=dict)

    @cached_property
    def cases(self) -> CaseBook:
        """The case library, each case concluded once."""
        return CaseBook(self.knowledge, self.concluded)

    @cached_property
    def addresses(self) -> Addresses:
        """Where what is known about a rule is kept."""
        return Addresses(self.knowledge)

    def of_rule(self, rule: Rule) -> tuple[MutantVerdict, ...]:
        """Return what becomes of each mutant of a rule, in order of place."""
        named = tuple(self.cases.sheets(rule))
        place = self.addresses.rule(rule, named)
        known = _from_text(self.memory.take(place))
        tries = _from_text(self.memory.take(f"cases-{rule.id}"))
        verdicts = tuple(_Making(self, rule, named, place, known, tries).verdicts())
        self.memory.put(place, _as_text(verdicts, by_case=False))
        self.memory.put(f"cases-{rule.id}", _as_text(verdicts, by_case=True))
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
    """One rule's verdicts in the making.

    `known` ones stand. `tries` name a case that broke before: it stands where all that decides it
    is the same, and else is tried first. `place` is the digest of the rule.
    """

    judge: Judge
    rule: Rule
    named: tuple[AnswerSheet, ...]
    place: str
    known: Mapping[str, _Kept]
    tries: Mapping[str, _Kept]

    def verdicts(self) -> Iterator[MutantVerdict]:
        """Yield the verdict on each mutant, in order."""
        first = [self._first(mutant) for mutant in mutants_of(self.rule, self.judge.knowledge)]
        alive = [v.mutant for v in first if v.fate is Fate.SURVIVED]
        told = self._told_apart(alive)
        clients = self._clients([m for m in alive if told.get(m.name, NOT_ASKED) is not None])
        for verdict in first:
            if verdict.fate is Fate.SURVIVED:
                yield self._last(verdict.mutant, told, clients)
            else:
                yield verdict

    def _first(self, mutant: Mutant) -> MutantVerdict:
        known = self.known.get(mutant.name)
        if known is not None:
            return MutantVerdict(mutant, known.fate, known.by)
        tried = self.tries.get(mutant.name)
        if tried is not None and tried.seen == self._seen(tried.by):
            return MutantVerdict(mutant, Fate.KILLED, tried.by, seen=tried.seen)
        for sheet in self._sheets:
            if not sheet.fits(self.judge.knowledge, mutant.mutated):
                return MutantVerdict(mutant, Fate.KILLED, sheet.name)
        if mutant.change is not MutatedPart.WHEN:
            by = self.judge.cases.killer(mutant, tried.by if tried is not None else "")
            if by:
                return MutantVerdict(mutant, Fate.KILLED, by, seen=self._seen(by))
        return MutantVerdict(mutant, Fate.SURVIVED)

    def _seen(self, case: str) -> str:
        """Return the digest of what decides whether mutants break a case; empty without it."""
        known = self.judge.cases.by_id.get(case)
        if known is None:
            return ""
        return self.judge.addresses.breaking(self.rule, self.place, known.case, known.concluded)

    def _told_apart(self, alive: list[Mutant]) -> Mapping[str, Answers | None]:
        """Return who tells a survivor from the rule, by its name: None where nobody can.

        Empty where nothing is proved. A rule that is gone is not asked about.
        """
        apart = self.judge.apart
        if apart is None:
            return {}
        return {m.name: apart(self.rule, m.mutated) for m in alive if m.mutated is not None}

    def _last(
        self,
        mutant: Mutant,
        told: Mapping[str, Answers | None],
        clients: Mapping[str, Boundary],
    ) -> MutantVerdict:
        answers = told.get(mutant.name, NOT_ASKED)
        if answers is None:
            return MutantVerdict(mutant, Fate.EQUIVALENT)
        reason = self.judge.waived(mutant)
        if reason:
            return MutantVerdict(mutant, Fate.WAIVED, reason)
        client = clients.get(mutant.name)
        if client is None and answers is not NOT_ASKED:
            client = Search(self.judge.knowledge, self.rule).with_answers(answers, mutant)
        return MutantVerdict(mutant, Fate.SURVIVED, "", client)

    @cached_property
    def _sheets(self) -> tuple[AnswerSheet, ...]:
        return (*example_sheets(self.judge.knowledge, self.rule), *self.named)

    def _clients(self, alive: list[Mutant]) -> Mapping[str, Boundary]:
        """Return a client that would kill each survivor that is not waived, by its name."""
        logical = [m for m in alive if m.mutated is not None and not self.judge.waived(m)]
        found = Search(self.judge.knowledge, self.rule).found(logical)
        return {mutant.name: client for client in found for mutant in client.kills}


def _as_text(verdicts: tuple[MutantVerdict, ...], *, by_case: bool) -> str:
    """Return what is worth keeping: what killed a mutant, or that it is equivalent."""
    kept = [
        _Kept(verdict.mutant.name, verdict.fate, verdict.by, verdict.seen)
        for verdict in verdicts
        if verdict.fate in {Fate.KILLED, Fate.EQUIVALENT} and bool(verdict.seen) is by_case
    ]
    return json.dumps(tree_of(kept))


def _from_text(text: str) -> dict[str, _Kept]:
    """Return what was kept, by mutant; nothing where the text is not what this program writes."""
    try:
        return {one.mutant: one for one in from_tree(_KeptAll, json.loads(text))}
    except ValueError:
        return {}


def missing(alive: Iterable[MutantVerdict]) -> tuple[Boundary, ...]:
    """Return the clients who kill a rule's living mutants, each once, the most telling first."""
    unique = {id(one.client): one.client for one in alive if one.client}
    return tuple(sorted(unique.values(), key=lambda client: -len(client.kills)))
