"""From a concluded case to the letter that goes with the client to whoever is to look.

Every sentence in it is an answer in the question's own words, what a rule has the client say, or
stands here. Answers to private questions are in it only where the client agreed to that.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from screening.explain.evidence import Ground
from screening.explain.explanation import AnsweredFact
from screening.explain.reasons import GRADES, reasons
from screening.explain.words import answer_words, answered
from screening.model.expr import IsUnknown, leaves
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.reply_slip import SlipAnswer, SlipField
from screening.model.rule import Refer, Rule
from screening.model.terms import Clearance
from screening.model.vocabularies import Level, Truth, Unknown
from screening.render.local import in_words_of
from screening.render.page import (
    Blank,
    Blanks,
    Block,
    Bullets,
    Cut,
    Heading,
    Pairs,
    PaperSize,
    Paragraph,
    counted,
)
from screening.render.paper import Paper
from screening.render.small_print import day_words, small_print

REASONS = 3  # the strongest line of the highest level, and at most two more of that level
ACTIVITIES = 6  # groups that the slip lists
SHOWN = 8  # answers of a sort that are written out
FEW = 5  # the same of what says least: harmless answers, and what was not asked
PRIVATE = "an answer to a private health question, which the client can show you"
ASKS = (
    "Please look at the client, and write on the slip which activities to leave out, within which "
    "limits, and until when. I ask for advice and limits. “Not for now” and “I cannot advise” are "
    "answers too."
)
STANDS = (
    "I am a personal trainer. I do not diagnose. These are the client's answers, read by rules."
)
CARRIED = "The client agrees that this letter, with the answers in it, goes to:"
NOTHING = ("no", "none")  # answers that say that there is nothing of what was asked about
LINES = (
    (SlipField.SEEN,),
    (SlipField.ANSWER,),
    (SlipField.ACTIVITIES,),
    (SlipField.LIMITS,),
    (SlipField.UNTIL,),
    (SlipField.STOP_IF,),
    (SlipField.MAY_CONTACT, SlipField.BY),
    (SlipField.ROLE, SlipField.DATE),
)  # what stands beside what; the order is that of the slip
SENTENCE = re.compile(r"(?<=[.!?])\s+")
ASKED = re.compile(r"\?$|^Please ")  # of whom the client calls; what is asked here stands below


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says beside the conclusion: to which target, of which day, on what paper.

    `named` is what the case is called, `name` the client's own, if it is kept; `private` are the
    private questions whose answers the client lets into it; `head` is that of the record, empty
    for a case that is on none. It is in the words of its `country`.
    """

    to: str
    named: str
    on: datetime.date | None = None
    size: PaperSize = PaperSize.A4
    name: str = ""
    private: tuple[str, ...] = ()
    head: str = ""
    country: str = ""


def letter_paper(ground: Ground, letter: Letter) -> Paper:
    """Return the letter about a case that is to be looked at: one sheet with a reply slip."""
    knowledge = ground.knowledge
    title = f"Letter about {letter.named}"
    country = knowledge.countries.get(letter.country)
    page = in_words_of(country, tuple(_Writing(ground, letter).blocks()))
    foot = (_small_print(letter, knowledge), knowledge.pack.review)
    return Paper(title, knowledge.pack.language, letter.size, page, foot)


def _small_print(letter: Letter, knowledge: KnowledgeBase) -> str:
    return small_print(letter.named, letter.on, knowledge, letter.head)


def clearance_asked(ground: Ground) -> Clearance | None:
    """Return the clearance for which somebody is to be asked; None where nobody is."""
    asked = ground.assessment.clearance
    kind = None if asked is None else ground.knowledge.clearances[asked.id]
    return kind if kind is not None and kind.say else None


def kept_out(ground: Ground, letter: Letter) -> tuple[str, ...]:
    """Return the private questions that were answered and stay out, in asking order."""
    return tuple(
        name
        for name, question in ground.knowledge.questions.items()
        if question.intimate
        and name not in letter.private
        and ground.answers.get(name, Unknown.NOT_APPLICABLE) is not Unknown.NOT_APPLICABLE
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """Why one rule sends the client: in a sentence, and the answers behind it."""

    why: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class _Writing:
    """One letter being written."""

    ground: Ground
    letter: Letter

    @property
    def knowledge(self) -> KnowledgeBase:
        return self.ground.knowledge

    @property
    def level(self) -> Level:
        return self.ground.assessment.referral.level

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The private questions whose answers stay out of it."""
        private = {name for name, one in self.knowledge.questions.items() if one.intimate}
        return frozenset(private.difference(self.letter.private))

    @cached_property
    def lines(self) -> tuple[_Line, ...]:
        """What sends the client, the strongest line first."""
        return tuple(self._line(rule) for rule in sorted(self._sending(), key=self._strength))

    def _sending(self) -> Iterator[Rule]:
        """Yield the rules of the highest level; where none refers, those that want a clearance."""
        found = self.ground.assessment
        asked = () if found.clearance is None else found.clearance.rules
        for name in found.referral.decisive if self.level > Level.MONITOR else asked:
            yield self.knowledge.rules[name]

    def _strength(self, rule: Rule) -> tuple[bool, bool, int, str]:
        """Return what orders reasons: certain and not private first, then by best evidence."""
        certain = self.ground.truth(rule.id) is Truth.TRUE
        grades = (GRADES.index(one.grade) for one in rule.evidence)
        return not certain, self._private(rule), min(grades, default=len(GRADES)), rule.id

    def _private(self, rule: Rule) -> bool:
        """Tell whether a rule rests on an answer that stays out of the letter."""
        rested = {
            name
            for reason in reasons(self.ground, (rule.id,))
            for fact in reason.facts
            for name, _ in fact.answers
        }
        return not self.hidden.isdisjoint(rested)

    def _line(self, rule: Rule) -> _Line:
        if self._private(rule):
            return _Line(PRIVATE, ())
        found = reasons(self.ground, (rule.id,))
        facts = tuple(dict.fromkeys(self._fact(fact) for reason in found for fact in reason.facts))
        return _Line(self._told(rule) or "; ".join(facts) or rule.title, facts)

    def _fact(self, fact: AnsweredFact) -> str:
        """Return what was answered, points with the most there are."""
        for name, value in fact.answers if len(fact.answers) == 1 else ():
            question = self.knowledge.questions[name]
            return fact.words.replace(answered(question, value), _scored(question, value), 1)
        return fact.words

    def _told(self, rule: Rule) -> str:
        """Return what the rule has the client say, without what it asks; nothing if unsure.

        Nobody is to report what was never said: where an unknown answer counts, facts stand alone.
        """
        unsure = any(isinstance(leaf, IsUnknown) for leaf in leaves(rule.when))
        if unsure or self.ground.truth(rule.id) is not Truth.TRUE:
            return ""
        tell = next((one.tell for one in rule.then if isinstance(one, Refer)), "")
        said = " ".join(one for one in SENTENCE.split(tell) if not ASKED.search(one))
        return f"“{said}”" if said else ""

    def blocks(self) -> Iterator[Block]:
        yield from self._head()
        yield from self._asked()
        yield from self._reasons()
        yield Heading("Other answers")
        yield _filled((*self._background(), *self._not_known()))
        yield from self._meanwhile()
        yield Heading("Who writes")
        yield Paragraph(STANDS)
        yield Paragraph(CARRIED)
        yield Blanks((Blank("Name"), Blank("Client's signature, date")))
        yield from self._slip()

    def _head(self) -> Iterator[Block]:
        level = self.knowledge.levels[self.level]
        wanted = _lowered(level.title) if self.level > Level.MONITOR else "advice on exercise"
        yield Heading(f"Request: {wanted}")
        yield Paragraph(f"Why: {self.lines[0].why}")
        target = self.knowledge.targets[self.letter.to]
        rows = [("To", target.title)]
        rows += [("About", self.letter.name)] if self.letter.name else []
        rows += [("Date", day_words(self.letter.on))] if self.letter.on else []
        yield Pairs(tuple(rows))
        unknown = (("About (name)", self.letter.name), ("Date", self.letter.on))
        labels = [label for label, known in unknown if not known]
        yield Blanks(tuple(map(Blank, (*labels, "Born on"))))
        yield Blanks((Blank("From (trainer, gym, phone)"),))

    def _asked(self) -> Iterator[Block]:
        yield Heading("Asked of you")
        yield Paragraph(ASKS)

    def _reasons(self) -> Iterator[Block]:
        yield Heading("The answers behind it")
        shown: dict[str, None] = {}
        facts: set[str] = set()
        for line in self.lines[:REASONS]:
            if not line.facts or not facts.issuperset(line.facts):
                shown["; ".join(line.facts) or line.why] = None
            facts.update(line.facts)
        yield Bullets(tuple(shown))
        more = len(self.lines) - REASONS
        if more > 0:
            yield Paragraph(f"And {counted(more, 'reason')} more of this level, on request.")

    @cached_property
    def told(self) -> frozenset[str]:
        """The questions whose answers are among the reasons."""
        return frozenset(
            name
            for rule in self._sending()
            for reason in reasons(self.ground, (rule.id,))
            for fact in reason.facts
            for name, _ in fact.answers
        )

    def _answers(self) -> Iterator[tuple[Question, Value]]:
        """Yield the answers that may be written out: those let in, then all in asking order."""
        questions = self.knowledge.questions
        for name in dict.fromkeys((*self.letter.private, *questions)):
            question = questions[name]
            if (
                name not in self.hidden
                and question.derived is None
                and name in self.ground.answers
            ):
                yield question, self.ground.answers[name]

    def _background(self) -> Iterator[tuple[str, str]]:
        """Yield what else was answered, by sort."""
        sorts: dict[str, list[str]] = {sort: [] for sort in SORTS}
        for question, value in self._answers():
            sort = _sort(question, value)
            if sort is not None and question.id not in self.told:
                sorts[sort].append(
                    _scored(question, value) if sort in WITH_ANSWER else question.short
                )
        for sort, texts in sorts.items():
            yield sort, _some(texts, FEW if sort == "Asked, and no" else SHOWN)

    def _not_known(self) -> Iterator[tuple[str, str]]:
        """Yield what was asked and not answered, what stays out, and what was not asked."""
        given = self.ground.answers
        for label, unknown in (("Not known", Unknown.DONT_KNOW), ("Not said", Unknown.DECLINED)):
            yield label, _some(q.short for q, value in self._answers() if value is unknown)
        private = kept_out(self.ground, self.letter)
        if private:
            yield (
                "Private",
                f"{counted(len(private), 'question')} answered, kept out of this letter",
            )
        left = (
            question.short
            for name, question in self.knowledge.questions.items()
            if name not in self.hidden | given.keys()
            and question.safety >= Level.ROUTINE
            and question.derived is None
        )
        yield "Not asked", _some(left, FEW)

    def _meanwhile(self) -> Iterator[Block]:
        yield Heading("Meanwhile")
        yield _filled(self._held_back())

    def _held_back(self) -> Iterator[tuple[str, str]]:
        """Yield what the client does and was told until somebody has looked."""
        clearance = clearance_asked(self.ground)
        if self.level > Level.MONITOR:
            yield "Training", self.knowledge.levels[self.level].exercise
            told = self.ground.assessment.referral.to
            yield "Advised so far", " ".join(self.knowledge.targets[to].how for to in told)
        if clearance is not None:
            yield clearance.title, clearance.meanwhile
        if self.level < Level.WITHIN_DAYS:  # from there on next to all is held back, as said
            titles = (self.knowledge.categories[name].title for name in self._left_out())
            yield "Left out", _some(title.lower() for title in titles)

    def _left_out(self) -> Iterator[str]:
        """Yield the categories that are held back: withheld, or to be avoided."""
        found = self.ground.assessment
        targets = (*(one.target for one in found.withheld), *(one.target for one in found.avoid))
        yield from dict.fromkeys(name for name in targets if name in self.knowledge.categories)

    def _slip(self) -> Iterator[Block]:
        yield Cut("Reply slip, for the client to take back to the trainer")
        yield Paragraph(_small_print(self.letter, self.knowledge))
        for fields in LINES:
            yield Blanks(tuple(blank for field in fields for blank in self._blanks(field)))

    def _blanks(self, field: SlipField) -> Iterator[Blank]:
        """Yield what the slip asks for a field; of activities, each on its own."""
        match field:
            case SlipField.ANSWER:
                yield Blank(field.label, tuple(answer.label for answer in SlipAnswer))
            case SlipField.ACTIVITIES:
                yield from (Blank(title, ("yes", "limited", "no")) for title in self._activities())
            case SlipField.MAY_CONTACT:
                yield Blank(field.label, ("yes", "no"))
            case _:
                yield Blank(field.label)

    def _activities(self) -> tuple[str, ...]:
        """Return what the slip asks about: what is held back first, then the catalogue's order."""
        names = dict.fromkeys((*self._left_out(), *self.knowledge.categories))
        return tuple(self.knowledge.categories[name].title for name in names)[:ACTIVITIES]


SORTS = ("In numbers", "Also answered", "Brings it on", "Eases it", "Asked, and no")
WITH_ANSWER = SORTS[:2]
MOVES = {"provokes": "Brings it on", "relieves": "Eases it"}


def _sort(question: Question, value: Value) -> str | None:
    """Return under what an answer is listed; None for one that is not."""
    if isinstance(value, Unknown):
        return None
    if question.is_movement:
        return MOVES.get(str(value))
    if question.is_number:
        return "In numbers"
    counts = question.safety >= Level.ROUTINE
    if value in NOTHING and counts:
        return "Asked, and no"
    return "Also answered" if counts or question.concerns(value) else None


def _filled(rows: Iterable[tuple[str, str]]) -> Pairs:
    """Return labelled texts, without those that are empty."""
    return Pairs(tuple((label, words) for label, words in rows if words))


def _scored(question: Question, value: Value) -> str:
    """Return an answer in words, points with the most there are."""
    if question.unit == "points" and isinstance(value, int):
        scale = question.scale
        return f"{question.short}: {scale.write(value)} of {scale.write(question.high)}"
    return f"{question.short}: {answer_words(question, value)}"


def _some(items: Iterable[str], most: int = SHOWN) -> str:
    """Return the first of some texts on one line, and how many more there are."""
    texts = tuple(items)
    more = len(texts) - most
    shown = "; ".join(texts[:most])
    return f"{shown}; and {more} more, on request" if more > 0 else shown


def _lowered(title: str) -> str:
    return title[:1].lower() + title[1:]
