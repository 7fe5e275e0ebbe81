"""From typed answers to the rows of OUT.

Few clients differ in everything: each column's text is put together once for each different set of
gates that are on, and handed to all rows that have it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce

import polars as pl

from screening.batch.rows import ROW
from screening.batch.tick_columns import AT_ODDS, BETWEEN, counting
from screening.batch.wording import CONTRADICTIONS, OPEN, Column, ListedEntry, columns, plans
from screening.engines.columnar import ColumnarEngine
from screening.model.circuit import Blocks, Refers, Wire
from screening.model.column_map import CLIENT, PROGRAMME
from screening.model.knowledge import KnowledgeBase
from screening.model.program import RuleAtom
from screening.model.rule import Head
from screening.model.vocabularies import Level

BYTE = 8
WORD = 64
TEXT = pl.Categorical()


@dataclass(frozen=True, slots=True)
class Results:
    """The rows of OUT, and how often each thing was concluded and each rule fired."""

    rows: pl.DataFrame
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Screener:
    """Screens with one knowledge base."""

    engine: ColumnarEngine
    columns: tuple[Column, ...]
    plans: Mapping[str, ListedEntry]
    rules: Mapping[str, Wire]
    referred: Wire
    blocked: Wire

    @staticmethod
    def of(knowledge: KnowledgeBase) -> Screener:
        """Return what screens with a knowledge base that passed `check`."""
        engine = ColumnarEngine(knowledge)
        whole = engine.circuit
        rules = {
            rule.id: whole.truths[RuleAtom(Head(rule.id), truth=True)]
            for rule in knowledge.live_rules
        }
        return Screener(
            engine,
            columns(whole, knowledge),
            plans(whole, knowledge),
            rules,
            whole.outputs[Refers(Level.MONITOR)].when,
            whole.outputs[Blocks()].when,
        )

    @property
    def knowledge(self) -> KnowledgeBase:
        """What it screens with."""
        return self.engine.knowledge

    def results(self, answers: pl.DataFrame) -> Results:
        """Return what is concluded from typed answers, in their order."""
        listed = _listed_exercises(answers)
        plans = tuple(self.plans.values()) if listed else ()
        on = self.engine.gates(answers.lazy(), self._wires(plans)).collect()
        texts = [column.put(on) for column in self._texts]
        verdicts = [
            ColumnText.of(Column(e, (self.plans[e],))).put(on) for e in self.plans if e in listed
        ]
        texts.append(_programmes(answers, verdicts))
        if AT_ODDS in answers.columns:
            place = next(n for n, one in enumerate(texts) if one.name == CONTRADICTIONS)
            texts[place] = _with_lists(texts[place], answers[AT_ODDS], self.knowledge)
        rows = pl.DataFrame([answers[ROW], answers[CLIENT], *texts])
        return Results(rows, self._counts(on))

    @cached_property
    def _texts(self) -> tuple[ColumnText, ...]:
        return tuple(ColumnText.of(column) for column in self.columns)

    def _wires(self, plans: Iterable[ListedEntry]) -> list[Wire]:
        columns = (wire for column in self.columns for wire in column.wires)
        programmes = (wire for plan in plans for wire in plan.wires)
        return [*columns, *programmes, self.referred, self.blocked, *self.rules.values()]

    def _counts(self, on: pl.DataFrame) -> dict[str, int]:
        sums = on.select(pl.all().sum()).row(0, named=True)
        counts: dict[str, int] = {}
        for column in self.columns:
            for entry in column.entries:
                for (word, _), count in zip(entry.words, _said_first(on, entry), strict=True):
                    name = " ".join(filter(None, (column.name, entry.said, word)))
                    if name != column.name:
                        counts[name] = count
        unsaid = on.filter(~pl.col(str(self.referred)))
        counts |= {f"referral {OPEN}": int(unsaid[str(self.blocked)].sum())}
        counts |= {f"referral {Level.NONE.word}": len(unsaid) - counts[f"referral {OPEN}"]}
        counts |= {f"rule {name}": sums[str(wire)] for name, wire in self.rules.items()}
        return {name: count for name, count in counts.items() if count}


def _said_first(on: pl.DataFrame, entry: ListedEntry) -> tuple[int, ...]:
    """Return for how many clients each word of an entry is the one that is said."""
    wires = [pl.col(str(wire)) for _, wire in entry.words]
    first = [
        (wire & ~pl.any_horizontal(wires[:at]) if at else wire).sum().alias(str(at))
        for at, wire in enumerate(wires)
    ]
    return on.select(first).row(0)


def _listed_exercises(answers: pl.DataFrame) -> set[str]:
    """Return the exercises that are in some programme."""
    if PROGRAMME not in answers.columns:
        return set()
    different = answers[PROGRAMME].drop_nulls().unique()
    return {exercise for programme in different for exercise in programme.split(BETWEEN)}


def _with_lists(said: pl.Series, odd: pl.Series, knowledge: KnowledgeBase) -> pl.Series:
    """Return the contradictions with those between tick lists and own answers, in asking order."""
    order = {name: place for place, name in enumerate(knowledge.questions)}
    order |= {one.id: order[one.items[0]] for one in knowledge.tick_lists.values()}
    texts = said.cast(pl.String).to_list()
    for place, cell in enumerate(odd.to_list()):
        if cell:
            names = [text for text in texts[place].split("; ") if text]
            known = {text.split(":")[0] for text in names}
            names += dict.fromkeys(n for n in counting(knowledge, cell) if n not in known)
            names.sort(key=lambda text: order[text.split(":")[0]])
            texts[place] = "; ".join(names)
    return pl.Series(said.name, texts, dtype=said.dtype)


def _programmes(answers: pl.DataFrame, verdicts: list[pl.Series]) -> pl.Series:
    """Return what becomes of each client's programme; `verdicts` are on every client's."""
    if not verdicts:
        return pl.repeat("", len(answers), dtype=pl.String, eager=True).alias(PROGRAMME)
    listed = answers[PROGRAMME].str.split(BETWEEN)
    own = [
        pl.when(listed.list.contains(one.name)).then(one.cast(pl.String).replace("", None))
        for one in verdicts
    ]
    said = pl.concat_str(own, separator="; ", ignore_nulls=True)
    return answers.select(said.alias(PROGRAMME)).to_series()


def by_kind(counts: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Return counts by what kind of thing they are of.

    >>> by_kind({"finding stiff": 2, "rule a": 1, "rule b": 3})
    {'finding': {'stiff': 2}, 'rule': {'a': 1, 'b': 3}}
    """
    found: dict[str, dict[str, int]] = {}
    for name, count in counts.items():
        kind, _, thing = name.partition(" ")
        found.setdefault(kind, {})[thing] = count
    return found


@dataclass(frozen=True)
class ColumnText:
    """How a column's text is put together, compiled once."""

    name: str
    wires: tuple[str, ...]
    keys: tuple[pl.Expr, ...]
    said: pl.Expr

    @staticmethod
    def of(column: Column) -> ColumnText:
        """Return how to put a column together from its gates, named by their number."""
        wires = tuple(map(str, column.wires))
        return ColumnText(column.name, wires, _packed(wires), _listed(column).alias(column.name))

    def put(self, on: pl.DataFrame) -> pl.Series:
        """Return the column, with the gates that are on for each client."""
        if not self.wires:
            return pl.repeat("", len(on), dtype=TEXT, eager=True).alias(self.name)
        own = pl.DataFrame([on[name] for name in self.wires])  # a selection minds all columns
        keys = own.select(self.keys)
        here = pl.int_range(len(keys), eager=True).alias("here")
        whole = keys.with_columns(here)
        first = whole.select(pl.col("here").first().over(keys.columns)).to_series()
        new = first == here
        place = (new.cum_sum() - 1).gather(first)
        texts = own.filter(new).select(self.said).to_series()
        handed: pl.Series = texts.cast(TEXT).gather(place)
        return handed


def _packed(names: tuple[str, ...]) -> tuple[pl.Expr, ...]:
    """Return the gates as the bits of few numbers."""
    octets = [_bits(names[at : at + BYTE]) for at in range(0, len(names), BYTE)]
    return tuple(
        reduce(
            lambda word, octet: word * (1 << BYTE) + octet,
            (octet.cast(pl.UInt64) for octet in octets[at : at + WORD // BYTE]),
        ).alias(str(at))
        for at in range(0, len(octets), WORD // BYTE)
    )


def _bits(names: tuple[str, ...]) -> pl.Expr:
    """Return up to eight gates as the bits of a number; casts would cost six times as much."""
    off = pl.lit(0, dtype=pl.UInt8)
    bits = (
        pl.when(name).then(pl.lit(1 << at, dtype=pl.UInt8)).otherwise(off)
        for at, name in enumerate(names)
    )
    return reduce(lambda octet, bit: octet | bit, bits)


def _listed(column: Column) -> pl.Expr:
    """Return the text of a column: its entries, separated by `; `, or the first of them."""
    said = [_said(entry) for entry in column.entries]
    if column.first:
        return pl.coalesce(*said, pl.lit(column.default))
    listed = pl.concat_str(said, separator="; ", ignore_nulls=True)
    default = pl.lit(column.default)
    if column.withheld:
        default = pl.when(str(column.withheld)).then(pl.lit(OPEN)).otherwise(default)
    return pl.when(listed == "").then(default).otherwise(listed) if column.default else listed


def _said(entry: ListedEntry) -> pl.Expr:
    """Return what is said of one thing; null while it is not concluded."""
    word, rules = _word(entry), _rules(entry)
    if entry.rules and not entry.said:
        return pl.when(word.is_not_null()).then(rules)
    head = pl.concat_str([pl.lit(entry.said), word], separator=" ") if entry.said else word
    head = head.str.strip_chars_end()
    return pl.when(rules != "").then(pl.concat_str([head, rules], separator=": ")).otherwise(head)


def _word(entry: ListedEntry) -> pl.Expr:
    """Return the first word that is on; null when none is."""
    return pl.coalesce(pl.when(pl.col(str(wire))).then(pl.lit(word)) for word, wire in entry.words)


def _rules(entry: ListedEntry) -> pl.Expr:
    """Return the rules behind something, each once."""
    if not entry.rules:
        return pl.lit("")
    before: dict[str, pl.Expr] = {}
    said: list[pl.Expr] = []
    for rule, wire in entry.rules:  # one listed twice stands where it is first on
        on = pl.col(str(wire))
        here = on & ~before[rule] if rule in before else on
        said.append(pl.when(here).then(pl.lit(rule)))
        before[rule] = before[rule] | on if rule in before else on
    return pl.concat_str(said, separator=", ", ignore_nulls=True)
