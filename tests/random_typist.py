"""A trainer at a terminal of 80x24 who types in every way the screen allows, and some it does not.

The typist knows what the client would say, reads the question off the screen, and answers by key,
by the words or their beginning, in another unit, with slips, arrow keys, pastes and typing ahead.
Whatever is recorded must be what the client would have said to the question that was shown.

    python tests/random_typist.py 500 --seed 1
"""

from __future__ import annotations

import argparse
import random
import string
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from interview_process import Sitting, typed
from kept_cases import kept
from simulated_clients import harmless, random_sheet

from screening.interview.reply import Said, keys, read_reply
from screening.interview.ticks import typed_ticks
from screening.load import load, shipped_knowledge
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.vocabularies import Unknown

CLIENT = "typed"
MOST = 90  # prompts before a sitting is quit
TOLD = 10  # interviews after which it is said how far it is
STRANGE = 0.3  # of the answers, or most interviews end as emergencies
SLIPS: tuple[str, ...] = ("", "mayb", "\x1b[A", "\x1b[D", "77777", "?", "why", "review", "qwerty")
SLIPS += (
    "y n",
    "1 2",
    "=",
    "yes and no",
    "0",
    "9",
    "-1",
    "3 kg",
    "5/7",
    "no\x1b[Dt",
    "\t",
    "....",
)
SLIPS += ("skipp", "save")
UNKNOWN_WORDS = {
    Unknown.DONT_KNOW: ("dk", "don't know", "I don't know", "not sure", "DK", "dont know"),
    Unknown.DECLINED: ("pns", "prefer not to say", "rather not say", "I'd rather not say"),
}
UNITS = {"weeks": (7, "days"), "minutes": (60, "seconds"), "years": (12, "months")}


class Typist:
    """One sitting: what the client would say, and what was typed to what question."""

    def __init__(self, knowledge: KnowledgeBase, home: Path, seed: int) -> None:
        self.knowledge = knowledge
        self.home = home
        self.dice = random.Random(seed)  # noqa: S311 - reproducible, not secret
        strange = random_sheet(knowledge, seed).items()
        self.sheet = harmless(knowledge) | {
            q: v for q, v in strange if self.dice.random() < STRANGE
        }
        self.lists = {" ".join(one.ask.split()) for one in knowledge.tick_lists.values()}
        self.items = {knowledge.questions[name].item: name for name in knowledge.list_of}
        self.asks = {" ".join(q.ask.split()): q for q in knowledge.questions.values()}
        self.log: list[tuple[str, str]] = []
        self.ticking: tuple[Question, ...] = ()

    def sit(self) -> None:
        """Hold the interview, to its end or until enough was typed."""
        sitting = Sitting(self.home, "--client", CLIENT, NO_COLOR="1", rows=24)
        for _ in range(MOST):
            shown = self._next(sitting)
            if shown is None:
                break
            self._type(sitting, shown)
        else:
            sitting.enter_now("quit")
        sitting.end()

    def _next(self, sitting: Sitting) -> str | None:
        """Return what the screen shows up to the next prompt, or None at the end."""
        try:
            return sitting.until("> ")
        except AssertionError:
            return None

    def _type(self, sitting: Sitting, shown: str) -> None:
        items = self._listed(shown)
        if items:
            self._tick(sitting, items)
            return
        question = self._asked(shown)
        if question is None:  # the programme, or answers at odds
            odd = "do not seem to fit together" in " ".join(shown.split())
            sitting.enter_now("k" if odd else "")
            return
        line = self._line(question)
        self.log.append((question.id, line))
        ahead = "".join(f"{self._noise()}\r" for _ in range(self.dice.choice((0, 0, 0, 1, 3))))
        sitting.enter_now(f"{line}\r{ahead}".removesuffix("\r"))

    def _listed(self, shown: str) -> tuple[Question, ...]:
        """Return the items of the list that stands last on the screen, also after a slip."""
        flat = " ".join(shown.split())
        if "Expected numbers from" in flat:  # the list still stands, whatever a slip quotes
            return self.ticking
        at = max((flat.rfind(ask) for ask in self.lists), default=-1)
        alone = max((flat.rfind(ask) for ask in self.asks), default=-1)
        if at >= 0:
            rows = (line.split(" ", 1) for line in map(str.strip, shown.splitlines()))
            words = [row[1] for row in rows if len(row) > 1 and row[0].isdecimal()]
            names = dict.fromkeys(self.items[one] for one in words if one in self.items)
            self.ticking = tuple(self.knowledge.questions[name] for name in names)
        elif alone >= 0 or "Which exercises" in flat or "do not seem to fit together" in flat:
            self.ticking = ()
        return self.ticking

    def _tick(self, sitting: Sitting, items: tuple[Question, ...]) -> None:
        """Answer a list: by numbers, by words, with slips."""
        value = {one.id: self.sheet[one.id] for one in items}
        ticked = [one for one in items if value[one.id] == one.how.ticked]
        forms = [typed_ticks(items, value)]
        if all(value[one.id] in (one.how.ticked, one.harmless) for one in items):
            forms += (
                [", ".join(one.item for one in ticked)] if ticked else ["none", "None of these"]
            )
            numbers = [str(items.index(one) + 1) for one in ticked]
            forms += [" ".join(numbers), ",".join(numbers)] if ticked else []
        slips = [one for one in SLIPS if one != "1 2"]
        line = self.dice.choice(slips if self.dice.random() < 0.15 else forms)
        self.log.append((" ".join(value), line))
        sitting.enter_now(line)

    def _asked(self, shown: str) -> Question | None:
        """Return the question that stands last on the screen; the one before, after a slip."""
        flat = " ".join(shown.split())
        found = [(flat.rfind(ask) + len(ask), q) for ask, q in self.asks.items() if ask in flat]
        if found:
            self.last = max(found, key=lambda one: one[0])[1]
            return self.last
        if "Which exercises" in flat or "do not seem to fit together" in flat:
            return None
        return self.last

    def _noise(self) -> str:
        letters = string.ascii_lowercase + string.digits
        return self.dice.choice(
            ("y", "n", "1", "2", "p", "3 weeks", "no", self.dice.choice(letters))
        )

    def _line(self, question: Question) -> str:
        if self.dice.random() < 0.15:
            return self.dice.choice([one for one in SLIPS if not amount(question, one)])
        value = self.sheet[question.id]
        if isinstance(value, Unknown):
            return self.dice.choice(UNKNOWN_WORDS[value])
        if isinstance(value, int):
            return self._amount(question, value)
        return self._words(question, value)

    def _amount(self, question: Question, value: int) -> str:
        more, unit = UNITS.get(question.unit, (1, question.unit))
        forms = [str(value), f"{value} {question.unit}", f" {value}.", f"about {value}"]
        forms += [f"{value * more} {unit}"]
        forms += [f"{value}/{question.high}"] if question.unit == "points" else []
        if 1900 <= value <= 2100 and question.unit == "weeks":
            return forms[1]
        return self.dice.choice(forms)

    def _words(self, question: Question, value: str) -> str:
        """Return a key, the words, the id, or a beginning that no other answer shares."""
        said = question.said(value)
        others = [question.said(one).lower() for one in question.words if one != value]
        length = self.dice.randrange(1, len(said) + 1)
        begun = said[:length].lower()
        shared = begun.strip() in keys(question) or any(
            one.startswith(begun.strip()) for one in others
        )
        forms = [typed(question, value), said, said.upper(), f" {said}  "]
        return self.dice.choice(forms if shared else [*forms, begun, begun.title()])


def amount(question: Question, slip: str) -> bool:
    """Tell whether a slip is an amount the question takes: read off the screen, that is meant."""
    return question.is_number and isinstance(read_reply(question, slip), Said)


def mistaken(typist: Typist, recorded: Mapping[str, Value]) -> list[str]:
    """Return what is on record and was not meant."""
    return [
        f"{name}: {value!r}, meant {typist.sheet[name]!r}; typed {typist.log}"
        for name, value in recorded.items()
        if value != typist.sheet[name]
    ]


def typed_interviews(count: int, seed: int) -> tuple[int, list[str]]:
    """Hold that many interviews; return how many answers are on record, and what is wrong."""
    knowledge, answers, wrong = load(shipped_knowledge()), 0, []
    for number in range(seed, seed + count):
        with tempfile.TemporaryDirectory() as home:
            typist = Typist(knowledge, Path(home), number)
            typist.sit()
            recorded = kept(Path(home), CLIENT).session.answers() if typist.log else {}
            answers += len(recorded)
            wrong += [f"seed {number}: {one}" for one in mistaken(typist, recorded)]
        if number % TOLD == 0:
            sys.stderr.write(f"up to seed {number}: {answers:,} answers, {len(wrong)} not meant\n")
    return answers, wrong


def main() -> int:
    """Hold interviews from a seed on, and say what was recorded that nobody meant."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    began = time.monotonic()
    answers, wrong = typed_interviews(given.count, given.seed)
    took = time.monotonic() - began
    sys.stdout.write("".join(f"{one}\n" for one in wrong))
    sys.stdout.write(
        f"{given.count} interviews, {answers} answers, {len(wrong)} not meant, {took:.0f} s\n"
    )
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
