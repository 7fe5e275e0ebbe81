"""People with ordinary back pain and no serious cause, and what they answer.

Everything drawn stands in `population.yaml` with its source. A person has age, sex, a general
health, traits (what kind of movement hurts) and *states*; answers follow from the states, so
that a question reworded changes answers and never people. A state is had when `load * health +
sqrt(1 - load**2) * chance > z(1 - share)`: within its age and sex the tabled share is kept
exactly, and states that go with poor health come together, as they do in life.
"""

from __future__ import annotations

import enum
import functools
import itertools
import math
from dataclasses import dataclass, field
from pathlib import Path
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import yaml

from screening.model.vocabularies import Unknown

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator, Mapping

    from screening.model.question import Value

    Drawn = dict[str, Value]

DATA = Path(__file__).with_suffix(".yaml")
BANDS = (30, 45, 65)  # years: from here the next band
OLD = 65
ACUTE, SUBACUTE = 6, 12  # weeks
WOMEN, MEN = "female", "male"
BELOW_KNEE = ("below_knee", "numb")


class Shares(enum.IntEnum):
    """Which column of the tables is drawn."""

    LOW = 0
    CENTRAL = 1
    HIGH = 2


@functools.cache
def tables() -> Mapping[str, Any]:
    """Return the tables, every key and word as it is written."""
    read: Mapping[str, Any] = yaml.load(DATA.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506
    return read


@dataclass(frozen=True)
class Trait:
    """A threshold on a standard normal: had by a share, more by those with poor health."""

    load: float
    above: float

    def had(self, health: float, rng: random.Random) -> bool:
        """Draw whether somebody with this health has it."""
        chance = math.sqrt(1 - self.load**2) * rng.gauss(0, 1)
        return self.load * health + chance > self.above


@functools.cache
def trait(load: float, percent: float) -> Trait:
    """Return the trait that this share of people has."""
    if not 0 < percent < 100:  # noqa: PLR2004 - per cent
        return Trait(0.0, math.inf if percent <= 0 else -math.inf)
    return Trait(load, NormalDist().inv_cdf(1 - percent / 100))


@dataclass
class Person:
    """Somebody being drawn: traits, states and, in `answers`, what they say."""

    rng: random.Random
    shares: Shares
    health: float
    answers: Drawn = field(default_factory=dict)
    states: set[str] = field(default_factory=set)
    likes_moving: bool = False

    @property
    def weeks(self) -> int:
        """Return how long the pain has lasted."""
        return int(str(self.answers["duration_weeks"]))

    @property
    def band(self) -> int:
        """Return the age band: 0 to 3."""
        return sum(int(str(self.answers["age"])) >= age for age in BANDS)

    def chance(self, percent: float, load: float = 0.0) -> bool:
        """Draw yes at a share, more often in poor health."""
        return trait(load, percent).had(self.health, self.rng)

    def one_of(self, percent: Mapping[str, str], rest: str) -> str:
        """Draw one of these words, else the rest."""
        at = self.rng.random() * 100
        for word, share in percent.items():
            at -= float(share)
            if at < 0:
                return word
        return rest

    def column(self, row: Any) -> float:  # noqa: ANN401 - a row of the file
        """Return the value of a row in the column drawn; a single value stands for all."""
        return float(row[self.shares] if isinstance(row, list) else row)

    def number(self, row: Mapping[str, Any], load: float = 0.0) -> int:
        """Draw a pain from 0 to 10."""
        drawn = load * self.health + math.sqrt(1 - load**2) * self.rng.gauss(0, 1)
        return min(
            10, max(0, round(self.column(row["mean"]) + self.column(row["spread"]) * drawn))
        )


def person(
    rng: random.Random,
    shares: Shares = Shares.CENTRAL,
    *,
    flu: float | None = None,
    ages: tuple[float, float, int, int] | None = None,
) -> Person:
    """Draw somebody; `flu` replaces the share of flu, `ages` mean, spread and bounds of age."""
    about = tables()["about"]
    who = Person(rng, shares, rng.gauss(0, 1))
    row = about["age"]
    mean, spread, low, high = ages or (
        float(row["mean"]), float(row["spread"]), int(row["from"]), int(row["to"])
    )  # fmt: skip
    drawn = (round(rng.gauss(mean, spread)) for _ in itertools.count())
    who.answers["age"] = next(age for age in drawn if low <= age <= high)
    female = rng.random() * 100 < float(about["female"]["share"])
    who.answers["sex"] = WOMEN if female else MEN
    for draw in (_how_long, _leg, _jolt, _how_bad, _course, _night, _movements):
        draw(who)
    for state in tables()["states"]:
        share = _share(who, state) if flu is None or state != "flu" else flu
        if who.chance(share, float(tables()["states"][state]["load"])):
            who.states.add(state)
    for answer in (_told, _plain, _lasting, _sudden, _treated):
        answer(who)
    _left_out(who)
    return who


def _share(who: Person, state: str) -> float:
    """Return the share of people of this age and sex who have a state, in per cent."""
    row = tables()["states"][state]
    bands = row.get("both") or row[str(who.answers["sex"])]
    return who.column(bands[min(who.band, len(bands) - 1)]) * _times(who, row)


def _times(who: Person, row: Mapping[str, str]) -> float:
    """Return what the leg, or for constant pain the time, multiplies a share by."""
    for kind, sides in tables()["nerve_side"].items():
        if kind == row.get("nerve") or kind in row:
            leg = who.answers["leg_pain"]
            hit = leg != "none" if "any" in sides else leg in BELOW_KNEE
            return float(sides.get("any", sides.get("below")) if hit else sides["else"])
    if row is tables()["states"]["constant"]:
        times = tables()["pain"]["constant_times"]
        return float(times["later" if who.weeks > SUBACUTE else "before"])
    return 1.0


def _how_long(who: Person) -> None:
    pain = tables()["pain"]
    row = pain["longer_than_12_weeks"]
    by_age = float(row["by_age"]) * (int(str(who.answers["age"])) - 42) / 14
    above = trait(float(row["load"]), who.column(row["of"]))
    if above.had(who.health + by_age / above.load, who.rng):
        spell = who.one_of(pain["how_long"]["of"], "521-1560")
    else:
        early = who.chance(who.column(pain["up_to_6_weeks"]["of"]))
        spell = "0-6" if early else "7-12"
    low, high = map(int, spell.split("-"))
    lived = (int(str(who.answers["age"])) - SUBACUTE) * 52
    who.answers["duration_weeks"] = who.rng.randint(low, max(low, min(high, lived)))
    row = pain["likes_moving"]
    who.likes_moving = who.weeks > SUBACUTE and who.chance(who.column(row["of"]))


def _worse_half(who: Person, row: Mapping[str, Any], *words: str) -> Mapping[str, str]:
    """Return the shares of these words in the column drawn."""
    return {word: str(who.column(row[word])) for word in words}


def _by_rank(who: Person, row: Mapping[str, Any], words: tuple[str, ...], rest: str) -> str:
    """Draw one of these words, mildest first, the later ones more often in poor health."""
    load = float(row.get("load", 0))
    rank = load * who.health + math.sqrt(1 - load**2) * who.rng.gauss(0, 1)
    left = NormalDist().cdf(-rank) * 100
    for word in reversed(words):
        left -= who.column(row[word])
        if left < 0:
            return word
    return rest


def _leg(who: Person) -> None:
    row = tables()["pain"]["leg"]
    where = _by_rank(who, row, ("above_knee", "below_knee", "numb"), "none")
    who.answers["leg_pain"] = where
    who.answers["leg_pain_worst"] = who.number(tables()["pain"]["leg_worst"])
    if where in BELOW_KNEE:
        who.answers["leg_spreads"] = who.one_of(
            {"bending": "15", "arching": "10", "other": "5"}, "none"
        )


def _jolt(who: Person) -> None:
    row = tables()["pain"]["jolt"]
    recent = who.weeks <= ACUTE
    times = 1.0 if recent else float(row["later"])
    shares = {w: str(float(p) * times) for w, p in _worse_half(who, row, "major", "minor").items()}
    who.answers["trauma"] = who.one_of(
        {**shares, **(_worse_half(who, row, "strain") if recent else {})}, "no"
    )
    seen = 80 if who.weeks <= 2 else 95  # noqa: PLR2004 - weeks
    who.answers["trauma_assessed"] = "yes" if who.chance(seen) else "no"
    strained = who.answers["trauma"] == "strain" or who.chance(30)
    who.answers["recent_injury"] = "yes" if strained else "no"


def _how_bad(who: Person) -> None:
    row = tables()["pain"]["worst"]
    who.answers["pain_worst"] = worst = who.number(row, float(row["load"]))
    who.answers["pain_now"] = max(0, min(worst, round(worst / 2 + who.rng.gauss(0, 1.5))))
    who.answers["minutes_to_settle"] = max(0, round(who.rng.gauss(5 * worst, 15)))
    who.answers["limited"] = "yes" if who.chance(8 * worst, 0.3) else "no"
    bent = worst >= 7 and who.weeks <= 2 and who.chance(5)  # noqa: PLR2004
    who.answers["stuck_bent"] = "yes" if bent else "no"


def _course(who: Person) -> None:
    pain = tables()["pain"]
    spell = next(
        (name for name, most in (("up_to_6", ACUTE), ("up_to_12", SUBACUTE)) if who.weeks <= most),
        "later",
    )
    row = {
        "better": pain["better"][spell], "worse": pain["worse"][spell],
        "load": pain["better"]["load"],
    }  # fmt: skip
    same = 100 - who.column(row["better"]) - who.column(row["worse"])
    row["same"] = str(same)
    course = _by_rank(who, row, ("better", "same", "worse"), "better")
    who.answers["course"] = course
    who.answers["worse_weeks"] = min(who.weeks, who.rng.choice([0, 1, 1, 2, 2, 3, 4, 6]))


def _night(who: Person) -> None:
    row = tables()["pain"]["night"]
    who.answers["night"] = _by_rank(who, row, ("wakes_settles", "worst", "prevents_sleep"), "none")


def _movements(who: Person) -> None:
    traits = {name: who.rng.gauss(0, 1) for name in ("bending", "arching", "turning")}
    for name, row in tables()["movements"].items():
        load, way = float(row["load"]), traits[row["with"]]
        rank = load * way + math.sqrt(1 - load**2) * who.rng.gauss(0, 1)
        at = NormalDist().cdf(rank) * 100
        if at > 100 - float(row["provokes"]):
            who.answers[name] = "provokes"
        elif at < float(row["eases"]):
            who.answers[name] = "relieves"


def _told(who: Person) -> None:
    """Answer from the states: the first told decides; who does not tell goes on."""
    for question, lines in tables()["answers"].items():
        for line in lines:
            told = who.chance(who.column(line.get("tells", "100")))
            if line["state"] in who.states and told:
                who.answers[question] = who.one_of(line["says"], next(reversed(line["says"])))
                break


def _plain(who: Person) -> None:
    for question, row in tables()["plain"].items():
        who.answers[question] = "yes" if who.chance(who.column(row["yes"])) else "no"
    if "pregnant" in who.states:
        who.answers["pregnant_weeks"] = who.rng.randint(4, 40)


def _lasting(who: Person) -> None:
    """Answer how long-lasting pain behaves, and how it began."""
    rows, kind = tables()["likes_moving"], "yes" if who.likes_moving else "no"
    for question in ("exercise_eases", "rest_eases"):
        who.answers[question] = "yes" if who.chance(float(rows[question][kind])) else "no"
    late = who.chance(float(rows["second_half"][kind]))
    who.answers["second_half"] = who.rng.choice(["half", "up", "both"]) if late else "none"
    for question, more in (("body_signs", 20), ("other_signs", 25)):
        some = who.chance(float(rows[question][kind]))
        two = "two" if who.chance(more) else "one"
        who.answers[question] = two if some else "none"
    bit = float(rows["gradual"][kind] if who.weeks > SUBACUTE else rows["gradual"]["up_to_12"])
    begun = "event" if who.chance(85) else "sudden"
    who.answers["onset"] = "gradual" if who.chance(bit) else begun
    age = int(str(who.answers["age"]))
    ago = max(who.weeks // 52, int(who.rng.expovariate(1 / 12)))
    who.answers["onset_age"] = max(12, age - ago)
    first = who.weeks <= SUBACUTE and who.chance(who.column(tables()["pain"]["first_time"]["of"]))
    who.answers["first_time"] = "yes" if first else "no"


def _sudden(who: Person) -> None:
    """Answer when pain that came at once came, by how long it has lasted."""
    if who.weeks <= 2:  # noqa: PLR2004
        when = "last_2_weeks"
    else:
        seen = {"seen": "50", "unseen": "50"} if who.weeks <= SUBACUTE else {"seen": "30"}
        when = who.one_of(seen, "long_ago")
    who.answers["pain_start_when"] = when
    if "pain_start" not in who.answers and who.chance(14):
        who.answers["pain_start"] = "seconds"


def _treated(who: Person) -> None:
    row = tables()["pain"]["care"]
    who.answers["care"] = who.one_of(
        _worse_half(who, row, "helping", "short_relief", "no_relief"), "none"
    )


def _left_out(who: Person) -> None:
    """Decline what is private, at the shares of the file."""
    for question, row in tables()["declines"].items():
        if who.chance(who.column(row["of"])):
            who.answers[question] = Unknown.DECLINED


def client(rng: random.Random, *, low_risk: bool) -> Drawn:
    """Draw the answers of one client; questions left out are answered harmlessly."""
    return next(draws(rng, low_risk_only if low_risk else anybody)).answers


def draws(
    rng: random.Random,
    wanted: Callable[[Person], bool],
    shares: Shares = Shares.CENTRAL,
    **about: Any,  # noqa: ANN401 - handed on to `person`
) -> Iterator[Person]:
    """Yield people who belong to a scenario, without end."""
    return filter(wanted, (person(rng, shares, **about) for _ in itertools.count()))


def anybody(_: Person) -> bool:
    """Everybody belongs."""
    return True


def low_risk_only(who: Person) -> bool:
    """Tell whether somebody is under 65, and no risk is known."""
    risks = {name for name, row in tables()["states"].items() if "risk" in row}
    young = int(str(who.answers["age"])) < OLD
    return young and not who.states & risks and who.answers["trauma"] != "major"
