"""A whole knowledge base, as loaded and checked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from screening.model.case_library import Acceptance, KnownCase, Waiver
from screening.model.catalogue import Category, Caution, Equipment, Exercise
from screening.model.dependency_order import in_dependency_order
from screening.model.expr import Expr, Found, found_in, named_questions, parameters_in
from screening.model.ids import Sort
from screening.model.name_matching import folded, spellings
from screening.model.pack import Country, Pack, Reviewer, Source, Statement, TrainerQuestion
from screening.model.question import (
    ChangeOf,
    Derivation,
    EarlierLevel,
    IsFollowUp,
    NamedThing,
    OlderName,
    Question,
    Renamed,
    Topic,
    WeeksInAll,
)
from screening.model.rule import AvoidDemand, AvoidExercise, Find, Head, Keep, Limit, Modify, Rule
from screening.model.safety import Safety
from screening.model.seen_part import SeenRule
from screening.model.session import SessionKnowledge
from screening.model.terms import (
    Advice,
    Clearance,
    DeclaredScore,
    Finding,
    Group,
    LimitKind,
    Parameter,
    ReferralLevel,
    Stage,
    Target,
)
from screening.model.tick_list import TickList, of_items
from screening.model.vocabularies import Level, Status, Strength


@dataclass(frozen=True, eq=False)
class KnowledgeBase:
    """Everything loaded from one directory; it equals itself alone, so that it can be a key.

    Mappings keep the order of the files; `rules` holds written rules and the rules made from
    catalogue cells, retired ones included. `statements` are those of the reference documents that
    rules may cover; they, `cases`, `waivers`, `accepted` and `records` are empty, and `safety` is
    None, unless asked for. `records` are what the reviewer of each rule saw. `digest` is the
    SHA-256 of the files that conclude, in hex. `drawings` are the files of figures as text, by
    path: nothing reads them but what draws.
    """

    pack: Pack
    topics: tuple[Topic, ...]
    questions: Mapping[str, Question]
    groups: Mapping[str, Group]
    findings: Mapping[str, Finding]
    stages: Mapping[str, Stage]
    limits: Mapping[str, LimitKind]
    categories: Mapping[str, Category]
    advice: Mapping[str, Advice]
    levels: Mapping[Level, ReferralLevel]
    targets: Mapping[str, Target]
    sources: Mapping[str, Source]
    exercises: Mapping[str, Exercise]
    rules: Mapping[str, Rule]
    clearances: Mapping[str, Clearance]
    trainer_questions: Mapping[str, TrainerQuestion]
    trainer_note: str
    equipment: Mapping[str, Equipment] = field(default_factory=dict)
    cautions: Mapping[str, Caution] = field(default_factory=dict)
    session: SessionKnowledge | None = None
    statements: Mapping[str, Statement] = field(default_factory=dict)
    digest: str = ""
    cases: Mapping[str, KnownCase] = field(default_factory=dict)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    countries: Mapping[str, Country] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    accepted: tuple[Acceptance, ...] = ()
    safety: Safety | None = None
    renamed: tuple[Renamed, ...] = ()
    called: tuple[OlderName, ...] = ()
    drawings: Mapping[str, str] = field(default_factory=dict)
    tick_lists: Mapping[str, TickList] = field(default_factory=dict)
    reviewers: Mapping[str, Reviewer] = field(default_factory=dict)
    records: Mapping[str, SeenRule] = field(default_factory=dict)

    scores: Mapping[str, DeclaredScore] = field(default_factory=dict)

    @cached_property
    def renamed_answers(self) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
        """What old answers stand for today, by their question."""
        found: dict[str, dict[str, Mapping[str, str]]] = {}
        for old in self.renamed:
            found.setdefault(old.question, {})[old.answer] = old.now
        return found

    def older_names(self, of: NamedThing) -> Mapping[str, str]:
        """Return what things of a kind are called today, by the names they had.

        What is gone is called nothing.
        """
        return {old.was: old.now for old in self.called if old.of is of}

    @cached_property
    def live_rules(self) -> tuple[Rule, ...]:
        """The rules that may fire, in order of id."""
        live = (r for r in self.rules.values() if r.status is not Status.RETIRED)
        return tuple(sorted(live, key=lambda r: r.id))

    @cached_property
    def heads(self) -> tuple[Head, ...]:
        """Every reading an engine decides, in order of rule id."""
        return tuple(Head(r.id, reading) for r in self.live_rules for reading in r.readings)

    @cached_property
    def members(self) -> Mapping[str, tuple[str, ...]]:
        """Movement questions by group, in asking order; the empty group holds all of them."""
        moves = [q for q in self.questions.values() if q.is_movement]
        by_group = {g: tuple(q.id for q in moves if g in q.groups) for g in self.groups}
        return {"": tuple(q.id for q in moves), **by_group}

    def named(self, sort: Sort) -> Collection[str]:
        """Return the ids that name things of a sort, in the order of the files."""
        named: Mapping[Sort, Collection[str]] = {
            Sort.RULE: self.rules,
            Sort.STATEMENT: self.statements,
            Sort.SOURCE: self.sources,
            Sort.QUESTION: self.questions,
            Sort.LIST: self.tick_lists,
            Sort.GROUP: self.groups,
            Sort.FINDING: self.findings,
            Sort.CATEGORY: self.categories,
            Sort.ADVICE: self.advice,
            Sort.STAGE: self.stages,
            Sort.LIMIT: self.limits,
            Sort.CLEARANCE: self.clearances,
            Sort.TARGET: self.targets,
            Sort.EXERCISE: self.exercises,
            Sort.EQUIPMENT: self.equipment,
            Sort.CAUTION: self.cautions,
            Sort.PARAMETER: self.parameters,
            Sort.SCORE: self.scores,
            Sort.CASE: self.cases,
            Sort.TRAINER_QUESTION: self.trainer_questions,
        }
        return named[sort]

    @cached_property
    def exercise_names(self) -> Mapping[str, str]:
        """Every id, name and alias (lower case) with the exercise it means."""
        named = ((n, e.id) for e in self.exercises.values() for n in (e.id, e.name, *e.aliases))
        return {name.lower(): exercise for name, exercise in named}

    @cached_property
    def _spellings(self) -> Mapping[str, str]:
        return spellings(self.exercise_names)

    def exercise_called(self, name: str) -> str | None:
        """Return the exercise a name means, however it is spelt; None where it is not one."""
        said = " ".join(name.lower().split())
        today = self.exercise_names.get(said) or self._spellings.get(folded(said))
        return today or self.older_names(NamedThing.EXERCISE).get(said) or None

    @cached_property
    def exercises_in(self) -> Mapping[str, tuple[str, ...]]:
        """The exercises that are examples of each category, in the order of the catalogue."""
        found: dict[str, tuple[str, ...]] = {}
        for exercise in self.exercises.values():
            found[exercise.category] = (*found.get(exercise.category, ()), exercise.id)
        return found

    @cached_property
    def verdicts(self) -> Mapping[str, Mapping[str, tuple[Rule, AvoidExercise | Keep | Modify]]]:
        """The catalogue's verdicts by exercise and finding: the rule, and what it says."""
        found: dict[str, dict[str, tuple[Rule, AvoidExercise | Keep | Modify]]] = {}
        for name in self.exercises:
            own = found.setdefault(name, {})
            for finding in self.findings:
                rule = self.rules.get(f"{name}.{finding}")
                said = rule.then[0] if rule is not None and rule.cell else None
                if rule is not None and isinstance(said, AvoidExercise | Keep | Modify):
                    own[finding] = rule, said
        return found

    @cached_property
    def heads_without_verdicts(self) -> tuple[Head, ...]:
        """The readings that are no verdict of the catalogue, in order of rule id."""
        return tuple(head for head in self.heads if head.rule not in self.judging)

    @cached_property
    def judging(self) -> frozenset[str]:
        """The rules that are verdicts of the catalogue."""
        return frozenset(rule.id for own in self.verdicts.values() for rule, _ in own.values())

    @cached_property
    def harder(self) -> Mapping[str, tuple[str, ...]]:
        """The exercises that name each one as easier, in the order of the catalogue."""
        found: dict[str, list[str]] = {name: [] for name in self.exercises}
        for exercise in self.exercises.values():
            for easier in exercise.easier:
                found[easier].append(exercise.id)
        return {name: tuple(harder) for name, harder in found.items()}

    @cached_property
    def sensitive(self) -> Mapping[str, tuple[str, ...]]:
        """The directions that rules avoid for each finding by itself, in order of rule id."""
        found: dict[str, dict[str, None]] = {name: {} for name in self.findings}
        for rule in self.written_rules:
            if isinstance(rule.when, Found):
                avoided = (c.direction for c in rule.then if isinstance(c, AvoidDemand))
                found[rule.when.finding].update(dict.fromkeys(avoided))
        return {name: tuple(directions) for name, directions in found.items()}

    @cached_property
    def finders(self) -> Mapping[tuple[str, Strength], tuple[str, ...]]:
        """The rules that derive a finding at a strength or a higher one."""
        found: dict[tuple[str, Strength], list[str]] = {
            (f, s): [] for f in self.findings for s in Strength
        }
        for rule in self.live_rules:
            for conclusion in rule.then:
                if isinstance(conclusion, Find):
                    for strength in Strength:
                        if strength <= conclusion.strength:
                            found[conclusion.finding, strength].append(rule.id)
        return {key: tuple(dict.fromkeys(rules)) for key, rules in found.items()}

    @cached_property
    def dependency_order(self) -> tuple[Rule | tuple[str, Strength], ...]:
        """Live rules and finding strengths, each after all it rests on, else in order of id.

        Raises:
            CircularFindingsError: when findings depend on each other.

        """
        rules = {rule.id: rule for rule in self.live_rules}
        needs: dict[str | tuple[str, Strength], tuple[str | tuple[str, Strength], ...]] = {}
        needs.update((key, finders) for key, finders in self.finders.items())
        needs.update(
            (rule.id, tuple((leaf.finding, leaf.strength) for leaf in found_in(rule.when)))
            for rule in self.live_rules
        )
        ordered = in_dependency_order(needs)
        return tuple(rules[step] if isinstance(step, str) else step for step in ordered)

    @cached_property
    def emergency_questions(self) -> tuple[str, ...]:
        """The questions that must be asked first, in asking order."""
        return tuple(q.id for q in self.questions.values() if q.safety is Level.EMERGENCY)

    @cached_property
    def follow_up_marks(self) -> tuple[str, ...]:
        """The questions whose answer is whether the case follows an earlier one."""
        return tuple(q.id for q in self.questions.values() if isinstance(q.derived, IsFollowUp))

    @cached_property
    def gap(self) -> str:
        """The question for the weeks since the earlier screening; empty when there is none."""
        return next((q.id for q in self.questions.values() if q.gap), "")

    def worked_out_from(self, derivation: Derivation) -> str:
        """Return the question whose present answer is needed; empty when there is none."""
        match derivation:
            case ChangeOf(name):
                return name
            case WeeksInAll():
                return self.gap
            case _:
                return ""

    def before(self, listed: str) -> tuple[str, ...]:
        """Return the advice that goes before something listed, which is unsaid beside it."""
        advice = self.advice.get(listed)
        return () if advice is None else advice.gives_way_to

    def waits_while_light(self, listed: str) -> bool:
        """Tell whether something listed is unsaid while light activity is all that is left."""
        advice = self.advice.get(listed)
        return advice is not None and advice.not_while_light

    @cached_property
    def looking_questions(self) -> tuple[Question, ...]:
        """Those that hang on what the earlier screening referred: whether somebody has looked."""
        levels = {q.id for q in self.questions.values() if isinstance(q.derived, EarlierLevel)}
        return tuple(
            question
            for question in self.conditional_questions
            if question.only_if is not None
            and levels.intersection(named_questions(question.only_if))
        )

    @cached_property
    def conditional_questions(self) -> tuple[Question, ...]:
        """The questions that do not always apply; each comes after those it depends on."""
        return tuple(q for q in self.questions.values() if q.only_if is not None)

    @cached_property
    def list_of(self) -> Mapping[str, TickList]:
        """The tick list that each item is asked in, by the item."""
        return {item: self.tick_lists[name] for item, name in of_items(self.tick_lists)}

    def items_of(self, tick_list: str) -> tuple[Question, ...]:
        """Return the questions of a tick list, in the order of the list."""
        return tuple(self.questions[name] for name in self.tick_lists[tick_list].items)

    def ask_of(self, name: str) -> str:
        """Return how a question or a tick list is asked."""
        return (self.questions.get(name) or self.tick_lists[name]).ask

    def short_of(self, name: str) -> str:
        """Return how explanations name a question or a tick list."""
        return (self.questions.get(name) or self.tick_lists[name]).short

    @cached_property
    def summing_questions(self) -> tuple[Question, ...]:
        """The questions that ask about several others at once."""
        return tuple(q for q in self.questions.values() if q.sums_up)

    def asks_emergency(self, question: Question) -> bool:
        """Tell whether a question is an emergency question, or sums one up."""
        parts = (self.questions[name] for name in question.sums_up)
        return any(asked.safety is Level.EMERGENCY for asked in (question, *parts))

    def conditions(self) -> Iterator[tuple[str, Expr]]:
        """Yield every condition with the id of what owns it."""
        for rule in self.live_rules:
            yield rule.id, rule.when
        for question in self.questions.values():
            if question.only_if is not None:
                yield question.id, question.only_if

    @cached_property
    def covering(self) -> Mapping[str, tuple[str, ...]]:
        """The live rules that cover a statement, by the statement, in order of id."""
        covering: dict[str, list[str]] = {}
        for rule in self.live_rules:
            for statement in dict.fromkeys(rule.covers):
                covering.setdefault(statement, []).append(rule.id)
        return {statement: tuple(rules) for statement, rules in covering.items()}

    @cached_property
    def parameter_users(self) -> Mapping[str, tuple[str, ...]]:
        """The rules, questions and categories that take a number from each parameter."""
        users: dict[str, list[str]] = {name: [] for name in self.parameters}
        for owner, condition in self.conditions():
            for name in parameters_in(condition):
                users[name].append(owner)
        for rule in self.live_rules:
            for conclusion in rule.then:
                if isinstance(conclusion, Limit) and conclusion.parameter:
                    users[conclusion.parameter].append(rule.id)
        for category in self.categories.values():
            for name in category.parameters:
                users[name].append(category.id)
        return {name: tuple(dict.fromkeys(owners)) for name, owners in users.items()}

    @cached_property
    def written_rules(self) -> tuple[Rule, ...]:
        """The live rules with a file of their own, in order of id."""
        return tuple(rule for rule in self.live_rules if not rule.cell)
