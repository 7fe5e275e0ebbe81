"""From knowledge files to a `KnowledgeBase`, or to every diagnostic at once."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from screening.diagnostics import Code, Diagnostic, Problems, Span, quoted
from screening.errors import BadInputError
from screening.load.cases import read_cases
from screening.load.cautions import read_cautions
from screening.load.conclusions import ConclusionReader, Names, reached
from screening.load.coverage import StatementReader
from screening.load.entries import Reader
from screening.load.exercises import ExerciseReader, directions_in
from screening.load.files import (
    ACCEPTED,
    CASES,
    COVERAGE,
    RENAMED,
    RULES,
    SAFETY,
    WAIVERS,
    Directory,
    Files,
    Snapshot,
    Source,
    concludes,
    concluding,
    digest_of,
)
from screening.load.gc_pause import collector_paused
from screening.load.phrase import Vocabulary
from screening.load.questions import QuestionReader
from screening.load.renamed import read_renamed
from screening.load.review_records import read_records
from screening.load.rules import RuleReader
from screening.load.safety import read_safety
from screening.load.scores import read_scores
from screening.load.session import read_session
from screening.load.tree import Node
from screening.load.vocabulary import read_referrals, read_trainer
from screening.load.waivers import read_waivers
from screening.model.case_library import Acceptance, KnownCase, Waiver
from screening.model.catalogue import Exercise
from screening.model.expr import findings_of
from screening.model.knowledge import KnowledgeBase
from screening.model.pack import Pack
from screening.model.reviewing import as_reviewed
from screening.model.rule import AvoidDemand, Conclusion, Rule
from screening.schema import vocabulary as small
from screening.schema.keys import Of
from screening.schema.library import ACCEPTED as ACCEPTANCES
from screening.schema.questions import KIT

PACKAGED = Path(__file__).parents[1] / "knowledge"
CHECKED_OUT = Path(__file__).parents[2] / "knowledge"
SMALL_FILES = (
    "pack",
    "sources",
    "groups",
    "findings",
    "stages",
    "limits",
    "categories",
    "advice",
    "referrals",
    "clearances",
    "trainer",
)


def shipped_knowledge() -> Path:
    """Return the directory of the knowledge that comes with the program."""
    return PACKAGED if PACKAGED.is_dir() else CHECKED_OUT


def load(root: Path, *, library: bool = False, promises: bool = False) -> KnowledgeBase:
    """Return the knowledge in a directory.

    The library, which is the cases, the statements that rules cover and what is proved, is read
    only if asked for; `promises` asks for what is proved and nothing else of it.

    Raises:
        BadInputError: with every diagnostic of the stage (files, their meaning, then the cases).

    """
    return _load(_directory(root), Problems(), library=library, promises=promises)


def digest(root: Path) -> str:
    """Return the digest of the knowledge in a directory, whether or not it can be loaded.

    Raises:
        BadInputError: when there is no directory, or a file in it cannot be read.

    """
    return digest_of(take_snapshot(root).files)


def _directory(root: Path) -> Directory:
    if not os.path.isdir(root):  # noqa: PTH112 - `Path.is_dir` raises on a name that is too long
        code = Code.not_a_file if os.path.lexists(root) else Code.missing_file
        problem = Diagnostic(code, "no directory of knowledge is here", Span(str(root)))
        raise BadInputError((problem,))
    return Directory(root)


def load_snapshot(snapshot: Snapshot) -> KnowledgeBase:
    """Return the knowledge in a snapshot, as `load` would return that of its directory.

    Raises:
        BadInputError: with every diagnostic of the stage.

    """
    return _load(snapshot, Problems(), library=False)


def load_whole(snapshot: Snapshot) -> KnowledgeBase:
    """Return the knowledge in a snapshot with its library, as `load` would return it.

    Raises:
        BadInputError: with every diagnostic of the stage.

    """
    return _load(snapshot, Problems(), library=True)


def take_snapshot(root: Path) -> Snapshot:
    """Return every file of a directory that concludes: what is kept beside a conclusion.

    Raises:
        BadInputError: with every file that cannot be read.

    """
    problems = Problems()
    files = concluding(_directory(root), problems)
    if problems.errors:
        raise BadInputError(problems.sorted())
    return Snapshot(files)


@dataclass(frozen=True)
class _Wanted:
    """What a load depends on: where the files are said to be, what is in them, and what of it.

    `digest` is that of the files that conclude, and `beside` of those that do not.
    """

    shown: str
    digest: str
    beside: str
    library: bool
    promises: bool
    holds_cases: bool


_made: dict[_Wanted, KnowledgeBase] = {}
KEPT = 2  # one with its library and one without


def _load(
    source: Source, problems: Problems, *, library: bool, promises: bool = False
) -> KnowledgeBase:
    """Return the knowledge of a source; what was made of the same bytes a moment ago is kept."""
    files = Files(source, problems)
    taken = files.take(library=library, promises=promises)
    beside = digest_of({name: raw for name, raw in taken.items() if not concludes(name)})
    cases = source.holds_folder(CASES)
    wanted = _Wanted(source.shown(""), files.digest, beside, library, promises, cases)
    if wanted in _made and not problems.errors:
        return _made[wanted]
    knowledge = _read(files, taken, library=library)
    while len(_made) >= KEPT:
        _made.pop(next(iter(_made)))
    return _made.setdefault(wanted, knowledge)


def _read(files: Files, taken: Mapping[str, bytes], *, library: bool) -> KnowledgeBase:
    problems = files.problems
    with collector_paused():
        files.parse(taken)
        knowledge = _Builder(files, problems).build()
        if knowledge is not None and library and not problems.errors:
            knowledge = replace(
                knowledge,
                cases=_library(files, knowledge),
                waivers=_waivers(files, knowledge),
                accepted=_accepted(files),
                records=read_records(files),
            )
        declared = files.trees.get(SAFETY)
        if knowledge is not None and declared is not None:
            safety = read_safety(declared, knowledge, problems)
            knowledge = replace(knowledge, safety=safety)
    if problems.errors or knowledge is None:
        raise BadInputError(problems.sorted())
    return _as_signed(knowledge)


def _as_signed(knowledge: KnowledgeBase) -> KnowledgeBase:
    """Return the knowledge in which reviews count only while what was seen is as it was."""
    counts = as_reviewed(knowledge)
    rules = {
        name: replace(rule, review=replace(rule.review, stands=counts[name]))
        if name in counts
        else rule
        for name, rule in knowledge.rules.items()
    }
    return replace(knowledge, rules=rules) if counts else knowledge


def _library(files: Files, knowledge: KnowledgeBase) -> Mapping[str, KnownCase]:
    """Return the cases by id; a folder of cases that holds none is noted."""
    found = read_cases(files.below(CASES), knowledge, files.problems)
    if files.source.holds_folder(CASES) and not found and not files.problems.errors:
        message = "the folder of cases holds none"
        files.problems.add(Code.empty_folder, Span(files.shown(CASES)), message)
    return found


def _waivers(files: Files, knowledge: KnowledgeBase) -> tuple[Waiver, ...]:
    tree = files.trees.get(WAIVERS)
    reader = Reader(files.problems, known={Of.RULE: knowledge.rules})
    return () if tree is None else read_waivers(tree, reader)


def _accepted(files: Files) -> tuple[Acceptance, ...]:
    tree = files.trees.get(ACCEPTED)
    return () if tree is None else Reader(files.problems).file(tree, ACCEPTANCES)


@dataclass
class _Builder:
    """Reads the files in the order their names are needed."""

    files: Files
    problems: Problems

    def build(self) -> KnowledgeBase | None:
        """Return the knowledge base, or None when a file is missing or unreadable."""
        trees = {name: self.files.one(name) for name in SMALL_FILES}
        present = {name: tree for name, tree in trees.items() if tree is not None}
        if len(present) < len(SMALL_FILES) or self.problems.errors:
            return None
        problems, reader = self.problems, Reader(self.problems)
        sources = reader.file(present["sources"], small.SOURCES)
        reader.known = {Of.SOURCE: sources}
        named = self.files.trees.get("parameters.yaml")
        parameters = {} if named is None else reader.file(named, small.PARAMETERS)
        reader.parameters = parameters
        groups = reader.file(present["groups"], small.GROUPS)
        findings = reader.file(present["findings"], small.FINDINGS)
        stages = reader.file(present["stages"], small.STAGES)
        limits = reader.file(present["limits"], small.LIMITS)
        categories = reader.file(present["categories"], small.CATEGORIES)
        advice = reader.file(present["advice"], small.ADVICE)
        levels, targets = read_referrals(present["referrals"], problems)
        worded = self.files.trees.get("regions.yaml")
        countries = {} if worded is None else reader.file(worded, small.COUNTRIES)
        people = self.files.trees.get("reviewers.yaml")
        reviewers = {} if people is None else reader.file(people, small.REVIEWERS)
        clearances = reader.file(present["clearances"], small.CLEARANCES)
        trainer_note, trainer_questions = read_trainer(present["trainer"], reader)
        asked = QuestionReader(groups, parameters, problems)
        for _, tree in self.files.below("questions"):
            asked.read(tree)
        questions = asked.finish()
        pack = self._pack(present["pack"], reader)
        lists = asked.lists.found
        summed = self.files.trees.get("scores.yaml")
        taken = {**questions, **findings, **lists}
        scores = read_scores(summed, reader, questions, taken, problems)
        vocabulary = Vocabulary(questions, findings, groups, parameters, lists, scores)
        listed = self.files.trees.get("cautions.yaml")
        cautions = read_cautions(listed, reader, vocabulary, problems)
        kit = self.files.trees.get("equipment.yaml")
        equipment = {} if kit is None else reader.file(kit, KIT)
        catalogue = ExerciseReader(
            questions,
            findings,
            categories,
            sources,
            pack.directions,
            equipment,
            cautions,
            problems,
        )
        for _, tree in self.files.below("exercises"):
            catalogue.read(tree)
        names = Names(
            questions,
            findings,
            stages,
            limits,
            categories,
            advice,
            targets,
            catalogue.found,
            clearances,
            parameters,
            pack.directions,
        )
        dated = self.files.trees.get(RENAMED)
        called, old = read_renamed(dated, questions, catalogue.found, problems)
        coverage = self.files.trees.get(COVERAGE)
        stated = None if coverage is None else StatementReader(names, problems).read(coverage)
        rules = self._rules(
            RuleReader(
                vocabulary,
                ConclusionReader(names, problems),
                sources,
                stated,
                problems,
            ),
            catalogue,
        )
        known: dict[Of, Collection[str]] = {
            Of.CATEGORY: categories,
            Of.CLEARANCE: clearances,
            Of.LIMIT: limits,
            Of.EXERCISE: catalogue.found,
            Of.RULE: rules,
        }
        hour = self.files.trees.get("session.yaml")
        session = read_session(
            hour, known, catalogue.found, {*findings, *stages}, vocabulary, problems
        )
        for category in categories.values():
            if category.dose.source not in sources:
                message = f"no source {quoted(category.dose.source)}"
                problems.add(Code.dangling_source, category.at, message)
        return KnowledgeBase(
            pack=pack,
            topics=tuple(asked.topics),
            questions=questions,
            groups=groups,
            findings=findings,
            stages=stages,
            limits=limits,
            categories=categories,
            advice=advice,
            levels=levels,
            targets=targets,
            sources=sources,
            equipment=equipment,
            cautions=cautions,
            exercises=catalogue.found,
            session=session,
            rules=rules,
            statements=stated or {},
            clearances=clearances,
            trainer_questions=trainer_questions,
            trainer_note=trainer_note,
            digest=self.files.digest,
            parameters=parameters,
            renamed=old,
            called=called,
            countries=countries,
            reviewers=reviewers,
            drawings=self.files.drawings,
            tick_lists=lists,
            scores=scores,
        )

    def _pack(self, node: Node, reader: Reader) -> Pack:
        """Return the pack; where it names no directions, those the exercises load."""
        pack = reader.file(node, small.PACK)
        loaded = directions_in(tree for _, tree in self.files.below("exercises"))
        return replace(pack, directions=pack.directions or loaded)

    def _rules(self, reader: RuleReader, catalogue: ExerciseReader) -> dict[str, Rule]:
        """Return the written rules and those of the catalogue, by id."""
        found: dict[str, Rule] = {}
        own = {exercise: frozenset(found) for exercise, found in catalogue.by_finding().items()}
        for path, tree in self.files.below(RULES):
            rule = reader.read(tree, path)
            if rule is None:
                continue
            if rule.id in found:
                message = f"the id {quoted(rule.id)} is used twice"
                self.problems.add(Code.duplicate_id, rule.at, message)
            found[rule.id] = _aimed(rule, catalogue.found, own)
        found.update((rule.id, rule) for rule in catalogue.rules())
        return found


def _aimed(
    rule: Rule, exercises: Mapping[str, Exercise], verdicts: Mapping[str, frozenset[str]]
) -> Rule:
    """Return the rule with the exercises filled in that its avoided directions reach."""

    def aim(conclusion: Conclusion) -> Conclusion:
        if not isinstance(conclusion, AvoidDemand):
            return conclusion
        hit = reached(exercises, verdicts, conclusion.direction, findings_of(rule.when))
        return replace(conclusion, exercises=hit)

    return replace(rule, then=tuple(aim(conclusion) for conclusion in rule.then))
