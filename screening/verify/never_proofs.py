"""Whether what must never be is so for no client; and which rules see to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from screening.engines._z3 import TRUE, Term, opposite
from screening.engines.solver.answers import Smallest
from screening.engines.solver.world import World
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Refer
from screening.model.safety import Each, Flag, Invariant
from screening.model.vocabularies import Level
from screening.verify.invariant_phrases import InvariantPhrases
from screening.verify.proof import Failure, Proof

Item = tuple[str, Flag | None]


def prove_never(
    invariant: Invariant, plain: InvariantPhrases, switched: InvariantPhrases
) -> Proof:
    """Return whether no client meets all that an invariant says, for each thing it speaks about.

    `switched` is the same knowledge with rules that can be taken out of force.
    """
    items = list(plain.items(invariant))
    world = plain.world
    said = {it: _said(invariant, plain, (it, flag)) for it, flag in items}
    stake = (plain.together(invariant.at_stake, it, flag) for it, flag in items)
    at_stake = bool(invariant.at_stake) and world.solver.possible(world.solver.any_of(stake))
    failures = list(_absent(invariant, items, world))
    if world.solver.possible(world.solver.any_of(said.values())):
        failures += _failures(items, said, world)
    needs, rests_on = ((), ()) if failures else _needed(invariant, items, switched)
    return Proof(invariant, len(items), tuple(failures), needs, rests_on, at_stake=at_stake)


def smt_question(invariant: Invariant, phrases: InvariantPhrases) -> str:
    """Return, as SMT-LIB 2, whether some client meets all that must never be."""
    solver = phrases.world.solver
    said = [_said(invariant, phrases, item) for item in phrases.items(invariant)]
    return solver.smt2(solver.any_of(said))


def _said(invariant: Invariant, phrases: InvariantPhrases, item: Item) -> Term:
    world = phrases.world
    complete = world.complete if invariant.each is Each.COMPLETE_CLIENT else TRUE
    return world.solver.all_of((phrases.together(invariant.said, *item), complete))


def _absent(invariant: Invariant, items: Iterable[Item], world: World) -> Iterator[Failure]:
    """Yield the flags whose rules are not there; nobody sees to them then."""
    live = {rule.id for rule in world.knowledge.live_rules}
    for it, flag in items:
        if flag is not None and invariant.each is Each.FLAG:
            for rule in flag.by:
                if rule not in live:
                    yield Failure(it, f"the rule `{rule}`, which is to see to it, is gone")
                elif astray := _astray(world.knowledge, flag, rule):
                    yield Failure(it, astray)


def _astray(knowledge: KnowledgeBase, flag: Flag, rule: str) -> str:
    """Return whom a rule sends to who is not whom the flag says; nothing where all is well."""
    to = flag.to or knowledge.levels[flag.level].to
    for conclusion in knowledge.rules[rule].then if flag.level >= Level.SAME_DAY else ():
        if isinstance(conclusion, Refer) and conclusion.level >= flag.level:
            own = {to, knowledge.levels[conclusion.level].to}
            if conclusion.to not in own:
                return f"the rule `{rule}` sends to `{conclusion.to}`, and not to `{to}`"
    return ""


def _failures(items: Iterable[Item], said: dict[str, Term], world: World) -> Iterator[Failure]:
    smallest = Smallest(world.solver, world.answers)
    for it, flag in items:
        client = smallest.client(said[it])
        if client is not None:
            yield Failure(it, _words(flag, world), client)


def _words(flag: Flag | None, world: World) -> str:
    """Return which rules were to see to it, when any are named and there."""
    live = {rule.id for rule in world.knowledge.live_rules}
    named = [] if flag is None else [f"`{rule}`" for rule in flag.by if rule in live]
    if not named:
        return "" if flag is None or not flag.by else "no rule sees to it"
    return f"{' and '.join(named)} {'does' if len(named) == 1 else 'do'} not see to it"


def _needed(
    invariant: Invariant, items: Iterable[Item], switched: InvariantPhrases
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the rules each of which the proof would fail without, and some that are enough."""
    world = switched.world
    wrong = world.solver.any_of([_said(invariant, switched, item) for item in items])
    in_force = {term: name for name, term in world.in_force.items()}
    if world.solver.possible(wrong, *in_force):
        raise AssertionError(invariant.id)  # it was proved of the same rules
    enough = [term for term in world.solver.clash(wrong, *in_force) if term in in_force]
    needs = [
        term
        for term in enough
        if world.solver.possible(wrong, opposite(term), *(t for t in in_force if t != term))
    ]
    if not needs:
        for term in tuple(enough):
            left = [t for t in enough if t != term]
            enough = enough if world.solver.possible(wrong, *left) else left
    return tuple(in_force[t] for t in needs), tuple(in_force[t] for t in enough)
