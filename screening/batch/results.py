"""From typed answers to the rows of OUT.

Few clients differ in everything: each column's text is put together once for each different set of
gates that are on, and handed to all rows that have it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

import polars as pl

from screening.batch.programme import BETWEEN
from screening.batch.raw import ROW
from screening.batch.wording import Column, Entry, columns, plans
from screening.engines.columnar import ColumnarEngine
from screening.model.circuit import Refers, Wire
from screening.model.column_map import CLIENT, PROGRAMME
from screening.model.knowledge import KnowledgeBase
from screening.model.program import RuleAtom
from screening.model.rule import Head
from screening.model.words import Level

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
    plans: Mapping[str, Entry]
    rules: Mapping[str, Wire]
    referred: Wire

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
        )

    def results(self, answers: pl.DataFrame) -> Results:
        """Return what is concluded from typed answers, in their order."""
        listed = _listed_exercises(answers)
        plans = [Column(e, (plan,)) for e, plan in self.plans.items()] if listed else []
        wanted = [wire for column in (*self.columns, *plans) for wire in column.wires]
        plans = [plan for plan in plans if plan.name in listed]
        wires = [*wanted, self.referred, *self.rules.values()]
        on = self.engine.gates(answers.lazy(), wires).collect()
        texts = [text(on, column) for column in self.columns]
        texts.append(_programmes(answers, [text(on, plan) for plan in plans]))
        rows = pl.DataFrame([answers[ROW], answers[CLIENT], *texts])
        return Results(rows, self._counts(on))

    def _counts(self, on: pl.DataFrame) -> dict[str, int]:
        sums = on.select(pl.all().sum()).row(0, named=True)
        counts: dict[str, int] = {}
        for column in self.columns:
            for entry in column.entries:
                before = 0
                for word, wire in entry.words:  # each word implies the next
                    name = " ".join(filter(None, (column.name, entry.said, word)))
                    if name != column.name:
                        counts[name] = sums[str(wire)] - before
                    before = sums[str(wire)]
        counts[f"referral {Level.NONE.word}"] = len(on) - sums[str(self.referred)]
        counts |= {f"rule {name}": sums[str(wire)] for name, wire in self.rules.items()}
        return {name: count for name, count in counts.items() if count}


def _listed_exercises(answers: pl.DataFrame) -> set[str]:
    """Return the exercises that are in some programme."""
    if PROGRAMME not in answers.columns:
        return set()
    different = answers[PROGRAMME].drop_nulls().unique()
    return {exercise for programme in different for exercise in programme.split(BETWEEN)}


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


def text(on: pl.DataFrame, column: Column) -> pl.Series:
    """Return a column of OUT; `on` has a column for each gate, named by its number."""
    if not column.wires:
        return pl.repeat("", len(on), dtype=TEXT, eager=True).alias(column.name)
    keys = packed(on, column.wires)
    here = pl.int_range(len(keys), eager=True).alias("here")
    first = keys.with_columns(here).select(pl.col("here").first().over(keys.columns)).to_series()
    new = first == here
    place = (new.cum_sum() - 1).gather(first)
    different = on.select(map(str, column.wires)).filter(new)
    texts = different.select(_listed(column).alias(column.name)).to_series()
    handed: pl.Series = texts.cast(TEXT).gather(place)
    return handed


def packed(on: pl.DataFrame, wires: Iterable[Wire]) -> pl.DataFrame:
    """Return the gates as the bits of few numbers."""
    names = [str(wire) for wire in wires]
    bytes_ = [_bits(names[at : at + BYTE]) for at in range(0, len(names), BYTE)]
    words = [
        reduce(
            lambda word, byte: word * (1 << BYTE) + byte,
            (b.cast(pl.UInt64) for b in bytes_[at : at + WORD // BYTE]),
        )
        for at in range(0, len(bytes_), WORD // BYTE)
    ]
    return on.select(word.alias(str(at)) for at, word in enumerate(words))


def _bits(names: list[str]) -> pl.Expr:
    bits = (pl.col(name).cast(pl.UInt8) * (1 << at) for at, name in enumerate(names))
    return reduce(lambda byte, bit: byte + bit, bits)


def _listed(column: Column) -> pl.Expr:
    """Return the text of a column: its entries, separated by `; `."""
    if column.name == "referral":
        (level,) = column.entries
        return pl.coalesce(_word(level), pl.lit(Level.NONE.word))
    return pl.concat_str(map(_said, column.entries), separator="; ", ignore_nulls=True)


def _said(entry: Entry) -> pl.Expr:
    """Return what is said of one thing; null while it is not concluded."""
    rules = _rules(entry)
    if not entry.said:
        return pl.when(pl.col(str(entry.words[0][1]))).then(rules)
    word = _word(entry)
    head = (
        pl.concat_str([pl.lit(entry.said), word], separator=" ")
        if entry.words[0][0]
        else pl.when(word.is_not_null()).then(pl.lit(entry.said))
    )
    return pl.when(rules != "").then(pl.concat_str([head, rules], separator=": ")).otherwise(head)


def _word(entry: Entry) -> pl.Expr:
    """Return the first word that is on; null when none is."""
    return pl.coalesce(pl.when(pl.col(str(wire))).then(pl.lit(word)) for word, wire in entry.words)


def _rules(entry: Entry) -> pl.Expr:
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
