"""Who is asking: the trainers of this computer, kept once, and named in what each one screens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from screening.diagnostics import quoted, suggestion
from screening.errors import MisuseError
from screening.interview.asked import digest_of, said
from screening.interview.recall import OPEN
from screening.interview.talk import Opening
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.vocabularies import ASKED_UNKNOWN
from screening.records.event import BY_SETTINGS, Answered, CaseEvent, Changed, Resumed, Started

LONGEST = 20  # characters of initials: they stand in lists and at the foot of a sheet


@dataclass(frozen=True, slots=True)
class TrainerAnswer:
    """What a trainer says of themselves, once: the answer to a question for trainers."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Trainer:
    """A trainer: the initials that go on record, a name if they gave one, and their answers."""

    initials: str
    name: str = ""
    answers: tuple[TrainerAnswer, ...] = ()

    @property
    def called(self) -> str:
        """What stands where there is room: initials, and the name."""
        return f"{self.initials} ({self.name})" if self.name else self.initials


def trainer_questions(knowledge: KnowledgeBase) -> tuple[Question, ...]:
    """Return the questions that ask the trainer, not the client."""
    return tuple(one for one in knowledge.questions.values() if one.for_trainer)


def answers_in(typed: tuple[str, ...]) -> tuple[TrainerAnswer, ...]:
    """Return answers that are written as `QUESTION=ANSWER`.

    Raises:
        MisuseError: when one is not.

    """
    for one in typed:
        if "=" not in one:
            raise MisuseError(f"expected QUESTION=ANSWER, found `{one}`", "--answer")
    parts = (one.partition("=") for one in typed)
    return tuple(TrainerAnswer(question.strip(), said.strip()) for question, _, said in parts)


def usable_initials(text: str) -> str:
    """Return initials as they are kept.

    Raises:
        MisuseError: when they are empty, too long, cannot be printed, or read like an option.

    >>> usable_initials("  A.G. ")
    'A.G.'

    """
    found = " ".join(text.split())
    if not found or len(found) > LONGEST or not found.isprintable() or found.startswith("-"):
        expected = f"expected initials or a short name of 1 to {LONGEST} characters"
        raise MisuseError(f"{expected}, found {quoted(text.strip())}")
    return found


def found_in(trainers: tuple[Trainer, ...], wanted: str) -> Trainer:
    """Return the trainer of these initials or this name; large or small letters do not matter.

    Raises:
        MisuseError: when there is none.

    """
    said_ = wanted.strip().casefold()
    for one in trainers:
        if said_ and said_ in {one.initials.casefold(), one.name.casefold()}:
            return one
    if not trainers:
        help_ = "none is set yet: `screening settings trainer INITIALS`"
    else:
        help_ = suggestion(wanted.strip(), tuple(one.initials for one in trainers))
    raise MisuseError(f"no trainer {quoted(wanted)}; {help_}", "--trainer")


def asked_by(trainer: Trainer, opening: Opening, knowledge: KnowledgeBase) -> Opening:
    """Return an interview as this trainer begins or takes it up: named, and with their answers.

    What they said once of themselves is answered with that, as an answer on record, and so not
    asked. Where another trainer takes a case up, theirs take the place of those before.
    """
    answers = tuple(_answered(trainer, opening, knowledge))
    first = named(trainer.initials, opening.first)
    session = opening.session.after(*answers)
    asks = trainer.initials
    return replace(opening, session=session, first=(*first, *answers), asks=asks)


def named(initials: str, first: tuple[CaseEvent, ...]) -> tuple[CaseEvent, ...]:
    """Return how a case begins or goes on, with who asks."""
    return tuple(
        replace(one, by=initials) if isinstance(one, Started | Resumed) else one for one in first
    )


def _answered(
    trainer: Trainer, opening: Opening, knowledge: KnowledgeBase
) -> Iterator[Answered | Changed]:
    """Yield the trainer's answers that are not on record already; none to a case that ended."""
    if opening.status != OPEN:
        return
    given = opening.session.answers()
    for one in trainer.answers:
        question = knowledge.questions.get(one.question)
        if question is None or not question.for_trainer or one.answer not in question.words:
            continue
        before = given.get(one.question)
        words = f"{said(question, one.answer)} {BY_SETTINGS}"
        if before is None:
            yield Answered(question.id, one.answer, digest_of(question), words)
        elif before != one.answer and opening.by not in {"", trainer.initials}:
            yield Changed(question.id, one.answer, before, digest_of(question), words)


def answers_said(knowledge: KnowledgeBase, given: dict[str, Value]) -> tuple[TrainerAnswer, ...]:
    """Return what a trainer said of themselves; what they did not know is asked each time."""
    known = ((name, value) for name, value in given.items() if value not in ASKED_UNKNOWN)
    return tuple(
        TrainerAnswer(name, str(value)) for name, value in known if name in knowledge.questions
    )
