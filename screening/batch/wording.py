"""Which outputs each column of OUT lists, and in which words: `id word: rule, rule; id: rule`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from screening.model.circuit import (
    Advises,
    Avoids,
    Behind,
    Blocks,
    Circuit,
    Clears,
    Concluded,
    Every,
    Finds,
    Limits,
    Offers,
    Output,
    Plans,
    Refers,
    Stages,
    Wire,
    Withholds,
)
from screening.model.conclusions import LISTINGS, Listing
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Firmness, Level, Strength, Verdict

CONTRADICTIONS = "contradictions"

OPEN = "open"
"""What a referral is while nobody can be cleared, and nothing refers either."""


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """One thing a column lists while a word of `words` is on: the first that is, is said."""

    said: str
    words: tuple[tuple[str, Wire], ...]
    rules: tuple[Behind, ...]

    @property
    def wires(self) -> Iterator[Wire]:
        """The gates the text rests on."""
        yield from (wire for _, wire in self.words)
        yield from (wire for _, wire in self.rules)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of OUT, its entries in the order of an assessment.

    With `first`, only the first one that is on is said. `default` is said when none is, or
    `open` while something withholds every exercise all the same: a question is open then.
    """

    name: str
    entries: tuple[ListedEntry, ...]
    first: bool = False
    default: str = ""
    withheld: Wire | None = None

    @property
    def wires(self) -> tuple[Wire, ...]:
        """The gates the column rests on, each once."""
        own = (wire for entry in self.entries for wire in entry.wires)
        return tuple(dict.fromkeys((*own, *((self.withheld,) if self.withheld else ()))))


def columns(circuit: Circuit, knowledge: KnowledgeBase) -> tuple[Column, ...]:
    """Return the columns of OUT after `row` and `client`."""
    blocking = circuit.outputs[Blocks()]
    return (
        Column("referral", tuple(_levels(circuit)), False, Level.NONE.word, blocking.when),
        Column("referral_by", tuple(_deciding(circuit)), first=True),
        Column("referral_rules", (_only_rules(circuit.outputs[Refers(Level.MONITOR)]),)),
        Column("could_be", tuple(_levels_left(circuit))),
        Column("blocked", (_only_rules(blocking, "all_exercise"),)),
        Column("clearance", _plain(circuit, (Clears(c) for c in knowledge.clearances))),
        Column("findings", tuple(_findings(circuit, knowledge))),
        Column("stage", _plain(circuit, (Stages(s) for s in knowledge.stages))),
        Column("limits", tuple(_limits(circuit))),
        Column("recommend", _plain(circuit, (Offers(c) for c in knowledge.categories))),
        Column("avoid", tuple(_avoids(circuit, ("category", "direction")))),
        Column("avoid_exercises", tuple(_avoids(circuit, ("exercise",)))),
        Column("withheld", tuple(_withheld(circuit, knowledge, blocking))),
        *(Column(one.key, _listed(circuit, one, knowledge)) for one in LISTINGS if one.tabled),
        Column(CONTRADICTIONS, tuple(_contradictions(circuit))),
    )


def _listed(
    circuit: Circuit, listing: Listing, knowledge: KnowledgeBase
) -> tuple[ListedEntry, ...]:
    return _plain(circuit, (Advises(name, listing.key) for name in listing.ids(knowledge)))


def plans(circuit: Circuit, knowledge: KnowledgeBase) -> dict[str, ListedEntry]:
    """Return what OUT says of each exercise of the catalogue that is in a programme."""
    found = {}
    for exercise in knowledge.exercises:
        made = {v: circuit.outputs[Plans(exercise, v)] for v in reversed(Verdict)}
        words = tuple((verdict.word, one.when) for verdict, one in made.items())
        rules = tuple(behind for one in made.values() for behind in one.rules)
        found[exercise] = ListedEntry(exercise, words, rules)
    return found


def _contradictions(circuit: Circuit) -> Iterator[ListedEntry]:
    """Yield the questions whose answer does not fit another one."""
    for question, concluded in circuit.contradicts.items():
        yield ListedEntry(question, (("", concluded.when),), concluded.rules)


def _levels(circuit: Circuit) -> Iterator[ListedEntry]:
    """Yield the highest level referred at."""
    levels = [level for level in reversed(Level) if level > Level.NONE]
    yield ListedEntry("", tuple((x.word, circuit.outputs[Refers(x)].when) for x in levels), ())


def _levels_left(circuit: Circuit) -> Iterator[ListedEntry]:
    """Yield the highest level that could still be referred at, where it is above what is."""
    levels = sorted(circuit.could_refer.items(), reverse=True)
    yield ListedEntry("", tuple((level.word, wire) for level, wire in levels), ())


def _deciding(circuit: Circuit) -> Iterator[ListedEntry]:
    """Yield the rules that refer at the highest level."""
    for level in reversed(Level):
        if level > Level.NONE:
            yield _only_rules(circuit.outputs[Refers(level)])


def _only_rules(concluded: Concluded, word: str = "") -> ListedEntry:
    """Return an entry of which only the rules are said; it is counted under the word, if any."""
    return ListedEntry("", ((word, concluded.when),), concluded.rules)


def _plain(circuit: Circuit, outputs: Iterable[Output]) -> tuple[ListedEntry, ...]:
    """Return entries for outputs that are named by an id."""
    return tuple(_entry(circuit, output, next(iter(_id(output)))) for output in outputs)


def _id(output: Output) -> Iterator[str]:
    for slot in output.__slots__:
        yield getattr(output, slot)


def _entry(circuit: Circuit, output: Output, said: str) -> ListedEntry:
    concluded = circuit.outputs[output]
    return ListedEntry(said, (("", concluded.when),), concluded.rules)


def _findings(circuit: Circuit, knowledge: KnowledgeBase) -> Iterator[ListedEntry]:
    for name in knowledge.findings:
        found = {s: circuit.outputs[Finds(name, s)] for s in reversed(Strength)}
        words = tuple((strength.word, one.when) for strength, one in found.items())
        yield ListedEntry(name, words, found[Strength.SUSPECTED].rules)


def _limits(circuit: Circuit) -> Iterator[ListedEntry]:
    for output, concluded in circuit.outputs.items():
        if isinstance(output, Limits):
            said = f"{output.limit} {output.at_most}"
            yield ListedEntry(said, (("", concluded.when),), concluded.rules)


def _avoids(circuit: Circuit, kinds: tuple[str, ...]) -> Iterator[ListedEntry]:
    for output, soft in circuit.outputs.items():
        if (
            isinstance(output, Avoids)
            and output.firmness is Firmness.SOFT
            and output.kind in kinds
        ):
            hard = circuit.outputs[Avoids(output.kind, output.target, Firmness.HARD)]
            said = output.target if output.kind == "exercise" else f"{output.kind} {output.target}"
            words = (Firmness.HARD.word, hard.when), (Firmness.SOFT.word, soft.when)
            yield ListedEntry(said, words, soft.rules)


def _withheld(
    circuit: Circuit, knowledge: KnowledgeBase, blocking: Concluded
) -> Iterator[ListedEntry]:
    """Yield the categories withheld; the rules of a block, which come first, are in `blocked`."""
    for name in knowledge.categories:
        concluded = circuit.outputs[Withholds(name)]
        rules = concluded.rules[len(blocking.rules) :]
        yield ListedEntry(name, (("", concluded.when),), within(circuit, concluded.when, rules))


def within(circuit: Circuit, when: Wire, rules: Iterable[Behind]) -> tuple[Behind, ...]:
    """Return rules that are said while a gate is on, without what it says already of each.

    Categories share the gates that are left: there are a seventh as many.
    """
    given = _implied(circuit, when)
    bare = []
    for rule, wire in rules:
        rest = [part for part in _parts(circuit, wire) if part not in given]
        bare.append(Behind(rule, rest[0] if len(rest) == 1 else wire))
    return tuple(bare)


def _implied(circuit: Circuit, when: Wire) -> set[Wire]:
    """Return gates that are on while this one is."""
    return {when}.union(*(_implied(circuit, part) for part in _parts(circuit, when)))


def _parts(circuit: Circuit, wire: Wire) -> tuple[Wire, ...]:
    """Return the gates this one asks for, when it asks for every one of some."""
    gate = circuit.gates[wire]
    return gate.parts if isinstance(gate, Every) else ()
