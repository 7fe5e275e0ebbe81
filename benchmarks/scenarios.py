"""The scenarios of `scenarios.yaml`: whom they draw, and the limits they are held to."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from population import BELOW_KNEE, WOMEN, Person, Shares, anybody, draws, low_risk_only

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator, Mapping

DATA = Path(__file__).with_suffix(".yaml")
QUARTER = 25  # per cent of those getting worse whom "nearly all stable or better" keeps


@functools.cache
def data() -> Mapping[str, Any]:
    """Return the file, every number as it is written."""
    read: Mapping[str, Any] = yaml.safe_load(DATA.read_text("utf-8"))
    return read


def people(name: str, rng: random.Random) -> Iterator[Person]:
    """Yield people of a scenario, without end."""
    row = data()["scenarios"][name]
    shares = Shares[row.get("shares", "central").upper()]
    ages = tuple(row["ages"]) if "ages" in row else None
    return draws(rng, functools.partial(_wanted, row), shares, flu=row.get("flu"), ages=ages)


def _wanted(row: Mapping[str, Any], who: Person) -> bool:
    risk = low_risk_only if "risk" in row else anybody
    return KINDS[row.get("kind", "")](who) and risk(who)


def _number(who: Person, question: str) -> int:
    return int(str(who.answers[question]))


def _chronic_mild(who: Person) -> bool:
    mild = 1 <= _number(who, "pain_worst") <= 3 and who.weeks > 12  # noqa: PLR2004 - as the file says
    quiet = who.answers.get("constant") != "yes" and who.answers["night"] != "prevents_sleep"
    return mild and quiet and (who.answers["course"] != "worse" or who.chance(QUARTER))


def _acute_mild(who: Person) -> bool:
    mild = _number(who, "pain_worst") <= 4 and who.weeks <= 6  # noqa: PLR2004 - as the file says
    return mild and who.answers["course"] == "better"


def _women(who: Person) -> bool:
    return who.answers["sex"] == WOMEN and 30 <= _number(who, "age") < 65  # noqa: PLR2004


def _leg(who: Person) -> bool:
    return who.answers["leg_pain"] in BELOW_KNEE


KINDS: Mapping[str, Callable[[Person], bool]] = {
    "": anybody,
    "chronic_mild": _chronic_mild,
    "acute_mild": _acute_mild,
    "women_30_to_64": _women,
    "leg": _leg,
}


def in_group(name: str, who: Person) -> bool | None:
    """Tell whether somebody is in a group, or None when they are not to be compared with it."""
    row = data()["groups"][name]
    if row.get("of") == "women" and who.answers["sex"] != WOMEN:
        return None
    if "state" in row:
        had, lacked = str(row["state"]), str(row["not"])
        return had in who.states and lacked not in who.states
    question, answer = map(str, row["has"])
    return str(getattr(who.answers.get(question), "value", who.answers.get(question))) == answer
