"""From the phrases of an invariant to statements about a client."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from screening.engines._z3 import Term, opposite
from screening.engines.solver.world import World
from screening.errors import assert_never
from screening.model.circuit import (
    Advises,
    Avoids,
    LeavesLight,
    Offers,
    Output,
    Plans,
    Refers,
    Replaces,
)
from screening.model.conclusions import AVOIDS, avoided_in
from screening.model.expr import Expr
from screening.model.rule import (
    AvoidExercise,
    Conclusion,
    Head,
    Reading,
    Recommend,
    Rule,
    UnknownPolicy,
    Unsure,
)
from screening.model.safety import OF_FLAGS, Each, Flag, Invariant, Phrase, Said
from screening.model.vocabularies import Firmness, Level, Verdict

LEFT = (Verdict.KEEP, Verdict.MODIFY)


@dataclass(frozen=True)
class InvariantPhrases:
    """The statements of phrases in one world."""

    world: World

    def items(self, invariant: Invariant) -> Iterator[tuple[str, Flag | None]]:
        """Yield what an invariant speaks about, by name, with the flag when it is one."""
        knowledge = self.world.knowledge
        exempt = {exemption.it for exemption in invariant.exempt}
        match invariant.each:
            case Each.FLAG | Each.URGENT_FLAG:
                urgent = invariant.each is Each.URGENT_FLAG
                for flag in knowledge.safety.flags if knowledge.safety else ():
                    if flag.words not in exempt and not (urgent and flag.level < Level.SAME_DAY):
                        yield flag.words, flag
            case Each.CATEGORY:
                yield from ((c, None) for c in knowledge.categories if c not in exempt)
            case Each.EXERCISE:
                yield from ((e, None) for e in knowledge.exercises if e not in exempt)
            case Each.CLIENT | Each.COMPLETE_CLIENT | Each.RULE | Each.ANSWER:
                yield "", None
            case Each.FINDING | Each.WORD | Each.URGENT_QUESTION:
                yield "", None
            case _ as never:
                assert_never(never)

    def together(self, said: Iterable[Said], it: str, flag: Flag | None = None) -> Term:
        """Return that all of these hold; a condition as rules have them is certainly true."""
        return self.world.solver.all_of([self._one(one, it, flag) for one in said])

    def _one(self, said: Said, it: str, flag: Flag | None) -> Term:
        if not isinstance(said, Phrase):
            return self._condition(said)
        if flag is not None and said in OF_FLAGS:
            return self._of_flag(said, flag)
        return self._of_screening(said, it)

    def _condition(self, said: Expr) -> Term:
        rule = Rule(
            f"condition: {said}", "", said, (), "", unknown=UnknownPolicy(Unsure.UNDECIDED)
        )
        self.world.add(rule)
        return self.world.fires(Head(rule.id))

    def _of_flag(self, phrase: Phrase, flag: Flag) -> Term:
        world = self.world
        if flag.head(Reading.CERTAIN) not in self._added:
            self._added.add(flag.head(Reading.CERTAIN))
            world.add(flag.as_rule())
        match phrase:
            case Phrase.HOLDS:
                return world.fires(flag.head(Reading.CERTAIN))
            case Phrase.COULD_HOLD:
                return opposite(world.refuted(flag.head(Reading.CERTAIN)))
            case Phrase.MIGHT_HOLD:
                return world.fires(flag.head(Reading.POSSIBLE))
            case Phrase.BELOW:
                return opposite(world.concludes(Refers(flag.level)))
            case Phrase.BELOW_UNKNOWN:
                return opposite(world.concludes(Refers(flag.unknown or Level.MONITOR)))
            case _:
                raise AssertionError(phrase)

    @cached_property
    def _added(self) -> set[Head]:
        return set()

    @cached_property
    def _replacing(self) -> Mapping[str, list[Output]]:
        """What may be offered instead of something, by what is offered."""
        found: dict[str, list[Output]] = {}
        for output in self.world.outputs:
            if isinstance(output, Replaces):
                found.setdefault(output.instead, []).append(output)
        return found

    def _of_screening(self, phrase: Phrase, it: str) -> Term:  # noqa: PLR0911 - one a phrase
        world, knowledge = self.world, self.world.knowledge
        match phrase:
            case Phrase.SUGGESTED:
                offers = (Offers(category) for category in knowledge.categories)
                plans = (Plans(e, verdict) for e in knowledge.exercises for verdict in LEFT)
                return world.solver.any_of((world.any(offers), world.any(plans)))
            case Phrase.NOTHING:
                said = Refers | Offers | Advises | LeavesLight  # and whom to ask about more
                some = [o for o in world.outputs if isinstance(o, said)]
                return opposite(world.any(some))
            case Phrase.OFFERED:
                if it in knowledge.categories:
                    return world.concludes(Offers(it))
                return world.any(Plans(it, verdict) for verdict in LEFT)
            case Phrase.ALTERNATIVE:
                return world.any(self._replacing.get(it, ()))
            case Phrase.AVOIDED:
                kind = "category" if it in knowledge.categories else "exercise"
                return world.concludes(Avoids(kind, it, Firmness.SOFT))
            case Phrase.WANTED:
                return self._said_by(it, wants=True)
            case Phrase.UNWANTED:
                return self._said_by(it, wants=False)
            case _:
                raise AssertionError(phrase)

    def _said_by(self, it: str, *, wants: bool) -> Term:
        """Return that a rule fires that wants something, or avoids it."""
        about = self._wants if wants else self._avoids
        return self.world.solver.any_of(
            self.world.fires(Head(rule.id))
            for rule in self.world.knowledge.live_rules
            if any(about(conclusion, it) for conclusion in rule.then)
        )

    def _wants(self, conclusion: Conclusion, it: str) -> bool:
        if isinstance(conclusion, AvoidExercise):
            return it in conclusion.instead
        return isinstance(conclusion, Recommend) and conclusion.category == it

    def _avoids(self, conclusion: Conclusion, it: str) -> bool:
        if not isinstance(conclusion, AVOIDS):
            return False
        knowledge = self.world.knowledge
        kind = "category" if it in knowledge.categories else "exercise"
        return (kind, it) in avoided_in(conclusion, knowledge.exercises_in)
