"""Two simulated populations of trainers' clients, drawn answer by answer.

Every one of them has ordinary back pain and no serious cause, so each referral within days or
sooner is a false alarm. Low-risk clients are under 65, with no known cancer, thin bones, long-term
steroid tablets, weak immune system, pregnancy or accident, and otherwise have weak signs and
long-standing troubles like anybody. Mixed clients have those risks too, at the shares of `FACTS`.
"Assumed" is our estimate: no source was read for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping

    from screening.model.question import Value

    Drawn = dict[str, Value]
    Draw = Callable[[random.Random, Drawn], Value]

ASSUMED = "assumed"
ACUTE = 6  # weeks
MIDLIFE, OLD = 50, 65  # years


@dataclass(frozen=True)
class Fact:
    """How one question is answered: `share` in words, `basis` a source key or assumed.

    A `risk` is left out of the low-risk population.
    """

    question: str
    draw: Draw
    share: str
    basis: str = ASSUMED
    risk: bool = False


def choice(**weights: float) -> Draw:
    """Draw one of these answers by weight."""
    return lambda rng, _: rng.choices(list(weights), list(weights.values()))[0]


def yes(share: float, *, of: str = "no") -> Draw:
    """Draw `yes` at a share, else the other answer."""
    return lambda rng, _: "yes" if rng.random() < share else of


def normal(mean: float, spread: float, low: int, high: int) -> Draw:
    """Draw a whole number from a normal distribution, cut to its bounds."""
    return lambda rng, _: min(high, max(low, round(rng.gauss(mean, spread))))


def _number(drawn: Drawn, question: str) -> int:
    return int(str(drawn[question]))


def _weeks(rng: random.Random, _: Drawn) -> int:
    spell = rng.choices([(0, 6), (7, 12), (13, 400)], [0.40, 0.12, 0.48])[0]
    return rng.randint(*spell)


def _course(rng: random.Random, drawn: Drawn) -> str:
    early = _number(drawn, "duration_weeks") <= ACUTE
    weights = (0.62, 0.36, 0.02) if early else (0.30, 0.67, 0.03)
    return rng.choices(["better", "same", "worse"], weights)[0]


def _cancer(rng: random.Random, drawn: Drawn) -> str:
    share = 0.01 + 0.002 * max(0, _number(drawn, "age") - 40)
    return "yes" if rng.random() < share else "no"


def _bone(rng: random.Random, drawn: Drawn) -> str:
    share = 0.015 if _number(drawn, "age") < MIDLIFE else 0.06
    return "yes" if rng.random() < share else "no"


def _first_age(rng: random.Random, drawn: Drawn) -> int:
    return max(12, _number(drawn, "age") - int(rng.expovariate(1 / 12)))


def _pain_now(rng: random.Random, drawn: Drawn) -> int:
    return max(0, min(_number(drawn, "pain_worst"), round(rng.gauss(2, 1.5))))


PATTERNS: tuple[tuple[float, Mapping[str, str]], ...] = (
    (0.35, {"sitting_slouched": "provokes", "bend_forward": "provokes", "walk": "relieves"}),
    (0.15, {"sitting_slouched": "provokes", "bend_forward": "provokes", "lift_floor": "provokes"}),
    (0.10, {"bend_forward": "provokes", "morning_bend": "provokes", "socks_shoes": "provokes"}),
    (0.12, {"stand_prolonged": "provokes", "bend_backward": "provokes"}),
    (0.06, {"stand_prolonged": "provokes", "walk": "provokes", "lie_supine_hook": "relieves"}),
    (0.08, {"rotate_r": "provokes", "turn_in_bed": "provokes"}),
    (0.06, {"sit_to_stand": "provokes", "return_from_bend": "provokes", "catching": "yes"}),
    (0.05, {"sitting_slouched": "provokes", "stand_prolonged": "provokes", "walk": "relieves"}),
    (0.03, {"run": "provokes", "lift_floor": "provokes", "lie_supine_hook": "relieves"}),
)
"""What brings it on and eases it, by share: assumed, bending and sitting most often."""

FACTS: tuple[Fact, ...] = (
    Fact("age", normal(42, 14, 18, 80), "mean 42 years, standard deviation 14, from 18 to 80"),
    Fact("sex", choice(female=0.55, male=0.45), "55 % female"),
    Fact("duration_weeks", _weeks, "40 % up to 6 weeks, 12 % 7 to 12, 48 % longer"),
    Fact("pain_worst", normal(4.2, 1.8, 0, 10), "mean 4.2 of 10, standard deviation 1.8"),
    Fact("pain_now", _pain_now, "mean 2 of 10, never above the worst"),
    Fact("course", _course, "getting worse: 2 % up to 6 weeks, 3 % later; better: 62 %, 30 %"),
    Fact(
        "trauma",
        choice(no=0.86, strain=0.10, minor=0.03, major=0.01),
        "one lift, cough or sneeze 10 %, a stumble 3 %, an accident 1 %",
    ),
    Fact("trauma_assessed", yes(0.98, of="no"), "98 % of accidents were looked at", risk=True),
    Fact("bruise", yes(0.02), "2 % of stumbles and accidents"),
    Fact(
        "both_legs",
        choice(no=0.945, joints=0.03, walking_only=0.01, older_stable=0.015),
        "3 % joints, 1 % on walking only, 1.5 % long-standing trouble in both legs",
    ),
    Fact("both_legs_assessed", yes(0.75), "75 % of those were looked at"),
    Fact(
        "bladder",
        choice(
            no=0.81,
            effort=0.12,
            slowly_worse=0.03,
            burning=0.005,
            older_stable=0.01,
            lifelong=0.025,
        ),
        "12 % a leak on effort, 3 % a slow stream, 0.5 % new burning, 1 % older, 2.5 % lifelong",
    ),
    Fact("ces_assessed", yes(0.75), "75 % of those were looked at"),
    Fact(
        "gait_hands",
        choice(no=0.965, one_hand=0.03, older_stable=0.005),
        "3 % one hand, 0.5 % long-standing",
    ),
    Fact("gait_assessed", yes(0.75), "75 % of those were looked at"),
    Fact("leg_assessed", yes(0.75), "75 % of weak legs were looked at"),
    Fact("back_op", choice(no=0.97, free=0.03), "3 % once, free to do everything"),
    Fact("thinner", yes(0.02), "2 %", risk=True),
    Fact("cancer", _cancer, "1 % at 40, 0.2 points more per year of age", risk=True),
    Fact("bone", _bone, "1.5 % under 50, 6 % from 50", risk=True),
    Fact("steroids", yes(0.3), "30 % of those", risk=True),
    Fact("leg_weak", choice(no=0.985, older_stable=0.013, new_or_worse=0.002), "0.2 % new"),
    Fact("leg_weak_side", choice(one=1.0), "one leg"),
    Fact(
        "leg_pain",
        choice(none=0.70, above_knee=0.20, below_knee=0.07, numb=0.03),
        "20 % above the knee, 7 % below, 3 % numb",
    ),
    Fact("leg_pain_worst", normal(3.5, 2, 0, 10), "mean 3.5 of 10"),
    Fact("fever", yes(0.04), "4 %: fever, flu or sweats in two weeks and back pain"),
    Fact(
        "fever_over",
        choice(known=0.9, unexplained=0.02, sweats=0.02, now=0.06),
        "of those 90 % over and known, 2 % over and unexplained, 2 % sweats, 6 % now",
    ),
    Fact("constant", yes(0.01), "1 %"),
    Fact(
        "night",
        choice(none=0.76, wakes_settles=0.18, worst=0.045, prevents_sleep=0.015),
        "18 % wakes and settles, 4.5 % worst then, 1.5 % prevents sleep",
    ),
    Fact(
        "thoracic", choice(none=0.95, between_blades=0.048, band=0.002), "4.8 % between the blades"
    ),
    Fact("side", choice(none=0.975, tracks=0.005, flank=0.02), "2 % in one side, 0.5 % tracks"),
    Fact(
        "side_signs", choice(none=0.96, bouts=0.03, signs=0.01), "of those 3 % in bouts, 1 % more"
    ),
    Fact("weight", yes(0.006), "0.6 %"),
    Fact("shape", yes(0.006), "0.6 %"),
    Fact("belly", yes(0.01), "1 %"),
    Fact("belly_how", choice(brief=0.6, mild=0.35, bad=0.05), "of those 60 % brief, 5 % bad"),
    Fact("smoker_or_pressure", yes(0.30), "30 %"),
    Fact("smoker", yes(0.5), "50 % of those"),
    Fact(
        "infrisk",
        choice(none=0.94, diabetes_only=0.045, strong=0.015),
        "4.5 % diabetes only, 1.5 % a stronger risk",
    ),
    Fact("onset_age", _first_age, "on average 12 years ago"),
    Fact("first_time", yes(0.10), "10 % of those over 50"),
    Fact(
        "onset",
        choice(event=0.6, sudden=0.1, gradual=0.3),
        "60 % can name something, 30 % bit by bit, 10 % all at once",
    ),
    Fact(
        "care",
        choice(none=0.45, helping=0.45, short_relief=0.05, no_relief=0.05),
        "45 % none, 45 % helping, 5 % short relief, 5 % none",
    ),
    Fact("ribs_end", yes(0.08), "8 %"),
    Fact("worse_weeks", lambda rng, _: rng.choice([0, 1, 1, 2, 2, 3, 4, 6]), "0 to 6 weeks"),
    Fact("exercise_eases", yes(0.5), "50 %"),
    Fact("rest_eases", yes(0.7), "70 %"),
    Fact("second_half", choice(none=0.75, half=0.15, up=0.06, both=0.04), "25 % of bad nights"),
    Fact("body_signs", choice(none=0.9, one=0.09, two=0.01), "9 % one, 1 % two"),
    Fact("other_signs", choice(none=0.6, one=0.33, two=0.07), "33 % one, 7 % two"),
    Fact("unwell", yes(0.04), "4 %"),
    Fact(
        "pregnant",
        choice(no=0.96, birth=0.01, might_be=0.01, pregnant=0.02),
        "2 % pregnant",
        risk=True,
    ),
    Fact("pregnancy_signs", yes(0.02), "2 % of those", risk=True),
    Fact("mood", yes(0.05), "5 %"),
    Fact(
        "self_harm",
        choice(no=0.93, long_ago=0.05, recent=0.015, now=0.005),
        "of those 5 % long ago, 1.5 % recently, 0.5 % now",
    ),
    Fact("limited", yes(0.4), "40 %"),
    Fact("pain_start", choice(gradual=0.85, seconds=0.14, lift=0.01), "14 % within seconds"),
    Fact("fear", yes(0.2), "20 %"),
    Fact("clinician_direction", choice(none=0.95, extension=0.03, flexion=0.02), "5 %"),
    Fact("recent_injury", yes(0.3), "30 %"),
    Fact("resting", yes(0.05), "5 %"),
    Fact("minutes_to_settle", normal(20, 15, 0, 120), "mean 20 minutes"),
    Fact("heart_kidney", choice(none=0.90, disease=0.08, signs=0.02), "8 % disease, 2 % signs"),
    Fact("active", yes(0.5), "50 %"),
    Fact("cleared", yes(0.6), "60 % of those"),
)


def client(rng: random.Random, *, low_risk: bool) -> Drawn:
    """Draw one client; questions left out are answered harmlessly."""
    while True:
        drawn = _drawn(rng, low_risk=low_risk)
        known = (
            _number(drawn, "age") >= OLD,
            drawn["trauma"] == "major",
            drawn["infrisk"] == "strong",
        )
        if not (low_risk and any(known)):
            return drawn


def _drawn(rng: random.Random, *, low_risk: bool) -> Drawn:
    drawn: Drawn = {}
    for fact in FACTS:
        if not (low_risk and fact.risk):
            drawn[fact.question] = fact.draw(rng, drawn)
    shares = [share for share, _ in PATTERNS]
    drawn.update(rng.choices([moves for _, moves in PATTERNS], shares)[0])
    return drawn
