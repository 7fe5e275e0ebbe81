"""What is the same for every client on this computer: country and trainers, beside the records."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path

from screening.app.home import home
from screening.app.printout import Printout
from screening.app.trainers import (
    Trainer,
    TrainerAnswer,
    found_in,
    trainer_questions,
    usable_initials,
)
from screening.diagnostics import quoted, suggestion
from screening.errors import MisuseError, RecordsError
from screening.model.knowledge import KnowledgeBase
from screening.render.json_form import Json
from screening.render.page import Block, Grid, Heading, Pairs
from screening.storage.codec import SPARED, UnreadableTreeError, from_tree, tree_of
from screening.storage.whole import aside

NOT_SET = "not set: numbers of several countries are given"
NOBODY = "not set: results name nobody"


@dataclass(frozen=True, slots=True)
class Settings:
    """What is kept: a country, the trainers, and the initials of the one who asks, unless named.

    `trainer` is None until it was asked, and empty where nobody wants to be named.
    """

    country: str = ""
    trainer: str | None = field(default=None, metadata=SPARED)
    trainers: tuple[Trainer, ...] = field(default=(), metadata=SPARED)


def kept() -> Settings:
    """Return the settings as they are kept.

    Raises:
        RecordsError: when they cannot be read.

    """
    path = _path()
    try:
        tree = json.loads(path.read_text("utf-8")) if path.exists() else {}
        return from_tree(Settings, tree, defaults=True)
    except (OSError, ValueError, UnreadableTreeError) as error:
        help_ = "move the file away, then `screening settings set --country …` writes a new one"
        raise RecordsError(f"the settings in `{path}` cannot be read", help_) from error


def country() -> str:
    """Return the id of the country that was set; "" where none was.

    Raises:
        RecordsError: when the settings cannot be read.

    """
    return kept().country


def who_asks(wanted: str = "") -> Trainer | None:
    """Return the trainer of these initials, or else the one set; None where nobody is.

    Raises:
        MisuseError: when there is no trainer of these initials.
        RecordsError: when the settings cannot be read.

    """
    settings = kept()
    if wanted:
        return found_in(settings.trainers, wanted)
    return next((t for t in settings.trainers if t.initials == settings.trainer), None)


def was_asked() -> bool:
    """Tell whether somebody said who is asking, or that nobody is to be named."""
    return kept().trainer is not None


def nobody_asks() -> None:
    """Keep that no trainer wants to be named, so that it is not asked again."""
    _keep(replace(kept(), trainer=""))


def set_country(knowledge: KnowledgeBase, wanted: str) -> str:
    """Keep a country, by its id or title; return what to say of it.

    Raises:
        MisuseError: when the knowledge has no words for it.

    """
    said = wanted.strip().lower()
    for one in knowledge.countries.values():
        if said in (one.id, one.title.lower()):
            _keep(replace(kept(), country=one.id))
            return f"From now on results are worded for: {one.title}."
    help_ = suggestion(said, knowledge.countries)
    raise MisuseError(f"no country {quoted(wanted)}; {help_}", "--country")


def set_trainer(wanted: str) -> str:
    """Keep who asks unless another is named; return what to say of it.

    Raises:
        MisuseError: when there is no trainer of these initials.

    """
    settings = kept()
    found = found_in(settings.trainers, wanted)
    _keep(replace(settings, trainer=found.initials))
    return f"From now on {found.called} is asking, unless `--trainer` names another."


def keep_trainer(
    knowledge: KnowledgeBase, initials: str, name: str | None, answers: tuple[TrainerAnswer, ...]
) -> Trainer:
    """Keep a trainer, or what is new about one; the first one is the one who asks.

    Raises:
        MisuseError: when the initials, or an answer, cannot be used.

    """
    label = usable_initials(initials)
    settings = kept()
    same = [one for one in settings.trainers if one.initials.casefold() == label.casefold()]
    before = same[0] if same else Trainer(label)
    said = {one.question: one for one in (*before.answers, *_checked(knowledge, answers))}
    called = before.name if name is None else " ".join(name.split())
    made = replace(before, name=called, answers=tuple(said.values()))
    others = tuple(one for one in settings.trainers if one.initials != before.initials)
    asks = settings.trainer or made.initials
    _keep(replace(settings, trainer=asks, trainers=(*others, made)))
    return made


def forget_trainer(wanted: str) -> str:
    """Take a trainer off the list; what they recorded stays as it is. Return what to say.

    Raises:
        MisuseError: when there is no trainer of these initials.

    """
    settings = kept()
    found = found_in(settings.trainers, wanted)
    left = tuple(one for one in settings.trainers if one != found)
    asks = settings.trainer if settings.trainer != found.initials else ""
    _keep(replace(settings, trainer=asks, trainers=left))
    return f"{found.called} is off the list. Records keep the initials."


def _checked(
    knowledge: KnowledgeBase, answers: tuple[TrainerAnswer, ...]
) -> tuple[TrainerAnswer, ...]:
    """Return answers to questions for trainers, by id."""
    there = {one.id: one for one in trainer_questions(knowledge)}
    found = []
    for one in answers:
        question = there.get(one.question)
        if question is None:
            help_ = suggestion(one.question, there)
            raise MisuseError(f"no question {quoted(one.question)} for trainers; {help_}")
        if one.answer not in question.words:
            help_ = suggestion(one.answer, question.words)
            raise MisuseError(f"no answer {quoted(one.answer)} to `{question.id}`; {help_}")
        found.append(one)
    return tuple(found)


def shown(knowledge: KnowledgeBase) -> Printout:
    """Return the settings, and which countries there are."""
    settings = kept()
    chosen = knowledge.countries.get(settings.country)
    there = "; ".join(f"{one.id} {one.title}" for one in knowledge.countries.values())
    asks = who_asks()
    rows = (
        ("Country", chosen.title if chosen else NOT_SET),
        ("There are", there or "none"),
        ("Asking", asks.called if asks else NOBODY),
    )
    blocks: list[Block] = [Heading("Settings"), Pairs(rows)]
    if settings.trainers:
        listed = tuple(
            (one.initials, one.name, _about(knowledge, one)) for one in settings.trainers
        )
        blocks += [Heading("Trainers"), Grid(("initials", "name", "said"), listed)]
    form: dict[str, Json] = {
        "country": settings.country or None,
        "trainer": settings.trainer or None,
        "trainers": [tree_of(one) for one in settings.trainers],
    }
    return Printout(tuple(blocks), form)


def _about(knowledge: KnowledgeBase, trainer: Trainer) -> str:
    known = ((knowledge.questions.get(one.question), one.answer) for one in trainer.answers)
    return "; ".join(q.said(answer) for q, answer in known if q and answer in q.words)


def _keep(settings: Settings) -> None:
    with aside(_path(), private=True) as path:
        path.write_text(json.dumps(tree_of(settings), ensure_ascii=False), "utf-8")


def _path() -> Path:
    return home() / "settings.json"
