"""From `cases/*.yaml` to the case library."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath

from screening.diagnostics import Code, Problems, Span, quoted, suggestion
from screening.errors import BadInputError
from screening.load.entries import Hand, Reader
from screening.load.follow import check_follows
from screening.load.intake import read_programme
from screening.load.mapping_reader import WHOLE_NUMBER, Fields
from screening.load.phrase import Vocabulary
from screening.load.renamed import todays
from screening.load.rules import check_file_name, read_answers
from screening.load.tree import Mapping as MappingNode
from screening.load.tree import Node, Sequence, Text, parse
from screening.model.case_library import Claim, Expected, KnownCase, Named, Origin, Verb
from screening.model.ids import Sort
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.vocabularies import Firmness, Level, Strength
from screening.schema.keys import Of
from screening.schema.library import BOUNDS, CASE, EXPECT

OF_PROGRAMME = (Verb.MODIFY, Verb.KEEP)
CODES = {Sort.FINDING: Code.dangling_finding, Sort.QUESTION: Code.dangling_question}
VERBS = {verb.value: verb for verb in Verb}
LEAST: Mapping[Verb, Mapping[str, Strength | Firmness]] = {
    Verb.FIND: {strength.word: strength for strength in Strength},
    Verb.AVOID: {firmness.word: firmness for firmness in Firmness},
}


def read_cases(
    trees: Iterable[tuple[PurePath, Node]], knowledge: KnowledgeBase, problems: Problems
) -> Mapping[str, KnownCase]:
    """Return the cases of the files by id, in order of path."""
    found: dict[str, KnownCase] = {}
    reader = _CaseReader(knowledge, problems)
    for path, tree in trees:
        case = reader.read(tree, path)
        if case is None:
            continue
        if case.id in found:
            message = f"the id {quoted(case.id)} is used twice"
            problems.add(Code.duplicate_id, case.at, message)
        found[case.id] = case
    check_follows(found, problems)
    return found


def read_claim(written: str, knowledge: KnowledgeBase, programme: tuple[str, ...]) -> Claim:
    """Return the claim a text makes about a client with a programme, as in `must` of a case.

    Raises:
        BadInputError: when it makes none.

    """
    problems = Problems()
    reader = _CaseReader(knowledge, problems, programme)
    node = parse(f"[{json.dumps(written)}]", "the claim", problems)
    claim = reader.claim(node.items[0]) if isinstance(node, Sequence) else None
    if claim is None or problems.errors:
        raise BadInputError(problems.sorted())
    return claim


@dataclass
class _CaseReader:
    """Reads case files against a knowledge base."""

    knowledge: KnowledgeBase
    problems: Problems
    programme: tuple[str, ...] = ()  # of the case being read

    def read(self, node: Node, path: PurePath) -> KnownCase | None:
        """Return the case of one file, or None when it is not a mapping."""
        fields = Fields.of(node, self.problems, CASE.what)
        if fields is None:
            return None
        self.programme = read_programme(fields, self.knowledge, self.problems)
        hands: dict[str, Hand] = {CASE.what: self._case, EXPECT.what: self._expected}
        known = {Of.SOURCE: self.knowledge.sources}
        case = Reader(self.problems, hands, known).entry(fields, CASE)
        check_file_name(fields, case.id, path, "case", self.problems)
        return case

    def _case(self, fields: Fields, case: KnownCase) -> KnownCase:
        if case.origin is Origin.SYNTHETIC:
            self._only_published(fields, "source", case.source)
            self._only_published(fields, "action", case.action.text if case.action else "")
        answers = self._answers(fields, "answers")
        return replace(
            case,
            answers=answers,
            assumed=self._assumed(fields, answers),
            programme=self.programme,
            follows_at=fields.value_place("follows"),
        )

    def _only_published(self, fields: Fields, key: str, written: str) -> None:
        if written:
            message = f"`{key}` belongs to a published case, this one is synthetic"
            self.problems.add(Code.wrong_kind, fields.place(key), message)

    def _answers(self, fields: Fields, key: str) -> dict[str, Value]:
        node = fields.get(key)
        if node is None:
            return {}
        if not isinstance(node, MappingNode):
            message = f"`{key}` must map questions to answers"
            self.problems.add(Code.wrong_shape, node.at, message)
            return {}
        answers, said = todays(node, self.knowledge, self.problems)
        self.problems.found.extend(said)
        known, lists = self.knowledge.questions, self.knowledge.tick_lists
        return read_answers(answers, Vocabulary(known, {}, {}, tick_lists=lists), self.problems)

    def _assumed(self, fields: Fields, answers: Mapping[str, Value]) -> dict[str, Value]:
        assumed = self._answers(fields, "assumed")
        node = fields.get("assumed")
        for key in node.keys if isinstance(node, MappingNode) else ():
            if key.value in answers:
                message = f"{quoted(key.value)} is both reported and assumed"
                self.problems.add(Code.duplicate_key, key.at, message, "keep it in one of them")
        return {question: value for question, value in assumed.items() if question not in answers}

    def _expected(self, fields: Fields, nothing: Expected) -> Expected:
        if not fields.node.keys:
            self.problems.add(Code.empty_value, fields.node.at, "nothing is expected")
        at_least, at_most = self._bounds(fields)
        return replace(
            nothing,
            at_least=at_least,
            at_most=at_most,
            pattern=tuple(self._claims(fields, "pattern", only=Verb.FIND)),
            must=tuple(self._claims(fields, "must")),
            must_not=tuple(self._claims(fields, "must_not")),
            rules=tuple(self._rules(fields, "rules")),
            not_rules=tuple(self._rules(fields, "not_rules")),
            referral_at=fields.place("referral"),
        )

    def _bounds(self, fields: Fields) -> tuple[Level, Level]:
        inner = fields.mapping("referral")
        if inner is None:
            return Level.NONE, Level.EMERGENCY
        low, high = Reader(self.problems).entry(inner, BOUNDS)
        exact = "is" in inner.node.by_key
        if not inner.node.keys or low > high or (exact and len(inner.node.keys) > 1):
            message = "`referral` takes `is`, or `at_least` and `at_most` with a level between"
            self.problems.add(Code.wrong_shape, inner.node.at, message, "as in `{is: routine}`")
        return low, high

    def _rules(self, fields: Fields, key: str) -> Iterator[Named]:
        for text in fields.texts(key):
            self._known(text.value, self.knowledge.rules, "rule", text.at)
            yield Named(text.value, text.at)

    def _claims(self, fields: Fields, key: str, only: Verb | None = None) -> Iterator[Claim]:
        for text in fields.texts(key):
            claim = self.claim(text, only)
            if claim is not None:
                yield claim

    def claim(self, text: Node, only: Verb | None = None) -> Claim | None:
        """Return the claim a text makes; a pattern leaves the verb `find` out."""
        if not isinstance(text, Text):
            return None
        words = text.value.split()
        by = ""
        if only is None and len(words) > 3 and words[-2] == "by":  # noqa: PLR2004 - V X by RULE
            by, words = words[-1], words[:-2]
            self._known(by, self.knowledge.rules, "rule", text.at)
        verb = only or VERBS.get(words.pop(0) if words else "")
        least, number = None, None
        legal = None if verb is None else LEAST.get(verb)
        if legal and words[1:2] == ["is"] and len(words) == 3:  # noqa: PLR2004 - X is Y
            least = legal.get(words[2])
            if least is None:
                message = f"`{words[0]}` cannot be {quoted(words[2])}"
                self.problems.add(Code.bad_word, text.at, message, suggestion(words[2], legal))
            words = words[:1]
        if verb is Verb.LIMIT and words[1:2] == ["is"] and len(words) == 3:  # noqa: PLR2004 - same
            number = self._number(words[2], text.at)
            words = words[:1]
        if verb is None or len(words) != 1:
            message = f"{quoted(text.value)} says nothing that can be expected"
            help_ = (
                "as in `[stiff, tired is supported]`" if only else f"one of: {', '.join(VERBS)}"
            )
            self.problems.add(Code.bad_phrase, text.at, message, help_)
            return None
        self._targeted(verb, words[0], text.at)
        return Claim(verb, words[0], least, number, by, text.at)

    def _number(self, written: str, at: Span) -> int | None:
        if WHOLE_NUMBER.fullmatch(written):
            return int(written)
        message = f"a limit is a whole number, found {quoted(written)}"
        self.problems.add(Code.bad_number, at, message)
        return None

    def _targeted(self, verb: Verb, target: str, at: Span) -> None:
        """Note a target that is not what the verb speaks about."""
        if not verb.sorts:
            return
        legal = [name for sort in verb.sorts for name in self.knowledge.named(sort)]
        kinds = [sort.value for sort in verb.sorts]
        if verb is Verb.AVOID:
            legal, kinds = [*legal, *self.knowledge.pack.directions], [*kinds, "direction"]
        *others, last = kinds
        what = f"{', '.join(others)} or {last}" if others else last
        code = CODES.get(verb.sorts[0], Code.dangling_target)
        known = self._known(target, legal, what, at, code)
        if known and verb in OF_PROGRAMME:
            self._listed(target, at)

    def _listed(self, exercise: str, at: Span) -> None:
        if exercise not in self.programme:
            message = f"`{exercise}` is not in the programme of this case"
            self.problems.add(Code.unlisted_exercise, at, message, "add it under `programme`")

    def _known(
        self,
        name: str,
        legal: Collection[str],
        what: str,
        at: Span,
        code: Code = Code.dangling_target,
    ) -> bool:
        if name in legal:
            return True
        help_ = "" if self.problems.many else suggestion(name, legal)
        self.problems.add(code, at, f"no {what} {quoted(name)}", help_)
        return False
