"""From `scores.yaml` to scores, every answer with the points it gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from screening.diagnostics import Code, Problems, quoted, suggestion
from screening.load.entries import Reader
from screening.load.mapping_reader import WHOLE_NUMBER, Fields
from screening.load.tree import Mapping as MappingNode
from screening.load.tree import Node, Text
from screening.model.question import Question
from screening.model.score import Band, Score, ScoreItem
from screening.model.terms import DeclaredScore
from screening.model.vocabularies import Unknown
from screening.schema.keys import ID, Of
from screening.schema.scores import SCORE, SCORES

MOST_UNITS = 1000
"""The steps a sum may take: published scores take some 50, and each costs a gate in proofs."""


def read_scores(
    node: Node | None,
    reader: Reader,
    questions: Mapping[str, Question],
    taken: Mapping[str, object],
    problems: Problems,
) -> Mapping[str, DeclaredScore]:
    """Return the scores by id; `taken` are names that conditions give to something else."""
    if node is None:
        return {}
    hand = _ScoreReader(questions, taken, problems)
    sources = {Of.SOURCE: reader.known[Of.SOURCE]}
    Reader(problems, {SCORE.what: hand.keep}, sources).file(node, SCORES)
    return hand.found


@dataclass
class _ScoreReader:
    """Finishes what the schema leaves open: items and bands."""

    questions: Mapping[str, Question]
    taken: Mapping[str, object]
    problems: Problems
    found: dict[str, DeclaredScore] = field(default_factory=dict)

    def keep(self, fields: Fields, declared: DeclaredScore) -> DeclaredScore:
        """Keep a score with its items and bands."""
        score = declared.score
        if score.id in self.taken or score.id in self.found:
            message = f"the id {quoted(score.id)} is used twice"
            self.problems.add(Code.duplicate_id, fields.value_place("id"), message)
        if not declared.evidence:
            message = f"the score {quoted(score.id)} names no source"
            self.problems.add(Code.missing_evidence, fields.node.at, message, "add `evidence:`")
        before = len(self.problems.found)
        items = tuple(self._items(fields.quiet))
        whole = len(self.problems.found) == before
        score = replace(score, items=items if whole else ())  # no sum is known of a part
        units = len(score.units)
        if units > MOST_UNITS:
            message = f"the sums of {quoted(score.id)} take {units} steps; at most {MOST_UNITS}"
            help_ = "divide all points by a common number"
            self.problems.add(Code.out_of_range, fields.value_place("items"), message, help_)
            score = replace(score, items=())
        score = replace(score, bands=tuple(self._bands(fields, score)))
        kept = replace(declared, score=score, at=fields.node.at)
        if score.id not in self.taken:
            self.found.setdefault(score.id, kept)
        return kept

    def _items(self, score: Fields) -> Iterator[ScoreItem]:
        """Yield an item for each question of each entry."""
        seen: dict[str, None] = {}
        for entry in score.mappings("items", "an item of a score"):
            fields = Fields(entry.node, self.problems)
            for text in fields.texts("of"):
                question = self.questions.get(text.value)
                if question is None:
                    message = f"no question {quoted(text.value)}"
                    help_ = suggestion(text.value, self.questions)
                    self.problems.add(Code.dangling_question, text.at, message, help_)
                elif text.value in seen:
                    message = f"{quoted(text.value)} is summed twice"
                    help_ = "each question stands in one item, with all its points"
                    self.problems.add(Code.duplicate_id, text.at, message, help_)
                else:
                    seen[text.value] = None
                    yield from self._item(fields, question, text)

    def _item(self, fields: Fields, question: Question, text: Text) -> Iterator[ScoreItem]:
        wanted, other = ("from", "points") if question.is_number else ("points", "from")
        if other in fields.node.by_key or wanted not in fields.node.by_key:
            what = "a number" if question.is_number else "no number"
            message = f"{quoted(text.value)} is {what}: `{wanted}` says what it gives"
            self.problems.add(Code.wrong_kind, text.at, message)
            return
        before = len(self.problems.found)
        given = tuple(_numbers(fields, wanted, self.problems))
        words = self._words(question, given)
        ranges = self._ranges(question, given) if question.is_number else ()
        item = ScoreItem(question.id, words, ranges)
        if len(item.points) > 1:
            yield item
        elif len(self.problems.found) == before:
            message = f"every answer to {quoted(text.value)} gives the same"
            help_ = "leave it out, or give an answer other points"
            self.problems.add(Code.pointless_item, text.at, message, help_)

    def _words(
        self, question: Question, given: tuple[tuple[Text, int], ...]
    ) -> tuple[tuple[str, int], ...]:
        """Return what each word gives; where it does not always apply, that gives nothing."""
        open_ = ((Unknown.NOT_APPLICABLE.value, 0),) if question.only_if is not None else ()
        if question.is_number:
            return open_
        for name, _ in given:
            if name.value not in question.words:
                message = f"`{question.id}` has no answer {quoted(name.value)}"
                help_ = suggestion(name.value, question.words)
                self.problems.add(Code.dangling_answer, name.at, message, help_)
        points = {name.value: number for name, number in given}
        return (*((word, points.get(word, 0)) for word in question.words), *open_)

    def _ranges(
        self, question: Question, given: tuple[tuple[Text, int], ...]
    ) -> tuple[tuple[int, int, int], ...]:
        """Return what numbers give, from the lowest to the highest there is."""
        steps = [(question.low, 0)]
        for name, number in given:
            begins = question.scale.read(name.value)
            if begins is None or not steps[-1][0] <= begins <= question.high:
                message = f"{quoted(name.value)} is no number of `{question.id}` above the last"
                help_ = f"`{question.id}` is {question.span}; `from` rises"
                self.problems.add(Code.out_of_range, name.at, message, help_)
                continue
            if steps[-1][0] == begins:
                steps.pop()
            steps.append((begins, number))
        ends = [begins - 1 for begins, _ in steps[1:]] + [question.high]
        return tuple((low, high, gives) for (low, gives), high in zip(steps, ends, strict=True))

    def _bands(self, fields: Fields, score: Score) -> Iterator[Band]:
        """Yield the bands that some sum reaches, each above the one before."""
        last: int | None = None
        for name, begins in _numbers(fields, "bands", self.problems):
            if not ID.shape.fullmatch(name.value):
                message = ID.otherwise.format(key="bands", found=quoted(name.value))
                self.problems.add(ID.code, name.at, message, ID.help)
                continue
            if score.items and not score.least <= begins <= score.most:
                message = f"`{score.id}` is {score.least} to {score.most}, found {begins}"
                self.problems.add(Code.bad_band, name.at, message)
            elif last is not None and begins <= last:
                message = f"{quoted(name.value)} begins at {begins}, and the one before at {last}"
                self.problems.add(Code.bad_band, name.at, message, "bands rise")
            else:
                last = begins
                yield Band(name.value, begins)


def _numbers(fields: Fields, key: str, problems: Problems) -> Iterator[tuple[Text, int]]:
    """Yield the keys of a mapping to whole numbers, each with its number."""
    node = fields.get(key)
    if node is None:
        return
    if not isinstance(node, MappingNode):
        message = f"`{key}` must be a mapping"
        problems.add(Code.wrong_shape, node.at, message)
        return
    for name, value in node.entries:
        written = value.value if isinstance(value, Text) else ""
        if WHOLE_NUMBER.fullmatch(written):
            yield name, int(written)
        else:
            message = f"{quoted(name.value)} must have a whole number, found {quoted(written)}"
            problems.add(Code.bad_number, value.at, message)
