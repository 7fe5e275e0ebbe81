"""Twenty bad edits of the shipped knowledge, and the tool that catches each, named in advance."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from screening.cli import main
from screening.load import shipped_knowledge

URGENT, ASKED_FIRST = "questions/20-urgent.yaml", "questions/10-emergency.yaml"
SAFETY, AVOID, RECOMMEND = "rules/safety", "rules/avoid", "rules/recommend"


@dataclass(frozen=True)
class BadEdit:
    """One text of one file replaced (all of it when `old` is empty; removed when `new` is too)."""

    edit: str
    file: str
    old: str
    new: str
    tool: str
    says: str

    def make(self, root: Path) -> None:
        """Make the edit in a copy of the shipped knowledge."""
        shutil.copytree(shipped_knowledge(), root)
        path = root / self.file
        if not self.old and not self.new:
            path.unlink()
            return
        text = path.read_text("utf-8") if self.old else ""
        assert not self.old or self.old in text, (self.file, self.old)
        path.write_text(text.replace(self.old, self.new, 1) if self.old else self.new, "utf-8")

    def caught(self, root: Path) -> str:
        """Return what the tool says of the edited knowledge; empty when it finds nothing."""
        words = ["knowledge", *self.tool.split(), "--knowledge", str(root)]
        if self.tool == "diff":
            words = ["knowledge", "diff", str(shipped_knowledge()), str(root)]
        done = CliRunner().invoke(main, words)
        whole = CONTINUED.sub(" ", done.output) if self.tool.startswith("prove") else done.output
        whole = " ".join(whole.split()) if self.tool == "diff" else whole
        return whole if done.exit_code in (1, 2) else ""


def section(number: int, bad: BadEdit, said: str, root: Path) -> str:
    """Return what `docs/bad-edits.md` shows of an edit: the line in which it is caught."""
    lines = [line for line in said.splitlines() if bad.says in line]
    caught = lines[0].replace(f"{root}/", "").strip() if lines else "NOT CAUGHT"
    where = f"In `{bad.file}`. Caught by `screening knowledge {bad.tool}`:"
    return f"## {number}. {bad.edit}\n\n{where}\n\n```text\n{caught}\n```\n"


CONTINUED = re.compile(r"\n {12,}")  # a failure that went on in the next line
B = BadEdit
LOOP = """id: zz-loop
title: Rests on itself
status: draft
when: non_mechanical
then: {find: unchanged_by_movement, strength: supported}
because: It goes round.
evidence: [{source: DOMAIN, grade: design}]
review: {due: 2027-11-01}
examples:
  - {name: One, given: {constant: yes}, expect: undecided}
"""
SHADOWED = """id: zz-shadowed
title: Numb and cannot feel the bladder
status: draft
when: {all: [saddle is new_or_worse, bladder is new_or_worse]}
unknown: {treat_as: not_met}
then: {refer: emergency, to: emergency_department, tell: "Both."}
because: Both at once.
evidence: [{source: DOMAIN, grade: design}]
review: {due: 2027-11-01}
examples:
  - {name: Both, given: {saddle: new_or_worse, bladder: new_or_worse}, expect: fires}
"""
ALLOW = """id: zz-allow
title: Knees to the chest a little, all the same
status: draft
when: {all: [flexion_sensitive, knees_to_chest is relieves, clinician_direction is not flexion]}
unknown: {treat_as: met}
then: {modify: knees_to_chest, instead: "A little of it."}
because: It feels good.
evidence: [{source: DOMAIN, grade: design}]
review: {due: 2027-11-01}
examples:
  - {name: Feels good, given: {knees_to_chest: no_effect}, expect: silent}
"""
SADDLE = "    short: Numb or odd feeling where a bike saddle touches\n    kind: recency\n"
GATE = "any: [follow_up is no, quick_private is yes, quick_private is unknown]"
CALF_FLAG = """\
  - flag: One leg, thigh or calf newly swollen, hot or another colour
    when: leg_swollen is yes
    refer: same_day
    unknown: within_days
    by: [swollen-leg]
"""
BAD_EDITS = (
    B(
        "An emergency rule is removed",
        f"{SAFETY}/saddle-change.yaml",
        "",
        "",
        "prove flags-heard",
        "the rule `saddle-change`, which is to see to it, is gone",
    ),
    B(
        "An emergency rule is retired",
        f"{SAFETY}/chest-or-collapse.yaml",
        "status: draft",
        "status: retired",
        "prove flags-heard",
        "the rule `chest-or-collapse`, which is to see to it, is gone",
    ),
    B(
        "An emergency is lowered to a call within days",
        f"{SAFETY}/bladder-change.yaml",
        "refer: emergency",
        "refer: within_days",
        "prove flags-heard",
        "`bladder-change`",
    ),
    B(
        "Another answer than the dangerous one is asked for",
        f"{SAFETY}/bowel-change.yaml",
        "when: bowel is new_or_worse",
        "when: bowel is older_stable",
        "prove flags-heard",
        "`bowel-change`",
    ),
    B(
        "`all` where `any` was meant",
        f"{SAFETY}/emergency-answer-unknown.yaml",
        "  any:\n",
        "  all:\n",
        "prove unknown-heard",
        "`emergency-answer-unknown`",
    ),
    B(
        "Not knowing about a weak leg is let pass",
        f"{SAFETY}/weak-leg.yaml",
        "unknown: {treat_as: within_days}",
        "unknown: {treat_as: not_met}",
        "prove unknown-heard",
        "`weak-leg` does not see to it",
    ),
    B(
        "`any` where `all` was meant",
        f"{SAFETY}/short-relief-only.yaml",
        "  all:\n",
        "  any:\n",
        "test short-relief-only",
        "“Treatment is helping” should be silent",
    ),
    B(
        "A threshold is off by one",
        f"{SAFETY}/short-relief-only.yaml",
        "- duration_weeks >= 4",
        "- duration_weeks >= 5",
        "test short-relief-only",
        "Just 45 and exactly 4 weeks",
    ),
    B(
        "A `not` is dropped",
        "rules/patterns/flexion-sensitive-supported.yaml",
        "not: any flexion movement relieves",
        "all: [any flexion movement relieves]",
        "test flexion-sensitive-supported",
        "flexion-sensitive-supported",
    ),
    B(
        "A condition is dropped",
        f"{SAFETY}/short-relief-only.yaml",
        "    - care is short_relief\n",
        "",
        "test short-relief-only",
        "Treatment is helping",
    ),
    B(
        "A rule is added that others shadow",
        f"{SAFETY}/zz-shadowed.yaml",
        "",
        SHADOWED,
        "prove rules-needed",
        "zz-shadowed: `bladder-change` concludes the same whenever it fires",
    ),
    B(
        "A finding rests on itself",
        "rules/patterns/zz-loop.yaml",
        "",
        LOOP,
        "check",
        "findings depend on each other",
    ),
    B(
        "A rule asks for two answers to one question",
        f"{RECOMMEND}/likes-walking.yaml",
        "when: likes is walking",
        "when: {all: [likes is walking, likes is strength]}",
        "prove rules-fire",
        "likes-walking: no client meets its condition",
    ),
    B(
        "A recommendation before a safety question is asked",
        f"{SAFETY}/weak-leg.yaml",
        "",
        "",
        "prove clearance-first",
        "no rule sees to it",
    ),
    B(
        "A rule is added that re-allows an avoided exercise",
        f"{AVOID}/zz-allow.yaml",
        "",
        ALLOW,
        "prove rules-needed",
        "zz-allow: it never has an effect: `knees-to-chest-feels-good` leaves out knees to chest",
    ),
    B(
        "An exercise that the same finding avoids is offered instead",
        "exercises/lower-body.yaml",
        "flexion_sensitive: {avoid: [hinge_drill, hip_thrust]}",
        "flexion_sensitive: {avoid: [sit_up]}",
        "check",
        "offers `sit_up`, which `flexion_sensitive` avoids too",
    ),
    B(
        "An emergency question is no longer marked as one",
        "questions/10-emergency.yaml",
        "quick_chest is unknown]}\n    safety: emergency\n    help: Pain, tightness",
        "quick_chest is unknown]}\n    help: Pain, tightness",
        "check",
        "`chest-or-collapse` refers emergency for an answer to `chest` alone",
    ),
    B(
        "An emergency is sent to the trainer",
        f"{SAFETY}/chest-or-collapse.yaml",
        "to: emergency_department",
        "to: trainer",
        "check",
        "`chest-or-collapse` refers emergency to `trainer`",
    ),
    B(
        "A question is misspelled",
        f"{SAFETY}/saddle-change.yaml",
        "when: saddle is",
        "when: sadle is",
        "check",
        "did you mean `saddle`",
    ),
    B(
        "An answer is misspelled",
        f"{SAFETY}/saddle-change.yaml",
        "saddle is new_or_worse",
        "saddle is new_or_wors",
        "check",
        "did you mean `new_or_worse`",
    ),
    B(
        "A finding is misspelled",
        f"{SAFETY}/nothing-changes-the-pain.yaml",
        "when: non_mechanical",
        "when: non_mechanicle",
        "check",
        "did you mean `non_mechanical`",
    ),
    B(
        "A category is misspelled",
        f"{RECOMMEND}/likes-walking.yaml",
        "recommend: walk",
        "recommend: wlak",
        "check",
        "did you mean `walk`",
    ),
    B(
        "A source is misspelled",
        f"{SAFETY}/saddle-change.yaml",
        "source: BMJBP",
        "source: BMJPB",
        "check",
        "no source `BMJPB`",
    ),
    B(
        "A level is misspelled",
        f"{SAFETY}/bladder-change.yaml",
        "refer: emergency",
        "refer: emergncy",
        "check",
        "did you mean `emergency`",
    ),
    B(
        "A key is misspelled",
        f"{SAFETY}/bladder-change.yaml",
        "because:",
        "becuase:",
        "check",
        "did you mean `because`",
    ),
    B(
        "The fever of weeks ago stands for today's",
        URGENT,
        "    help: Feeling hot and cold",
        "    valid: 52 weeks\n    help: Feeling hot and cold",
        "prove urgent-asked-again",
        "fever: in follow-ups an older answer counts",
    ),
    B(
        "The weak leg of weeks ago stands for today's",
        URGENT,
        "    safety: same_day\n    help: Trouble with stairs",
        "    safety: same_day\n    valid: 4 weeks\n    help: Trouble with stairs",
        "diff",
        "question leg_weak: how long an answer counts in follow-ups",
    ),
    B(
        "An emergency question hides behind another one",
        ASKED_FIRST,
        f"{SADDLE}    only_if: {{{GATE}}}",
        f"{SADDLE}    only_if: bladder is not no",
        "prove urgent-asked",
        "saddle: it is not asked of this client",
    ),
    B(
        "What is ticked in a follow-up no longer covers the saddle",
        "questions/05-follow-up.yaml",
        "sums_up: [bladder, bowel, saddle]",
        "sums_up: [bladder, bowel]",
        "prove urgent-asked",
        "saddle: it is not asked of this client",
    ),
    B(
        "An emergency is sent to the wrong people",
        f"{SAFETY}/saddle-change.yaml",
        "to: emergency_department",
        "to: crisis_help",
        "prove flags-heard",
        "the rule `saddle-change` sends to `crisis_help`, and not to `emergency_department`",
    ),
    B(
        "Whom to see changes, and nothing else",
        f"{SAFETY}/swollen-leg.yaml",
        "to: doctor_today",
        "to: emergency_department",
        "diff",
        "rule swollen-leg: whom to see, from doctor_today to emergency_department",
    ),
    B(
        "An emergency is worded as a matter of course",
        "referrals.yaml",
        "    exercise: No exercise.\ntargets:",
        "    exercise: Carry on training as planned.\ntargets:",
        "diff",
        "level emergency: what is said of it (exercise)",
    ),
    B(
        "A flag is taken away",
        "safety.yaml",
        CALF_FLAG,
        "\n",
        "check",
        "`swollen-leg` refers same_day, which none of the flags covers",
    ),
    B(
        "How to reach help is reworded",
        "referrals.yaml",
        "    how: Call your doctor, an urgent care centre or the medical advice line today.",
        "    how: See your doctor some day.",
        "diff",
        "target doctor_today: how it is called or reached",
    ),
    B(
        "A flag is left to a rule that is not there",
        "safety.yaml",
        "by: [swollen-leg]",
        "by: [swollen-leg, swollen-calf]",
        "check",
        "is left to `swollen-calf`, which does not exist",
    ),
    B(
        "A flag is lowered, so that nothing is proved of it",
        "safety.yaml",
        "    when: leg_swollen is yes\n    refer: same_day\n",
        "    when: leg_swollen is yes\n    refer: within_days\n",
        "check",
        "the highest that names it is for within_days",
    ),
    B(
        "The dangerous answer is called harmless",
        ASKED_FIRST,
        "    safety: emergency\n    help: Pain, tightness",
        "    safety: emergency\n    harmless: yes\n    help: Pain, tightness",
        "check",
        "the harmless answer to `chest` is `yes`, which `chest-or-collapse` refers",
    ),
    B(
        "A no about the legs stands for the saddle",
        "questions/05-follow-up.yaml",
        "sums_up: [both_legs, gait_hands, leg_weak, foot, leg_swollen]",
        "sums_up: [both_legs, gait_hands, leg_weak, foot, leg_swollen, saddle]",
        "diff",
        "question quick_legs: it sums up saddle as well, and its no stands for them",
    ),
    B(
        "What is ticked in a follow-up no longer speaks of the saddle",
        "questions/05-follow-up.yaml",
        "peeing or bowels? Or about sexual feeling, or feeling where a bike saddle touches?",
        "peeing or bowels? Or about sexual feeling?",
        "diff",
        "question quick_private: its words",
    ),
    B(
        "A flag asks for two signs where one is enough",
        "safety.yaml",
        "when: bladder is new_or_worse\n",
        "when: {all: [bladder is new_or_worse, saddle is new_or_worse]}\n",
        "diff",
        "flag “New or worsening change in peeing”: its condition",
    ),
    B(
        "A promise is taken away",
        "safety.yaml",
        "  - id: clearance-first\n",
        "  - id: clearance-at-times\n",
        "diff",
        "promise clearance-first: it is gone",
    ),
)
