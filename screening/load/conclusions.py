"""From what `then` says to conclusions, with every name resolved."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from screening.diagnostics import Code, Problems, quoted, suggestion
from screening.load.mapping_reader import Fields
from screening.load.parameters import NO_NUMBER, number_or_name
from screening.load.tree import Node, Sequence
from screening.model.knowledge import Exercise, LimitKind, Parameter
from screening.model.rule import (
    Advise,
    AtClearance,
    AtStage,
    AvoidCategory,
    AvoidDemand,
    AvoidExercise,
    Conclusion,
    Confirm,
    Find,
    Keep,
    Limit,
    Modify,
    Move,
    OfferOnly,
    Recommend,
    Refer,
)
from screening.model.vocabularies import DEMANDING, Firmness, Level, Pace, Strength


@dataclass(frozen=True)
class Names:
    """The names conclusions may use."""

    questions: Collection[str]
    findings: Collection[str]
    stages: Collection[str]
    limits: Mapping[str, LimitKind]
    categories: Collection[str]
    advice: Collection[str]
    targets: Collection[str]
    exercises: Mapping[str, Exercise]
    clearances: Collection[str]
    parameters: Mapping[str, Parameter]
    directions: Collection[str]


@dataclass(frozen=True)
class ConclusionReader:
    """Reads the conclusions of one rule."""

    names: Names
    problems: Problems

    def read(self, node: Node) -> tuple[Conclusion, ...]:
        """Return the conclusions a `then` says."""
        nodes = node.items if isinstance(node, Sequence) else (node,)
        found = []
        for item in nodes:
            fields = Fields.of(item, self.problems, "a conclusion")
            if fields is not None:
                conclusion = self._one(fields)
                if conclusion is not None:
                    fields.done()
                    found.append(conclusion)
        if not nodes:
            self.problems.add(Code.empty_value, node.at, "`then` says nothing")
        return tuple(found)

    def _one(self, fields: Fields) -> Conclusion | None:
        readers: dict[str, Callable[[Fields], Conclusion]] = {
            "find": self._find,
            "refer": self._refer,
            "stage": lambda f: AtStage(self._name(f, "stage", self.names.stages)),
            "limit": self._limit,
            "recommend": self._recommend,
            "avoid": self._avoid,
            "modify": self._modify,
            "keep": self._keep,
            "advise": lambda f: Advise(self._name(f, "advise", self.names.advice)),
            "confirm": self._confirm,
            "clearance": self._clearance,
            "offer_only": self._offer_only,
            "progress": self._move,
        }
        said = [key.value for key, _ in fields.node.entries if key.value in readers]
        if len(said) == 1:
            return readers[said[0]](fields)
        keys = [key.value for key, _ in fields.node.entries]
        message = (
            f"a conclusion says one thing, this says {', '.join(map(quoted, keys)) or 'none'}"
        )
        help_ = suggestion(keys[0] if keys else "", readers)
        self.problems.add(Code.unknown_key, fields.node.at, message, help_)
        return None

    def _name(
        self, fields: Fields, key: str, legal: Collection[str], code: Code = Code.dangling_target
    ) -> str:
        name = fields.text(key, required=True)
        if name and name not in legal:
            message = f"no {key.replace('_', ' ')} {quoted(name)}"
            self.problems.add(code, fields.value_place(key), message, suggestion(name, legal))
        return name

    def _find(self, fields: Fields) -> Conclusion:
        finding = self._name(fields, "find", self.names.findings, Code.dangling_finding)
        return Find(finding, fields.member("strength", Strength))

    def _refer(self, fields: Fields) -> Conclusion:
        level = fields.member("refer", Level)
        tell = fields.text("tell")
        if level >= Level.SAME_DAY and not tell:
            message = f"a {level.word} referral must say what to `tell` on arrival"
            self.problems.add(Code.missing_help, fields.node.at, message)
        return Refer(level, self._name(fields, "to", self.names.targets), tell)

    def _limit(self, fields: Fields) -> Conclusion:
        limit = self._name(fields, "limit", self.names.limits)
        written = fields.text("at_most", required=True)
        if not written or limit not in self.names.limits:
            return Limit(limit, NO_NUMBER)
        unit, at = self.names.limits[limit].unit, fields.value_place("at_most")
        read = number_or_name(written, unit, at, self.names.parameters, self.problems)
        return Limit(limit, NO_NUMBER) if read is None else Limit(limit, *read)

    def _recommend(self, fields: Fields) -> Conclusion:
        category = self._name(fields, "recommend", self.names.categories)
        return Recommend(category, fields.text("note"))

    def _avoid(self, fields: Fields) -> Conclusion:
        what = fields.text("avoid", required=True)
        firmness = fields.member("strength", Firmness)
        if what == "demand":
            direction = fields.word("direction", self.names.directions)
            return AvoidDemand(direction, firmness)
        if what in self.names.categories:
            return AvoidCategory(what, firmness)
        self._name(fields, "avoid", (*self.names.categories, *self.names.exercises, "demand"))
        return AvoidExercise(what, firmness, self._exercises(fields, "instead"))

    def _exercises(self, fields: Fields, key: str) -> tuple[str, ...]:
        return self._listed(fields, key, "exercise", self.names.exercises)

    def _listed(
        self,
        fields: Fields,
        key: str,
        kind: str,
        legal: Collection[str],
        code: Code = Code.dangling_target,
    ) -> tuple[str, ...]:
        """Return a list of names of one kind."""
        texts = fields.texts(key)
        for text in texts:
            if text.value not in legal:
                message = f"no {kind} {quoted(text.value)}"
                self.problems.add(code, text.at, message, suggestion(text.value, legal))
        return tuple(text.value for text in texts)

    def _modify(self, fields: Fields) -> Conclusion:
        exercise = self._name(fields, "modify", self.names.exercises)
        return Modify(exercise, fields.text("instead", required=True))

    def _keep(self, fields: Fields) -> Conclusion:
        fields.word("keep", ("programme",))
        return Keep()

    def _move(self, fields: Fields) -> Conclusion:
        pace = fields.member("progress", Pace)
        if "category" not in fields.node.by_key:
            return Move(pace)
        return Move(pace, self._name(fields, "category", self.names.categories))

    def _confirm(self, fields: Fields) -> Conclusion:
        questions = self.names.questions
        code = Code.dangling_question
        return Confirm(self._listed(fields, "confirm", "question", questions, code))

    def _clearance(self, fields: Fields) -> Conclusion:
        return AtClearance(self._name(fields, "clearance", self.names.clearances))

    def _offer_only(self, fields: Fields) -> Conclusion:
        categories = self._listed(fields, "offer_only", "category", self.names.categories)
        if not categories:
            message = "`offer_only` names no category"
            self.problems.add(Code.empty_value, fields.value_place("offer_only"), message)
        return OfferOnly(categories)


def reached(
    exercises: Mapping[str, Exercise],
    verdicts: Mapping[str, Collection[str]],
    direction: str,
    findings: Collection[str],
) -> tuple[str, ...]:
    """Return the exercises an avoided direction reaches.

    Those with a demand of 2 or more in it, unless the catalogue has a verdict of its own for a
    finding the rule rests on. `verdicts` holds the findings with a cell, by
    exercise.
    """
    return tuple(
        exercise.id
        for exercise in exercises.values()
        if exercise.demands[direction] >= DEMANDING
        and not any(finding in verdicts[exercise.id] for finding in findings)
    )
