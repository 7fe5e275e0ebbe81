"""From `exercises/*.yaml` to the catalogue, and from its cells to rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from collections.abc import Mapping as MappingABC
from dataclasses import dataclass, field, replace

from screening.diagnostics import Code, Problems, Span, quoted, suggestion
from screening.load.cautions import caution_rules
from screening.load.entries import Hand, Reader
from screening.load.mapping_reader import Fields
from screening.load.tree import Mapping, Node, Sequence, Text
from screening.model.catalogue import AMOUNTS, Caution, Exercise, StartDose
from screening.model.expr import Found, Is
from screening.model.pack import Source
from screening.model.question import Question
from screening.model.rule import AvoidExercise, Conclusion, Evidence, Keep, Modify, Rule
from screening.model.terms import Finding
from screening.model.vocabularies import Firmness, Strength
from screening.schema.keys import Of
from screening.schema.questions import CATALOGUE, CELL, EXERCISE, START

HARDEST_DEMAND = 3
VERDICTS = ("keep", "modify", "avoid")


@dataclass(frozen=True)
class Cell:
    """One verdict of the catalogue: an exercise, a finding, and what becomes of the exercise.

    Without evidence of its own it has that of its file.
    """

    exercise: str
    finding: str
    verdict: str
    text: str
    instead: tuple[Text, ...]
    evidence: tuple[Evidence, ...]
    at: Span


@dataclass
class ExerciseReader:
    """Reads catalogue files one after the other; `rules` turns the cells into rules."""

    questions: MappingABC[str, Question]
    findings: MappingABC[str, Finding]
    categories: Collection[str]
    sources: MappingABC[str, Source]
    directions: Collection[str]
    equipment: Collection[str]
    cautions: MappingABC[str, Caution]
    problems: Problems
    found: dict[str, Exercise] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    easier: list[Text] = field(default_factory=list)
    reader: Reader = field(init=False)

    def read(self, node: Node) -> None:
        """Read one catalogue file."""
        movements = [q.id for q in self.questions.values() if q.is_movement]
        known = {
            Of.SOURCE: self.sources,
            Of.CATEGORY: self.categories,
            Of.MOVEMENT: movements,
            Of.CAUTION: self.cautions,
        }
        hands: MappingABC[str, Hand] = {EXERCISE.what: self._exercise, START.what: self._dose}
        self.reader = Reader(self.problems, hands, known)
        exercises, shared = self.reader.file(node, CATALOGUE)
        for exercise in exercises:
            self.found[exercise.id] = replace(exercise, evidence=shared)

    def _exercise(self, fields: Fields, said: Exercise) -> Exercise:
        """Return an exercise with its demands, and note the verdicts on it."""
        self.easier += fields.texts("easier")
        exercise = replace(
            said,
            demands=self._demands(fields),
            equipment=tuple(self._choices(fields)),
            easier=fields.quiet.words("easier"),
        )
        if exercise.id in self.found:
            message = f"the id {quoted(exercise.id)} is used twice"
            self.problems.add(Code.duplicate_id, fields.value_place("id"), message)
        self._name(exercise, fields)
        self.found[exercise.id] = exercise
        self._verdicts(fields, exercise)
        return exercise

    def _demands(self, fields: Fields) -> dict[str, int]:
        inner = fields.mapping("demands", required=bool(self.directions))
        if inner is None:
            return dict.fromkeys(self.directions, 0)
        demands = {one: inner.number(one, required=True) for one in self.directions}
        inner.done()
        for direction, demand in demands.items():
            if not 0 <= demand <= HARDEST_DEMAND:
                message = f"a demand is 0 to {HARDEST_DEMAND}, found {demand}"
                self.problems.add(Code.bad_number, inner.value_place(direction), message)
        return demands

    def _choices(self, fields: Fields) -> Iterator[tuple[str, ...]]:
        """Yield the things it needs, each as those of which one will do."""
        for text in fields.texts("equipment"):
            choice = tuple(text.value.split(" or "))
            for name in choice:
                if name not in self.equipment:
                    message, help_ = (
                        f"no equipment {quoted(name)}",
                        suggestion(name, self.equipment),
                    )
                    self.problems.add(Code.dangling_target, text.at, message, help_)
            yield choice

    def _dose(self, fields: Fields, dose: StartDose) -> StartDose:
        if sum(unit in fields.node.by_key for unit in AMOUNTS) != 1:
            message = "a dose says one of `reps`, `seconds`, `minutes` and `metres`"
            self.problems.add(Code.wrong_shape, fields.node.at, message)
        return dose

    def _name(self, exercise: Exercise, fields: Fields) -> None:
        """Note a name or alias that already means another exercise."""
        for name in {exercise.id, exercise.name.lower(), *map(str.lower, exercise.aliases)}:
            other = self.names.setdefault(name, exercise.id)
            if other != exercise.id:
                message = f"{quoted(name)} already means `{other}`"
                self.problems.add(Code.duplicate_id, fields.node.at, message)

    def _verdicts(self, fields: Fields, exercise: Exercise) -> None:
        inner = fields.mapping("verdicts")
        if inner is None:
            return
        for key, node in inner.node.entries:
            if key.value not in self.findings:
                message = f"no finding {quoted(key.value)}"
                help_ = suggestion(key.value, self.findings)
                self.problems.add(Code.dangling_finding, key.at, message, help_)
                continue
            cell = self._cell(exercise, key.value, node)
            if cell is not None:
                self.cells.append(cell)

    def _cell(self, exercise: Exercise, finding: str, node: Node) -> Cell | None:
        if isinstance(node, Text):
            if node.value == "keep":
                return Cell(exercise.id, finding, "keep", "", (), (), node.at)
            message = f"a verdict is `keep` or a mapping, found {quoted(node.value)}"
            self.problems.add(Code.bad_word, node.at, message, suggestion(node.value, VERDICTS))
            return None
        fields = Fields.of(node, self.problems, "a verdict")
        if fields is None:
            return None
        said = [verdict for verdict in VERDICTS if verdict in fields.node.by_key]
        if len(said) != 1:
            message = "a verdict is one of `keep`, `modify`, `avoid`"
            self.problems.add(Code.wrong_shape, node.at, message)
            return None
        words, evidence = self.reader.entry(fields, CELL)
        instead = fields.texts("avoid") if said[0] == "avoid" else ()
        return Cell(exercise.id, finding, said[0], words, instead, evidence, node.at)

    def by_finding(self) -> MappingABC[str, Collection[str]]:
        """Return the findings each exercise has a verdict of its own for."""
        own: dict[str, set[str]] = {exercise: set() for exercise in self.found}
        for cell in self.cells:
            own[cell.exercise].add(cell.finding)
        return own

    def rules(self) -> Iterator[Rule]:
        """Yield the rules the catalogue stands for."""
        for cell in self.cells:
            self._listed(cell.instead)
            exercise = self.found[cell.exercise]
            finding = self.findings[cell.finding]
            yield Rule(
                id=f"{cell.exercise}.{cell.finding}",
                title=f"{exercise.name}: {cell.verdict} when {finding.title}",
                when=Found(cell.finding, Strength.SUSPECTED),
                then=(_conclusion(cell),),
                because=f"The catalogue's verdict for {exercise.name} when the client is "
                f"{finding.title}: {cell.verdict}. Demands: {_loads(exercise)}.",
                topic="exercises",
                evidence=cell.evidence or exercise.evidence,
                cell=True,
                at=cell.at,
            )
        for exercise in self.found.values():
            if exercise.performed_as in self.questions:
                yield _provoked(exercise, self.questions[exercise.performed_as])
        self._listed(self.easier)
        yield from caution_rules(self.cautions, self.found, self._instead())

    def _instead(self) -> MappingABC[str, tuple[str, ...]]:
        """Return the alternatives that each exercise has for any finding, in order."""
        named: dict[str, list[str]] = {name: [] for name in self.found}
        for cell in self.cells:
            named[cell.exercise] += [text.value for text in cell.instead]
        return {name: tuple(alternatives) for name, alternatives in named.items()}

    def _listed(self, texts: Iterable[Text]) -> None:
        """Note the names of exercises that are not in the catalogue."""
        for text in texts:
            if text.value not in self.found:
                message = f"no exercise {quoted(text.value)}"
                help_ = suggestion(text.value, self.found)
                self.problems.add(Code.dangling_target, text.at, message, help_)


def directions_in(catalogue: Iterable[Node]) -> tuple[str, ...]:
    """Return the directions that the exercises of some catalogue files load, in order."""
    named: dict[str, None] = {}
    for node in catalogue:
        listed = node.by_key.get("exercises") if isinstance(node, Mapping) else None
        for entry in listed.items if isinstance(listed, Sequence) else ():
            demands = entry.by_key.get("demands") if isinstance(entry, Mapping) else None
            named.update(dict.fromkeys(demands.by_key if isinstance(demands, Mapping) else ()))
    return tuple(named)


def _conclusion(cell: Cell) -> Conclusion:
    match cell.verdict:
        case "keep":
            return Keep(cell.exercise, cell.text)
        case "modify":
            return Modify(cell.exercise, cell.text)
        case _:
            instead = tuple(text.value for text in cell.instead)
            return AvoidExercise(cell.exercise, Firmness.SOFT, instead, follows=cell.finding)


def _provoked(exercise: Exercise, movement: Question) -> Rule:
    """Return the rule that avoids an exercise while doing it brings the trouble on."""
    return Rule(
        id=f"{exercise.id}.provokes",
        title=f"{exercise.name}: avoid while it brings it on",
        when=Is(movement.id, "provokes"),
        then=(AvoidExercise(exercise.id, Firmness.SOFT),),
        because=f"The client says that this brings it on: {movement.short}.",
        topic="exercises",
        evidence=exercise.evidence,
        cell=True,
        at=exercise.at,
    )


def _loads(exercise: Exercise) -> str:
    """Return the directions an exercise loads, with the demand of 3."""
    loads = [
        f"{direction} {demand} of 3" for direction, demand in exercise.demands.items() if demand
    ]
    return ", ".join(loads) or "none of note"
