# ruff: noqa: E501 - a table: one row, one line
"""Every kind of trouble, planted once or more in a valid file, each with a good twin.

`«` in the bad text is the place the diagnostic must name; it is taken out before the file is
written. A bad text may hold more than one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import knowledge_base as tiny

from screening.diagnostics import Code

MARK = "«"
RULE = "rules/t/stiff-supported.yaml"
NUMB = "rules/t/numb-now.yaml"
EASY = "rules/t/easy-when-stiff.yaml"
QUESTIONS = "questions/10-first.yaml"
EXERCISES = "exercises/all.yaml"
SCORES = "scores.yaml"
CASE = "cases/stiff-client.yaml"
RECORD = "reviews/stiff-supported.yaml"


@dataclass(frozen=True)
class Planted:
    """One text in one file replaced by a bad one, and by a good one that looks much the same."""

    code: Code
    file: str
    old: str
    bad: str
    says: str
    good: str

    @property
    def id(self) -> str:
        """Return what pytest calls it."""
        return f"{self.code.name}: {self.says}"

    def edited(self, original: str, new: str) -> str:
        """Return the file's text with the old text, which stands there once, replaced."""
        assert original.count(self.old) == 1, (self.file, self.old)
        return original.replace(self.old, new)

    def places(self, original: str) -> list[tuple[int, int]]:
        """Return the lines and columns that diagnostics must name."""
        found = []
        text = self.edited(original, self.bad)
        for before in range(text.count(MARK)):
            start = text.split(MARK)[: before + 1]
            head = "".join(start)
            found.append((head.count("\n") + 1, len(head) - (head.rfind("\n") + 1) + 1))
        return found


P = Planted
SIT = "  - {id: sit, ask: Sitting, short: sitting, kind: movement, groups: [flexion]}\n"
COLD = '  - {id: cold, ask: "Cold?", short: a cold, kind: yes_no}\n'


def listed(items: str, *, name: str = "aches", before: str = COLD, more: str = "") -> str:
    """Return the last question, and a tick list of these after it."""
    return f"{SIT}{before}lists:\n  - {{id: {name}, ask: Which?, short: aches, items: {items}}}\n{more}"


LISTED = listed("[cramp, cold]")

# what a loader must find in knowledge files
KNOWLEDGE = (
    # YAML
    P(Code.tab_indent, RULE, "  all:\n", "«\tall:\n", "a tab", "    all:\n"),
    P(Code.yaml_syntax, RULE, "title: Stiff", "title: Stiff«: very", "not well-formed", 'title: "Stiff: very"'),
    P(Code.yaml_syntax, RULE, "{find: stiff, strength: supported}\n", "{find: stiff, strength: supported\n  - «{", "not well-formed", "{find: stiff, strength: supported }\n"),
    P(Code.anchor, RULE, "title: Stiff", "title: «&a Stiff", "`&a`", "title: A & a"),
    P(Code.anchor, RULE, "say: Both hurt you.", "say: «*a", "`*a`", 'say: "*a"'),
    P(Code.tag, RULE, "title: Stiff", "title: «!!str Stiff", "`tag:yaml.org,2002:str`", "title: Stiff!!"),
    P(Code.tag, RULE, "title: Stiff", "title: «!python/object:os.system Stiff", "python/object", "title: Stiff!"),
    P(Code.duplicate_key, RULE, "because: Both hurt.", "because: Both hurt.\n«because: Again.", "`because`", "because: Both hurt, again."),
    P(Code.duplicate_key, RULE, "strength: supported}", "strength: supported, «strength: confirmed}", "`strength` is given twice (first on line", "strength: supported }"),
    P(Code.several_documents, RULE, "say: Both hurt you.", "say: Both.\n«---\nsay: Both hurt you.", "a second document", "say: ---"),
    P(Code.too_long, RULE, "  all:\n", "  «all:\n    - any: [" + ", ".join(["pain > 7"] * 300) + "]\n", "more than 256 parts", "  all:\n    - any: [" + ", ".join(["pain > 7"] * 200) + "]\n"),
    P(Code.too_deep, RULE, "    - not: pain > 7", "    - not: " + "{not: " * 28 + "«{not: " + "pain > 7" + "}" * 29, "32 deep", "    - not: " + "{not: " * 8 + "pain > 7" + "}" * 8),
    # shape
    P(Code.bad_number, EXERCISES, "  - id: walk\n    name: walking\n", "  - id: walk\n    name: walking\n    dose: {reps: «eight, effort: 3}\n", "`reps` must be a number or `N to M`, found `eight`", "  - id: walk\n    name: walking\n    dose: {reps: 8 to 12, effort: 3}\n"),
    P(Code.bad_number, EXERCISES, "  - id: walk\n    name: walking\n", "  - id: walk\n    name: walking\n    dose: {reps: «12 to 8, effort: 3}\n", "from the lower number to the higher", "  - id: walk\n    name: walking\n    dose: {reps: 12 to 12, effort: 3}\n"),
    P(Code.wrong_shape, EXERCISES, "  - id: walk\n    name: walking\n", "  - id: walk\n    name: walking\n    dose: «{reps: 8, metres: 20, effort: 3}\n", "one of `reps`, `seconds`, `minutes` and `metres`", "  - id: walk\n    name: walking\n    dose: {metres: 20, effort: 3}\n"),
    P(Code.dangling_target, EXERCISES, "  - id: walk\n    name: walking\n", "  - id: walk\n    name: walking\n    equipment: [«bench or stool]\n", "no equipment `stool`", "  - id: walk\n    name: walking\n    equipment: [bench or chair]\n"),
    P(Code.dangling_target, EXERCISES, "  - id: walk\n    name: walking\n", "  - id: walk\n    name: walking\n    easier: [«crawl]\n", "no exercise `crawl`", "  - id: walk\n    name: walking\n    easier: [jump]\n"),
    P(Code.dangling_target, EXERCISES, "  - id: walk\n    name: walking\n", "  - id: walk\n    name: walking\n    cautions: [«frial]\n", "no caution `frial`", "  - id: walk\n    name: walking\n    cautions: [frail]\n"),
    P(Code.wrong_shape, "cautions.yaml", "  - id: frail\n", "  - «id: frail\n    change: numb is no\n", "or else what it `waits_for`", "  - id: frial\n"),
    P(Code.dangling_question, "cautions.yaml", "    waits_for: Whether anything is frail.\n", "    leave_out: «nubm is no\n", "`nubm`", "    leave_out: numb is no\n"),
    P(Code.wrong_shape, RULE, "title: Stiff", "title: «[Stiff]", "`title` must be text, this is a list", "title: Stiff ]"),
    P(Code.wrong_shape, RULE, "when:\n  all:\n    -", "when:\n    «-", "this is a list", "when:\n  all:\n    -"),
    P(Code.wrong_shape, RULE, "  all:\n    - at least 2 flexion movements provoke\n", "  «all: x\n  any:\n    - at least 2 flexion movements provoke\n", "of several keys", "  all:\n    - at least 2 flexion movements provoke\n"),
    P(Code.wrong_shape, RULE, "given: {cramp: yes}", "given: «[cramp]", "`given` must map questions", "given: {cramp: no}"),
    P(Code.wrong_shape, RULE, "given: {cramp: yes}", "given: {cramp: «[yes]}", "`cramp` must be a word or a number", "given: {cramp: dont_know}"),
    P(Code.wrong_shape, RULE, "evidence: [{source: BOOK, grade: expert, at: page 1}]", "evidence: «{source: BOOK, grade: expert}", "`evidence` must be a list", "evidence: [{source: BOOK, grade: expert}]"),
    P(Code.wrong_shape, EXERCISES, "stiff: {avoid: [walk]}", "stiff: «{avoid: [walk], keep: x}", "a verdict is one of", "stiff: {avoid: []}"),
    P(Code.wrong_shape, EXERCISES, "[knee bend]", "[«[knee bend]]", "`aliases` must hold text", "[knee bend, deep knee bend]"),
    P(Code.wrong_shape, "groups.yaml", "  - {id: flexion, title: bending-type}", "  - {id: flexion, title: bending-type}\n  - «flexion", "must be a mapping", "  - {id: flexion, title: flexion}"),
    P(Code.unknown_key, RULE, "because:", "«becuase: Both.\nbecause:", "`becuase`", "conflict: None.\nbecause:"),
    P(Code.unknown_key, RULE, "    - not: pain > 7", "    - «nto: pain > 7", "`nto`", "    - not: pain > 8"),
    P(Code.unknown_key, RULE, "  - {find: stiff,", "  - «{fnid: stiff,", "`fnid`", "  - {find:  stiff,"),
    P(Code.unknown_key, NUMB, 'tell: "Newly numb."', "tell: Newly, «and all numb.", "needs quotes", "tell: Newly and all numb."),
    P(Code.unknown_key, EASY, "{recommend: easy}", "{recommend: easy, «strength: hard}", "`strength`", "{recommend: easy, note: x}"),
    P(Code.missing_key, RULE, "because: Both hurt.\n", "", "`because`", "because: Both.\n"),
    P(Code.missing_key, "referrals.yaml", "  - {id: monitor, title: Watch, act: Watch., exercise: All.}\n", "", "`monitor`", "  - {id: monitor, title: Watch, act: Wait., exercise: All.}\n"),
    P(Code.missing_key, QUESTIONS, "      - {id: none, say: No}\n", "      - «{id: none}\n", "`say`", "      - {id: none, say: None}\n"),
    P(Code.missing_key, "pack.yaml", "region: nowhere\n", "", "`region`", "region: here\n"),
    P(Code.empty_value, RULE, "say: Both hurt you.", "«say:", "`say` has no value", "say: B"),
    P(Code.empty_value, RULE, "then:\n  - {find: stiff, strength: supported}\n  - {advise: keep-moving}\n", "then: «[]\n", "`then` says nothing", "then:\n  - {advise: keep-moving}\n  - {find: stiff, strength: supported}\n"),
    P(Code.bad_id, "limits.yaml", "unit: points}\n", "unit: points}\n  - {id: «Pain!, title: P, unit: points}\n", "`Pain!`", "unit: points}\n  - {id: pain_2, title: P, unit: points}\n"),
    P(Code.bad_id, "advice.yaml", "  - {id: keep-moving,", "  - {id: «-go, text: Go.}\n  - {id: keep-moving,", "`-go`", "  - {id: go, text: Go.}\n  - {id: keep-moving,"),
    P(Code.bad_word, RULE, "status: reviewed", "status: «reviwed", "`reviwed`", "status: active"),
    P(Code.bad_word, RULE, "strength: supported}", "strength: «strong}", "`strong`", "strength: confirmed}"),
    P(Code.bad_word, EASY, "when: stiff is supported", "when: «stiff is severe", "`severe`", "when: stiff is suspected"),
    P(Code.bad_word, EXERCISES, "stiff: {avoid: [walk]}", "stiff: «never", "`never`", "stiff: keep"),
    P(Code.bad_word, RULE, "rest: harmless\n    expect: fires", "rest: «harmles\n    expect: fires", "`harmles`", "rest: harmless\n    expect:  fires"),
    P(Code.bad_number, EASY, "at_most: 2", "at_most: «2.5", "`2.5`", "at_most: 3"),
    P(Code.bad_number, EASY, "at_most: 2", "at_most: «" + "9" * 10_000, "(10000 characters)", "at_most: 0"),
    P(Code.bad_number, RULE, "pain > 7", "«pain > 7.5", "`7.5`", "pain > 6"),
    P(Code.bad_number, RULE, "- at least 2 flexion", "- «at least two flexion", "`two`", "- at least 1 flexion"),
    P(Code.bad_number, QUESTIONS, "  - id: fall\n", "  - {id: age, ask: A, short: a, kind: number, from: 9, to: «9, unit: y, harmless: 9}\n  - id: fall\n", "`from` (9) must be below", "  - {id: age, ask: A, short: a, kind: number, from: 8, to: 9, unit: y, harmless: 9}\n  - id: fall\n"),
    P(Code.bad_number, QUESTIONS, "harmless: 2", "harmless: «11", "`11`", "harmless: 10"),
    P(Code.unknown_key, EXERCISES, "impact: 3}", "impact: 3, «impcat: 1}", "`impcat`", "impact:  3}"),
    P(Code.missing_key, EXERCISES, "{flexion: 0, extension: 0, rotation: 0, lateral: 0, compression: 3,\n      shear: 0, impact: 3}", "«{flexion: 0, extension: 0, rotation: 0, lateral: 0, compression: 3,\n      impact: 3}", "`shear`", "{flexion: 0, extension: 0, rotation: 0, lateral: 0, compression: 3,\n      shear: 1, impact: 3}"),
    P(Code.bad_word, EASY, "{avoid: squat, strength: soft, instead: [walk]}", "{avoid: demand, direction: «flexoin, strength: soft}", "`flexion`", "{avoid: demand, direction: flexion, strength: soft}"),
    P(Code.bad_number, EXERCISES, "{flexion: 2,", "{flexion: «4,", "found 4", "{flexion: 3,"),
    P(Code.bad_date, RULE, "due: 2027-11-01", "due: «2027-13-01", "`2027-13-01`", "due: 2027-12-01"),
    P(Code.bad_date, RULE, "due: 2027-11-01", "due: «20271101", "`20271101`", "due: 2028-02-29"),
    P(Code.bad_phrase, RULE, "    - not: pain > 7", "    - not: «pain above 7 points", "`pain above 7 points`", "    - not: pain >7"),
    P(Code.bad_phrase, EASY, "when: stiff is supported", "when: «cramp", "`cramp` is a question", "when: stiff"),
    P(Code.misnamed_file, RULE, "id: stiff-supported", "id: «stiff-suported", "`stiff-suported.yaml`", "id:  stiff-supported"),
    P(Code.missing_help, NUMB, 'then: {refer: emergency, to: hospital, tell: "Newly numb."}', "then: «{refer: emergency, to: hospital}", "`tell`", 'then: {refer: emergency, to: hospital, tell: "Numb."}'),
    # scores
    P(Code.dangling_question, SCORES, "{of: [cramp],", "{of: [«crmp],", "no question `crmp`", "{of: [calf],"),
    P(Code.duplicate_id, SCORES, "{of: [cramp],", "{of: [cramp, «cramp],", "`cramp` is summed twice", "{of: [cramp, calf],"),
    P(Code.dangling_answer, SCORES, "points: {yes: 2}", "points: {«yse: 2}", "`cramp` has no answer `yse`", "points: {no: 2}"),
    P(Code.wrong_kind, SCORES, "{of: [pain], from: {4: 1, 7: 2}}", "{of: [«pain], points: {4: 1}}", "`pain` is a number: `from`", "{of: [pain], from: {4: 1}}"),
    P(Code.wrong_kind, SCORES, "{of: [cramp], points: {yes: 2}}", "{of: [«cramp], from: {4: 1}}", "`cramp` is no number: `points`", "{of: [cramp], points: {yes: 3}}"),
    P(Code.out_of_range, SCORES, "from: {4: 1, 7: 2}", "from: {4: 1, «11: 2}", "`pain` is 0 to 10", "from: {4: 1, 10: 2}"),
    P(Code.out_of_range, SCORES, "from: {4: 1, 7: 2}", "from: {7: 1, «4: 2}", "`from` rises", "from: {0: 1, 7: 2}"),
    P(Code.out_of_range, SCORES, "    items:\n      - {of: [cramp], points: {yes: 2}}\n", "    items:\n      «- {of: [cramp], points: {yes: 2000}}\n", "take 2003 steps; at most 1000", "    items:\n      - {of: [cramp], points: {yes: 200}}\n"),
    P(Code.bad_number, SCORES, "points: {yes: 2}", "points: {yes: «2.5}", "`2.5`", "points: {yes: 5}"),
    P(Code.wrong_shape, SCORES, "points: {yes: 2}", "points: «[yes]", "`points` must be a mapping", "points: {yes: 4}"),
    P(Code.pointless_item, SCORES, "{of: [cramp], points: {yes: 2}}", "{of: [«cramp], points: {yes: 2, no: 2}}", "every answer to `cramp` gives the same", "{of: [cramp], points: {yes: 2, no: 1}}"),
    P(Code.bad_band, SCORES, "bands: {low: 0, high: 3}", "bands: {low: 0, «high: 5}", "`strain` is -1 to 4, found 5", "bands: {low: 0, high: 4}"),
    P(Code.bad_band, SCORES, "bands: {low: 0, high: 3}", "bands: {low: 2, «high: 2}", "bands rise", "bands: {low: -1, high: 2}"),
    P(Code.bad_id, SCORES, "bands: {low: 0, high: 3}", "bands: {«Low: 0, high: 3}", "`Low`", "bands: {lowest: 0, high: 3}"),
    P(Code.duplicate_id, SCORES, "- id: strain", "- id: «cramp", "`cramp` is used twice", "- id: strain_2"),
    P(Code.missing_evidence, SCORES, "  - id: strain\n    title: Strain\n", "  - «id: strains\n    title: Strains\n    items: [{of: [pain], from: {4: 1}}]\n  - id: strain\n    title: Strain\n", "`strains` names no source", "  - id: strains\n    title: Strains\n    items: [{of: [pain], from: {4: 1}}]\n    evidence: [{source: BOOK, grade: expert}]\n  - id: strain\n    title: Strain\n"),
    P(Code.dangling_source, SCORES, "source: BOOK", "source: «BOOKS", "no source `BOOKS`", "source:  BOOK"),
    P(Code.dangling_answer, EASY, "when: stiff is supported", "when: «strain is hihg", "did you mean `high`", "when: strain is high"),
    P(Code.out_of_range, EASY, "when: stiff is supported", "when: «strain >= 5", "`strain` is -1 to 4: that decides nothing", "when: strain >= 4"),
    P(Code.out_of_range, EASY, "when: stiff is supported", "when: «strain >= -1", "that decides nothing", "when: strain > -1"),
    P(Code.wrong_unit, EASY, "when: stiff is supported", "when: «strain >= bouts", "points are expected", "when: strain >= little_rise"),
    # clearance, what is offered, and the trainer's questions
    P(Code.dangling_target, EASY, "{clearance: ask_first}", "{clearance: «ask_frist}", "did you mean `ask_first`", "{clearance: go}"),
    P(Code.unknown_key, EASY, "{clearance: ask_first}", "{clearance: ask_first, «only_light: yes}", "`only_light`", "{clearance:  ask_first}"),
    P(Code.unknown_key, EASY, "{offer_only: [easy]}", "«{offer_onyl: [easy]}", "did you mean `offer_only`", "{offer_only: [ easy ]}"),
    P(Code.dangling_target, EASY, "{offer_only: [easy]}", "{offer_only: [«esay]}", "did you mean `easy`", "{offer_only: [easy, easy]}"),
    P(Code.empty_value, EASY, "{offer_only: [easy]}", "{offer_only: «[]}", "`offer_only` names no category", "{offer_only: [easy ]}"),
    P(Code.missing_key, "clearances.yaml", "  - {id: ask_first, title: Ask first, say: Ask a doctor., meanwhile: Walk., ", "  - «{id: ask_first, title: Ask first, say: Ask a doctor., ", "`meanwhile`", "  - {id: ask_first, title: Ask first, meanwhile: Walk., "),
    P(Code.bad_word, "clearances.yaml", "only_light: yes", "only_light: «si", "`si`", "only_light: no"),
    P(Code.duplicate_id, "clearances.yaml", "  - {id: go,", "  - {id: «ask_first,", "`ask_first`", "  - {id: run,"),
    P(Code.dangling_source, "trainer.yaml", "source: BOOK", "source: «BOOKS", "no source `BOOKS`", "source:  BOOK"),
    P(Code.missing_evidence, "trainer.yaml", "  - {id: ask_who, ask: Who?, because: One asks., evidence: [{source: BOOK, grade: expert}]}", "  - «{id: ask_who, ask: Who?, because: One asks.}", "`ask_who` names no source", "  - {id: ask_who, ask: Who?, because: One asks., evidence: [{source: BOOK, grade: design}]}"),
    # names
    P(Code.dangling_question, RULE, "- not: pain > 7", "- not: «pian > 7", "`pian`", "- not: pain >= 7"),
    P(Code.dangling_question, RULE, "given: {cramp: yes}", "given: {«crmap: yes}", "`crmap`", "given: {cramp: declined}"),
    P(Code.dangling_question, EASY, "  - {keep: programme}", "  - {confirm: [«crmap]}", "`crmap`", "  - {confirm: [cramp]}"),
    # tick lists
    P(Code.unfit_item, QUESTIONS, SIT, listed("[«numb, cramp]"), "`numb` cannot stand in `aches`: its kind is `recency`", LISTED),
    P(Code.unfit_item, QUESTIONS, SIT, listed("[cramp, «bend]"), "`cramp` is of another kind", listed("[sit, bend]")),
    P(Code.unfit_item, QUESTIONS, SIT, listed("[cramp, «cramp, cold]"), "it stands in `aches`", LISTED),
    P(Code.unfit_item, QUESTIONS, SIT, listed("[cramp, «cold]", before=COLD.replace("yes_no}", "yes_no, harmless: yes}")), "its harmless answer is `yes`", LISTED),
    P(Code.unfit_item, QUESTIONS, SIT, listed("[cramp, «cold]", before=COLD.replace("yes_no}", "yes_no, derived: {follows: yes}}")), "its answer is worked out", LISTED),
    P(Code.unfit_item, QUESTIONS, SIT, listed("[cramp, «cold]", before=COLD.replace("a cold", "cold " * 20)), "its words have 99 characters", LISTED),
    P(Code.dangling_question, QUESTIONS, SIT, listed("[crmp, cold]").replace("crmp", "«crmp"), "no question `crmp`", LISTED),
    P(Code.impossible_count, QUESTIONS, SIT, listed("«[cramp]"), "a tick list has 2 to 8 items, this has 1", LISTED),
    P(Code.duplicate_id, QUESTIONS, SIT, listed("[cramp, cold]", name="«numb"), "`numb` is used twice", LISTED),
    P(Code.duplicate_id, QUESTIONS, SIT, listed("[cramp, cold]", more="  - {id: «aches, ask: Or?, short: x, items: [bend, sit]}\n"), "`aches` is used twice", listed("[cramp, cold]", more="  - {id: bends, ask: Or?, short: x, items: [bend, sit]}\n")),
    P(Code.dangling_question, QUESTIONS, "kind: yes_no, only_if: cramp is yes}", "kind: yes_no, sums_up: [«crmp]}", "`crmp`", "kind: yes_no, sums_up: [cramp]}"),
    P(Code.wrong_shape, QUESTIONS, "kind: yes_no, only_if: cramp is yes}", "kind: yes_no, sums_up: [«pain]}", "`pain` cannot be summed up", "kind: yes_no, sums_up: [numb]}"),
    P(Code.wrong_shape, QUESTIONS, "kind: yes_no, only_if: cramp is yes}", "kind: yes_no, sums_up: [«calf]}", "`calf` cannot be summed up", "kind: yes_no, sums_up: [fall]}"),
    P(Code.wrong_shape, QUESTIONS, "short: numbness, kind: recency,", "short: numbness, kind: recency, «sums_up: [cramp],", "only a yes_no question", "short: numbness, kind: recency, help: Any,"),
    P(Code.bad_word, QUESTIONS, '{id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no}', '{id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no, valid: «soon}', "`soon`", '{id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no, valid: 1 week}'),
    P(Code.bad_word, QUESTIONS, '{id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no}', '{id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no, valid: «0 weeks}', "`0 weeks`", '{id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no, valid: 9999 weeks}'),
    P(Code.unknown_key, QUESTIONS, '{id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no}', '{id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no, derived: «{folows: yes}}', "says one thing", '{id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no, derived: {follows: yes}}'),
    P(Code.dangling_question, QUESTIONS, '{id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no}', '{id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no, derived: «{change_of: pian, by: 1}}', "`pian`", '{id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no, derived: {avoided: easy}}'),
    P(Code.bad_word, EASY, "  - {keep: programme}\n", "  - {progress: «onward}\n", "`onward`", "  - {progress: hold}\n"),
    P(Code.dangling_target, EASY, "  - {keep: programme}\n", "  - {progress: hold, category: «eazy}\n", "`eazy`", "  - {progress: hold, category: easy}\n"),
    P(Code.dangling_question, QUESTIONS, "only_if: cramp is yes", "only_if: «crmp is yes", "`crmp`", "only_if: cramp is no"),
    P(Code.dangling_answer, NUMB, "when: numb is new_or_worse", "when: «numb is newer", "`newer`", "when: numb is not no"),
    P(Code.dangling_answer, NUMB, "given: {numb: no}", "given: {numb: «nope}", "`nope`", "given: {numb: lifelong}"),
    P(Code.dangling_answer, QUESTIONS, "harmless: none", "harmless: «nil", "`nil`", "harmless: big"),
    P(Code.dangling_finding, EASY, "when: stiff is supported", "when: «stif", "`stif`", "when: {all: [stiff]}"),
    P(Code.dangling_finding, RULE, "{find: stiff,", "{find: «stif,", "`stif`", "{find: stiff ,"),
    P(Code.dangling_finding, EXERCISES, "stiff: {avoid: [walk]}", "«stif: {avoid: [walk]}", "`stif`", "stiff: {avoid: [ walk]}"),
    P(Code.dangling_parameter, RULE, "pain > 7", "«pain > strng_pain", "did you mean `strong_pain`", "pain > strong_pain"),
    P(Code.dangling_parameter, EASY, "at_most: 2", "at_most: «small_rise", "`small_rise`", "at_most: little_rise"),
    P(Code.dangling_parameter, "categories.yaml", "text: A little.", 'text: «"A little {muhc}."', "`muhc`", 'text: "A little for {bouts} bouts."'),
    P(Code.wrong_unit, RULE, "pain > 7", "«pain > bouts", "`bouts` is in times", "pain > strong_pain"),
    P(Code.out_of_range, RULE, "pain > 7", "«pain > high_pain", "found 11 (`high_pain`)", "pain > strong_pain"),
    P(Code.bad_number, "parameters.yaml", "value: 7,", "value: «seven,", "`seven`", "value: 8,"),
    P(Code.dangling_source, "parameters.yaml", "title: Strong pain, source: BOOK", "title: Strong pain, source: «BOK", "`BOK`", "title: Strong pain, source:  BOOK"),
    P(Code.duplicate_id, "parameters.yaml", "  - {id: bouts,", "  - {id: «strong_pain, value: 1, unit: times, title: T, source: BOOK, grade: design}\n  - {id: bouts,", "`strong_pain`", "  - {id: strongest, value: 1, unit: times, title: T, source: BOOK, grade: design}\n  - {id: bouts,"),
    P(Code.dangling_group, RULE, "at least 2 flexion movements", "«at least 2 flexoin movements", "`flexoin`", "at least 2 movements"),
    P(Code.dangling_group, QUESTIONS, "short: bending, kind: movement, groups: [flexion]", "short: bending, kind: movement, groups: [flexion, «flexon]", "`flexon`", "short: bending, kind: movement, groups: [ flexion]"),
    P(Code.dangling_target, EASY, "{recommend: easy}", "{recommend: «eazy}", "`eazy`", "{recommend:  easy}"),
    P(Code.dangling_target, EASY, "instead: [walk]}", "instead: [«wlak]}", "`wlak`", "instead: []}"),
    P(Code.dangling_target, EASY, "{limit: pain_during,", "{limit: «pain_after,", "`pain_after`", "{limit: pain_during ,"),
    P(Code.dangling_target, EASY, "{stage: acute}", "{stage: «later}", "`later`", "{stage:  acute}"),
    P(Code.dangling_target, RULE, "{advise: keep-moving}", "{advise: «keep-movin}", "`keep-movin`", "{advise:  keep-moving}"),
    P(Code.dangling_target, NUMB, "to: hospital", "to: «hopsital", "`hopsital`", "to: doctor"),
    P(Code.dangling_target, EXERCISES, "stiff: {avoid: [walk]}", "stiff: {avoid: [«wlk]}", "`wlk`", "stiff: {avoid:  [walk]}"),
    P(Code.dangling_target, EXERCISES, "performed_as: bend", "performed_as: «cramp", "`cramp`", "performed_as: sit"),
    P(Code.dangling_target, EXERCISES, "category: easy", "category: «hard", "`hard`", "category:  easy"),
    P(Code.dangling_target, "referrals.yaml", "exercise: None., to: hospital}", "exercise: None., to: «clinic}", "`clinic`", "exercise: None., to:  hospital}"),
    P(Code.dangling_source, RULE, "source: BOOK", "source: «BOK", "`BOK`", "source:  BOOK"),
    P(Code.dangling_source, "categories.yaml", "  - id: easy\n    title: Easy work\n    examples: Anything easy.\n    light: yes\n    dose: {text: A little., source: BOOK,", "  - «id: easy\n    title: Easy work\n    examples: Anything easy.\n    light: yes\n    dose: {text: A little., source: BOK,", "`BOK`", "  - id: easy\n    title: Easy work\n    examples: Anything easy.\n    light: yes\n    dose: {text: A lot., source: BOOK,"),
    P(Code.duplicate_id, "findings.yaml", "  - {id: stiff, title: stiff, pattern: yes}", "  - {id: stiff, title: stiff}\n  - {id: «stiff, title: again}", "`stiff`", "  - {id: stiff, title: stiff}"),
    P(Code.duplicate_id, QUESTIONS, "  - {id: sit,", "  - {id: «bend, ask: B, short: b, kind: movement}\n  - {id: sit,", "`bend`", "  - {id: bow, ask: B, short: b, kind: movement}\n  - {id: sit,"),
    P(Code.duplicate_id, QUESTIONS, "{id: big, say: Big}", "{id: big, say: Big}\n      - {id: «big, say: Bigger}", "`big`", "{id: big, say: Big}\n      - {id: bigger, say: Bigger}"),
    P(Code.duplicate_id, EXERCISES, "  - id: walk\n    name: walking", "  - «id: walk\n    name: Knee Bend", "`knee bend`", "  - id: walk\n    name: Walking"),
    P(Code.duplicate_id, "sources.yaml", "  - {key: BOOK, citation: A book, kind: book, read: full}", "  - {key: BOOK, citation: A book, kind: book, read: full}\n  - {key: «BOOK, citation: B, kind: book, read: full}", "`BOOK`", "  - {key: BOOK, citation: A book, kind: book, read: table}"),
    P(Code.duplicate_id, "referrals.yaml", "  - {id: monitor, title: Watch,", "  - {id: monitor, title: W, act: W, exercise: W}\n  - {id: «monitor, title: Watch,", "`monitor`", "  - {id: monitor, title: W,"),
    P(Code.wrong_kind, RULE, "any: [calf is no, fall is big,", "any: [calf is no, «pain is big,", "`pain` is a number", "any: [calf is no, pain < 1,"),
    P(Code.wrong_kind, NUMB, "when: numb is new_or_worse", "when: «numb > 3", "`numb` is not a number", "when: numb is older_stable"),
    P(Code.out_of_range, RULE, "pain > 7", "«pain > 11", "found 11", "pain > 9"),
    P(Code.impossible_count, RULE, "at least 2 flexion", "«at least 3 flexion", "at least 3 of 2", "at least 2  flexion"),
    P(Code.impossible_count, RULE, "- any: [calf is no, fall is big, cramp is yes]", "- at_least: {count: «4, of: [calf is no, fall is big, cramp is yes]}", "at least 4 of 3", "- at_least: {count: 1, of: [calf is no, fall is big, cramp is yes]}"),
    P(Code.impossible_count, RULE, "- any: [calf is no, fall is big, cramp is yes]", "- at_least: {count: «0, of: [calf is no, fall is big, cramp is yes]}", "at least 0 of 3", "- at_least: {count: 1, of: [calf is no, fall is big, cramp is yes]}"),
)  # fmt: skip

# what the list of statements may not say
COVERAGE = (
    P(Code.dangling_statement, NUMB, "covers: [book:B1]", "covers: [«book:B9, book:B1]", "no statement `book:B9` in `coverage.yaml`did you mean `book:", "covers: [book:B1, book:B2]"),
    P(Code.bad_id, "coverage.yaml", "  - {id: book:B6,", "  - {id: «B6,", "bad id `B6`", "  - {id: book:B6-a.1,"),
    P(Code.duplicate_id, "coverage.yaml", "  - {id: book:B6,", "  - {id: «book:B5,", "`book:B5` is used twice", "  - {id: book:B7,"),
    P(Code.bad_word, "coverage.yaml", "how: not_yet", "how: «not_yte", "did you mean `not_yet`?", "how: left_out"),
    P(Code.missing_key, "coverage.yaml", "  - {id: book:B6, says: Later., how: not_yet, why: Not written.}", "  - «{id: book:B6, says: Later., how: not_yet}", "the key `why` is missing", "  - {id: book:B6, says: Later., how: left_out, why: No.}"),
    P(Code.missing_key, "coverage.yaml", "  - {id: book:B5, says: Say nothing else., how: built_in, where: [here],", "  - «{id: book:B5, says: Say nothing else., how: built_in,", "the key `where` is missing", "  - {id: book:B5, says: Say nothing else., how: left_out,"),
    P(Code.unknown_key, "coverage.yaml", "how: not_yet,", "how: not_yet, «where: [stiff],", "unknown key `where`", "how: finding, where: [stiff],"),
    P(Code.dangling_finding, "coverage.yaml", "where: [stiff]", "where: [«stif]", "no finding `stif`did you mean `stiff`?", "where: []"),
    P(Code.dangling_question, "coverage.yaml", "where: [bend, sit]", "where: [bend, «sot]", "no question `sot`", "where: [bend, pain]"),
    P(Code.dangling_target, "coverage.yaml", "where: [acute]", "where: [«akute]", "no parameter `akute`did you mean `acute`?", "where: [pain_during, acute, bouts]"),
    P(Code.wrong_shape, "coverage.yaml", "statements:\n", "statements:\n  - «book:B0\n", "a statement must be a mapping", "statements:\n  - {id: book:B0, says: None., how: left_out, why: No.}\n"),
)  # fmt: skip

# what a loader must find in a case of the library
CASES = (
    P(Code.misnamed_file, CASE, "id: stiff-client", "id: «stiff", "must be named `stiff.yaml`", "id:  stiff-client"),
    P(Code.missing_key, CASE, "source: BOOK\n", "", "`source`", "source:  BOOK\n"),
    P(Code.unknown_key, CASE, "note: None.", "«nots: None.", "`note`", "note: One."),
    P(Code.bad_word, CASE, "kind: published", "kind: «publishd", "`published`", "kind:  published"),
    P(Code.bad_word, CASE, "{at_most: monitor}", "{at_most: «soon}", "`soon`", "{at_most: routine}"),
    P(Code.bad_word, CASE, "note: None.", "action: {text: Sent on., level: «rutine}", "`routine`", "action: {text: Sent on., level: routine}"),
    P(Code.bad_word, CASE, "harmless_rest: all", "harmless_rest: «everything", "`everything`", "harmless_rest: emergency"),
    P(Code.bad_word, CASE, "pattern: [stiff is supported]", "pattern: [«stiff is suported]", "did you mean `supported`", "pattern: [stiff is suspected]"),
    P(Code.bad_word, CASE, "avoid squat,", "«avoid squat is supported,", "expected one of: soft, hard", "avoid squat is soft,"),
    P(Code.bad_phrase, CASE, "[recommend easy,", "[«offer easy,", "one of: recommend", "[recommend  easy,"),
    P(Code.bad_phrase, CASE, "[recommend easy,", "[«recommend easy walk,", "`recommend easy walk`", "[avoid flexion,"),
    P(Code.bad_phrase, CASE, "pattern: [stiff is supported]", "pattern: [«find stiff]", "as in", "pattern: [stiff]"),
    P(Code.dangling_question, CASE, "assumed: {cramp: yes}", "assumed: {«crmap: yes}", "did you mean `cramp`", "assumed: {numb: no}"),
    P(Code.dangling_answer, CASE, "sit: provokes}", "sit: «provoke}", "did you mean `provokes`", "sit: relieves}"),
    P(Code.duplicate_key, CASE, "assumed: {cramp: yes}", "assumed: {«bend: provokes}", "both reported and assumed", "assumed: {}"),
    P(Code.dangling_source, CASE, "source: BOOK", "source: «BOOKS", "expected one of: BOOK", "source:  BOOK"),
    P(Code.dangling_case, CASE, "note: None.", "follows: «stiff-clint", "did you mean `stiff-client`", "note: stiff-clint"),
    P(Code.circular_follows, CASE, "note: None.", "follows: «stiff-client", "by way of `stiff-client`", "note: stiff-client"),
    P(Code.dangling_target, CASE, "[recommend easy,", "[«progress eassy,", "no category `eassy`", "[stop easy,"),
    P(Code.dangling_target, CASE, "[recommend easy,", "[«clearance easy,", "no clearance `easy`", "[advise keep-moving,"),
    P(Code.wrong_kind, CASE, "source: BOOK\nkind: published", "«source: BOOK\nkind: synthetic", "`source` belongs to a published case", "kind: published\nsource: BOOK"),
    P(Code.dangling_target, CASE, "[recommend easy,", "[«recommend eassy,", "did you mean `easy`", "[avoid impact,"),
    P(Code.dangling_target, CASE, "advise keep-moving]", "«advise keep-moveing]", "did you mean `keep-moving`", "advise  keep-moving]"),
    P(Code.dangling_target, CASE, "[stiff-supported,", "[«stiff-suported,", "did you mean `stiff-supported`", "[ stiff-supported,"),
    P(Code.dangling_finding, CASE, "find stiff,", "«find stif,", "did you mean `stiff`", "find stiff is suspected,"),
    P(Code.unknown_exercise, CASE, "[squat, walk]", "[squat, walk, «sqaut]", "`sqaut`", "[squat, walk, knee bend]"),
    P(Code.unlisted_exercise, CASE, "keep walk,", "«keep jump,", "`jump` is not in the programme", "keep squat, keep walk,"),
    P(Code.wrong_shape, CASE, "{at_most: monitor}", "«{at_least: same_day, at_most: monitor}", "`at_least` and `at_most`", "{at_least: none, at_most: monitor}"),
    P(Code.wrong_shape, CASE, "{at_most: monitor}", "«{is: none, at_most: monitor}", "`referral` takes `is`", "{is: none}"),
    P(Code.wrong_shape, CASE, "{at_most: monitor}", "«{}", "`referral` takes `is`", "{at_least: none}"),
    P(Code.wrong_shape, CASE, "assumed: {cramp: yes}", "assumed: «[cramp]", "`assumed` must map questions", "assumed: {cramp: no}"),
)  # fmt: skip

# what `check` must find in knowledge that loads; the place is that of the rule, so the first line
CHECKED = (
    P(Code.unfit_item, QUESTIONS, "title: First\n", "title: First\nlists:\n  - «{id: aches, ask: Which?, short: aches, items: [cramp, calf]}\n", "`calf` waits for `cramp`, which is in the same list", "title: First\nlists:\n  - {id: aches, ask: Which?, short: aches, items: [bend, sit]}\n"),
    P(Code.misfit_follow_up, QUESTIONS, '  - {id: numb, ask: "Numb?", short: numbness, kind: recency, safety: emergency}', '  - «{id: numb, ask: "Numb?", short: numbness, kind: recency, safety: emergency, valid: 4 weeks}', "`numb` is an emergency question: asked in every session", '  - {id: numb, ask: "Numb?", short: numbness, kind: recency, safety: emergency, valid: session}'),
    P(Code.misfit_follow_up, QUESTIONS, '  - {id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no}', '  - «{id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no, sums_up: [numb], valid: 4 weeks}', "`cramp` sums up an emergency question: asked in every session", '  - {id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no, sums_up: [fall], valid: 4 weeks}'),
    P(Code.misfit_follow_up, QUESTIONS, '  - {id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no}', '  - «{id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no, derived: {follows: yes}, valid: always}', "worked out anew", '  - {id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no, derived: {follows: yes}}'),
    P(Code.misfit_follow_up, QUESTIONS, '  - {id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no}', '  - «{id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no, derived: {weeks_since: first}}', "needs a number of weeks", '  - {id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no, derived: {follows: yes}, valid: session}'),
    P(Code.misfit_follow_up, QUESTIONS, '  - {id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no}', '  - «{id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no, derived: {change_of: pain, by: 2}}', "needs a choice of better, same, worse", '  - {id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no, derived: {offered: easy}}'),
    P(Code.misfit_follow_up, QUESTIONS, '  - {id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no}', '  - «{id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no, derived: {offered: eazy}}', "`eazy`, which is no category", '  - {id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no, derived: {avoided: easy}}'),
    P(Code.misfit_follow_up, QUESTIONS, "  - id: fall\n", '  - «{id: twinge, ask: "Twinge?", short: a twinge, kind: yes_no, derived: {referral: earlier}}\n  - id: fall\n', "needs a choice of none, monitor", '  - {id: twinge, ask: "Twinge?", short: a twinge, kind: yes_no, valid: 2 weeks}\n  - id: fall\n'),
    P(Code.misfit_follow_up, QUESTIONS, '  - {id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no}', '  - «{id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no, derived: {follows: yes}, safety: emergency}', "never asked", '  - {id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no, derived: {follows: yes}, safety: monitor}'),
    P(Code.misfit_follow_up, QUESTIONS, '  - {id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no}', '  - «{id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no, gap: yes}', "must be an asked number", '  - {id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no, gap: no}'),
    P(Code.misfit_follow_up, QUESTIONS, '  - {id: pain, ask: "Pain?", short: pain, kind: number, from: 0, to: 10, unit: points, harmless: 2}', '  - «{id: pain, ask: "Pain?", short: pain, kind: number, from: 0, to: 10, unit: points, harmless: 2, derived: {weeks_since: first}}', "no question has `gap: yes`", '  - {id: pain, ask: "Pain?", short: pain, kind: number, from: 0, to: 10, unit: points, harmless: 2, gap: yes}'),
    P(Code.misfit_follow_up, QUESTIONS, "  - id: fall\n", '  - «{id: trend, ask: "Trend?", short: trend, kind: choice, answers: [{id: better, say: B}, {id: same, say: S}, {id: worse, say: W}], harmless: same, derived: {change_of: cramp, by: 2}}\n  - id: fall\n', "no asked number", '  - {id: trend, ask: "Trend?", short: trend, kind: choice, answers: [{id: better, say: B}, {id: same, say: S}, {id: worse, say: W}], harmless: same, derived: {change_of: pain, by: 2}}\n  - id: fall\n'),
    P(Code.misfit_follow_up, QUESTIONS, "  - id: fall\n", '  - «{id: trend, ask: "Trend?", short: trend, kind: choice, answers: [{id: better, say: B}, {id: same, say: S}, {id: worse, say: W}], harmless: same, derived: {change_of: pain, by: 0}}\n  - id: fall\n', "`by` of 1 or more", '  - {id: trend, ask: "Trend?", short: trend, kind: choice, answers: [{id: better, say: B}, {id: same, say: S}, {id: worse, say: W}], harmless: same, derived: {change_of: pain, by: 1}}\n  - id: fall\n'),
    P(Code.duplicate_id, "stages.yaml", "title: early}\n", "title: early}\n  - «{id: stiff, axis: time, title: later}\n", "`stiff` is used twice: finding and stage", "title: early}\n  - {id: cramp, axis: time, title: later}\n"),
    P(Code.duplicate_id, "limits.yaml", "unit: points}\n", "unit: points}\n  - «{id: acute, title: Acute, unit: points}\n", "`acute` is used twice: stage and limit", "unit: points}\n  - {id: pain_after, title: Pain after, unit: points}\n"),
    P(Code.duplicate_id, EXERCISES, "evidence: [{source", "  - «id: easy\n    name: easy\n    demands: {flexion: 0, extension: 0, rotation: 0, lateral: 0, compression: 1, shear: 0, impact: 0}\nevidence: [{source", "`easy` is used twice: category and exercise", "evidence: [ {source"),
    P(Code.duplicate_id, QUESTIONS, "  - id: fall\n", '  - «{id: stiff, ask: "Stiff?", short: stiffness, kind: yes_no}\n  - id: fall\n', "`stiff` is used twice: finding and question", '  - {id: acute, ask: "Acute?", short: acute, kind: yes_no}\n  - id: fall\n'),
    P(Code.duplicate_id, "clearances.yaml", "  - {id: go,", "  - «{id: acute,", "`acute` is used twice: stage and clearance", "  - {id: went,"),
    P(Code.circular_finding, RULE, "    - not: pain > 7\n", "    - not: stiff is confirmed\n    - not: stiff\n", "stiff-supported ← stiff", "    - not: pain > 8\n"),
    P(Code.late_parent, QUESTIONS, '  - {id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no}\n', '  - «{id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no, only_if: sit is provokes}\n', "`sit`, which is asked later", '  - {id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no, only_if: numb is no}\n'),
    P(Code.late_parent, QUESTIONS, '{id: calf, ask: "Calf?", short: the calf, kind: yes_no, only_if: cramp is yes}', '««{id: calf, ask: "Calf?", short: the calf, kind: yes_no, only_if: any movement provokes}', "`bend`, which is asked later", '{id: calf, ask: "Calf?", short: the calf, kind: yes_no, only_if: cramp is unknown}'),
    P(Code.missing_unknown, NUMB, "unknown: {treat_as: same_day}\n", "", "`numb`", "unknown: {treat_as: met}\n"),
    P(Code.unsettled_unknown, NUMB, "unknown: {treat_as: same_day}\n", "unknown: {treat_as: undecided}\n", "`numb-now` undecided for ever", "unknown: {treat_as: not_met}\n"),
    P(Code.counted_unknown, RULE, "because: Both hurt.\n", "because: Both hurt.\nunknown: {treat_as: met}\n", "`stiff-supported` counts movements", "because: Both hurt.\nunknown: {treat_as: undecided}\n"),
    P(Code.uncovered_unknown, NUMB, "unknown: {treat_as: same_day}\n", "unknown: {see: easy-when-stiff}\n", "`numb`", "unknown: {treat_as: emergency}\n"),
    P(Code.dangling_target, NUMB, "unknown: {treat_as: same_day}\n", "unknown: {see: nobody}\n", "`nobody`", "unknown: {treat_as: not_met}\n"),
    P(Code.unheard_emergency, QUESTIONS, '{id: calf, ask: "Calf?", short: the calf, kind: yes_no, only_if: cramp is yes}', '«{id: calf, ask: "Calf?", short: the calf, kind: yes_no, only_if: cramp is yes, safety: emergency}', "no answer to `calf`", '{id: calf, ask: "The calf?", short: the calf, kind: yes_no, only_if: cramp is yes}'),
    P(Code.unmarked_urgency, QUESTIONS, '  - {id: numb, ask: "Numb?", short: numbness, kind: recency, safety: emergency}\n', '  - «{id: numb, ask: "Numb?", short: numbness, kind: recency, safety: within_days}\n', "`numb-now` refers emergency for an answer to `numb` alone", '  - {id: numb, ask: "Numb?", short: numbness, kind: recency, safety: same_day}\n'),
    P(Code.dangerous_harmless, QUESTIONS, '{id: numb, ask: "Numb?", short: numbness, kind: recency, safety: emergency}', '«{id: numb, ask: "Numb?", short: numbness, kind: recency, safety: emergency, harmless: new_or_worse}', "the harmless answer to `numb` is `new_or_worse`, which `numb-now` refers", '{id: numb, ask: "Numb?", short: numbness, kind: recency, safety: emergency, harmless: older_stable}'),
    P(Code.unreached_urgency, QUESTIONS, '{id: calf, ask: "Calf?", short: the calf, kind: yes_no, only_if: cramp is yes}', '«{id: calf, ask: "Calf?", short: the calf, kind: yes_no, only_if: cramp is yes, safety: same_day}', "`calf` is marked same_day, and no rule reaches that", '{id: calf, ask: "Calf?", short: the calf, kind: yes_no, only_if: cramp is yes, safety: monitor}'),
    P(Code.forgotten_referral, QUESTIONS, "  - id: fall\n", "  - «{id: again, ask: Again, short: again, kind: yes_no, derived: {follows: yes}}\n  - id: fall\n", "no rule reads what the last screening referred to", "  - {id: again, ask: Again, short: again, kind: yes_no}\n  - id: fall\n"),
    P(Code.pointless_end, EASY, "because: It is easy.\n", "ends: yes\nbecause: It is easy.\n", "`easy-when-stiff` ends the interview and sends the client to nobody", "ends: no\nbecause: It is easy.\n"),
    P(Code.slow_target, NUMB, "id: numb-now\ntitle: Newly numb\nstatus: draft\ncovers: [book:B1]\nwhen: numb is new_or_worse\nunknown: {treat_as: same_day}\nthen: {refer: emergency, to: hospital,", "«id: numb-now\ntitle: Newly numb\nstatus: draft\ncovers: [book:B1]\nwhen: numb is new_or_worse\nunknown: {treat_as: same_day}\nthen: {refer: emergency, to: doctor,", "`numb-now` refers emergency to `doctor`", "id: numb-now\ntitle: Newly numb\nstatus: draft\ncovers: [book:B1]\nwhen: numb is new_or_worse\nunknown: {treat_as: same_day}\nthen: {refer: emergency,  to: hospital,"),
    P(Code.overruled_rule, EASY, "  - {recommend: easy}\n  - {limit: pain_during, at_most: 2}\n  - {stage: acute}\n  - {avoid: demand, direction: flexion, strength: soft}\n  - {avoid: squat, strength: soft, instead: [walk]}\n  - {modify: squat, instead: Half way.}\n  - {keep: programme}\n  - {clearance: ask_first}\n  - {offer_only: [easy]}\n", "  - {modify: squat, instead: Half way.}\n", "`squat.stiff` leaves out squat", "  - {recommend: easy}\n"),
    P(Code.missing_example, NUMB, "  - {name: Not asked, given: {}, expect: undecided}\n", "", "`expect: undecided`", "  - {name: Nothing asked, given: {}, expect: undecided}\n"),
    P(Code.missing_evidence, RULE, "evidence: [{source: BOOK, grade: expert, at: page 1}]\n", "", "`stiff-supported` names no source", "evidence: [{source: BOOK, grade: design}]\n"),
    P(Code.unnamed_review, RULE, ", by: clinician", "", "`stiff-supported` is reviewed", ", by: ito"),
    P(Code.unseen_logic, RULE, "    - not: pain > 7\n", "    - not: pain > 8\n", "the logic has changed since: rule stiff-supported: logic", "    - not: pain > strong_pain\n"),
    P(Code.unseen_logic, RULE, ", logic: 7e0af66e6dabd3e1", "", "the logic they saw is not on record", ", logic: 7e0af66e6dabd3e1 "),
    P(Code.unseen_words, RULE, "because: Both hurt.", "because: It hurts.", "words have changed since: rule stiff-supported: because", "because:  Both hurt."),
    P(Code.unseen_words, RULE, "words: fd07643dc6a8baae", "words: 0000000000000000", "`reviews/stiff-supported.yaml` is not what was signed", "words:  fd07643dc6a8baae"),
    P(Code.partial_review, RULE, ", words: fd07643dc6a8baae", "", "but only its own logic", ", words: fd07643dc6a8baae "),
    P(Code.unlisted_reviewer, RULE, "by: clinician", "by: x", "reviewed by x, who is not in `reviewers.yaml`", "by: ito"),
    P(Code.unlisted_reviewer, RULE, "on: 2026-01-02", "on: 2024-01-02", "who may review since 2025-01-01 only", "on: 2025-01-02"),
    P(Code.own_review, RULE, "say: Both hurt you.\n", "say: Both hurt you.\nauthor: a. clinician\n", "who wrote it", "say: Both hurt you.\nauthor: B. Other\n"),
    P(Code.stray_record, RECORD, "rule: stiff-supported\n", "«rule: stif-supported\n", "no rule `stif-supported`", "rule: stiff-supported  # read\n"),
    P(Code.missing_reason, EASY, "status: draft\n", "status: retired\n", "does not say why", "status: retired\nretired: Too easy.\n"),
    P(Code.overdue_review, RULE, "due: 2027-11-01", "due: 2020-11-01", "2020-11-01", "due: 2026-01-01"),
    P(Code.unused_question, QUESTIONS, "  - id: fall\n", '  - «{id: eye, ask: "Eye?", short: eye, kind: yes_no}\n  - id: fall\n', "`eye`", '  - {id: eye, ask: "Eye?", short: eye, kind: movement, groups: [flexion]}\n  - id: fall\n'),
    P(Code.unused_finding, "findings.yaml", "  - {id: stiff, title: stiff, pattern: yes}\n", "  - {id: stiff, title: stiff, pattern: yes}\n  - «{id: sore, title: sore}\n", "`sore`", "  - {id: stiff, title: stiff, pattern: no}\n"),
    P(Code.circular_advice, "advice.yaml", "{id: keep-moving, text: Keep moving.}\n", "«{id: keep-moving, text: Keep moving., gives_way_to: [keep-moving]}\n", "keep-moving ← keep-moving", "{id: keep-moving, text: Keep moving., gives_way_to: []}\n"),
    P(Code.dangling_target, "advice.yaml", "{id: keep-moving, text: Keep moving.}\n", "«{id: keep-moving, text: Keep moving., gives_way_to: [sit-down]}\n", "no advice `sit-down`", "{id: keep-moving, text: Keep moving., gives_way_to: []}\n"),
    P(Code.unused_advice, "advice.yaml", "Keep moving.}\n", "Keep moving.}\n  - «{id: sit-down, text: Sit down.}\n", "`sit-down`", "Do keep moving.}\n"),
    P(Code.unused_parameter, "parameters.yaml", "  - {id: bouts,", "  - «{id: spare, value: 1, unit: times, title: T, source: BOOK, grade: design}\n  - {id: bouts,", "`spare`", "  - {id: bouts ,"),
    P(Code.duplicate_id, "parameters.yaml", "  - {id: bouts,", "  - «{id: cramp, value: 1, unit: times, title: T, source: BOOK, grade: design}\n  - {id: bouts,", "`cramp` is used twice: question and parameter", "  - {id: easy, value: 1, unit: times, title: T, source: BOOK, grade: design}\n  - {id: bouts,"),
    P(Code.avoided_alternative, EXERCISES, "stiff: {avoid: [walk]}\n  - id: walk\n", "stiff: «{avoid: [squat, walk]}\n  - id: walk\n", "which `stiff` avoids too", "stiff: {avoid: [walk]}\n  - id:  walk\n"),
    P(Code.avoided_alternative, EXERCISES, "stiff: {avoid: [walk]}\n  - id: walk\n    name: walking\n    light: yes\n    demands: {flexion: 0, extension: 0, rotation: 0, lateral: 0, compression: 0,\n      shear: 0, impact: 0}\n    verdicts:\n      stiff: {keep: Slowly.}", "stiff: «{avoid: [walk]}\n  - id: walk\n    name: walking\n    light: yes\n    demands: {flexion: 0, extension: 0, rotation: 0, lateral: 0, compression: 0,\n      shear: 0, impact: 0}\n    verdicts:\n      stiff: {modify: Slowly.}", "which `stiff` changes", "stiff: {avoid: []}\n  - id: walk\n    name: walking\n    light: yes\n    demands: {flexion: 0, extension: 0, rotation: 0, lateral: 0, compression: 0,\n      shear: 0, impact: 0}\n    verdicts:\n      stiff: {modify: Slowly.}"),
    P(Code.unequal_alternative, EXERCISES, "      stiff: {avoid: [walk]}\n", "      stiff: «{avoid: [walk]}\n    trains: [legs]\n", "`walk`, which trains nothing of legs", "      stiff: {avoid: []}\n    trains: [legs]\n"),
    P(Code.circular_ladder, EXERCISES, "  - id: squat\n", "  - «id: squat\n    easier: [squat]\n", "squat ← squat", "  - id: squat\n    easier: [walk]\n"),
    P(Code.demanding_keep, EXERCISES, "stiff: {avoid: [walk]}", "stiff: «keep", "keeps what loads flexion 2 of 3", "stiff: {keep: Half way.}"),
    P(Code.demanding_keep, EXERCISES, "demands: {flexion: 2, extension: 0, rotation: 0, lateral: 0, compression: 1,\n      shear: 0, impact: 0}\n    verdicts:\n      stiff: {avoid: [walk]}", "demands: {flexion: 3, extension: 0, rotation: 0, lateral: 0, compression: 1,\n      shear: 0, impact: 0}\n    verdicts:\n      stiff: «{keep: Half way.}", "keeps what loads flexion 3 of 3", "demands: {flexion: 3, extension: 0, rotation: 0, lateral: 0, compression: 1,\n      shear: 0, impact: 0}\n    verdicts:\n      stiff: {modify: Half way.}"),
    P(Code.undemanding_avoid, EXERCISES, "      stiff: keep\n", "      stiff: «{avoid: [walk]}\n", "leaves out what loads flexion no more than 0", "      stiff: {avoid: [walk], evidence: [{source: BOOK, grade: expert}]}\n"),
    P(Code.replacing_keep, EXERCISES, "stiff: {keep: Slowly.}", "stiff: «{keep: Slowly for now.}", "keeps the exercise and says `for now`", "stiff: {keep: Slowly now.}"),
    P(Code.replacing_keep, EXERCISES, "stiff: {keep: Slowly.}", "stiff: «{keep: First a knee bend.}", "says `knee bend`", "stiff: {keep: Bend the knee first.}"),
    P(Code.duplicate_id, EXERCISES, "  - id: walk\n    name: walking\n", "  - «id: walk\n    name: walking\n    aliases: [Knee-bends]\n", "`knee-bends` is spelt like a name of `squat`", "  - id: walk\n    name: walking\n    aliases: [Knee-ups]\n"),
    P(Code.long_cue, EXERCISES, "  - id: walk\n    name: walking\n", "  - «id: walk\n    name: walking\n    cues: [Look far ahead and let both of the arms swing.]\n", "has 46 characters", "  - id: walk\n    name: walking\n    cues: [Look far ahead, let both of the arms swing.]\n"),
    P(Code.uncovered_statement, "coverage.yaml", "statements:\n", "statements:\n  - «{id: book:B0, says: Alone.}\n", "no rule covers `book:B0`add `covers: [book:B0]` to a rule", "statements:\n  - {id: book:B0, says: Alone., how: left_out, why: No.}\n"),
    P(Code.uncovered_statement, "coverage.yaml", "  - {id: book:B6, says: Later., how: not_yet, why: Not written.}", "  - «{id: book:B6, says: Later., how: partly, why: Half.}", "no rule covers `book:B6`", "  - {id: book:B6, says: Later., how: left_out, why: Half.}"),
    P(Code.outdated_reason, "coverage.yaml", "  - {id: book:B1, says: Newly numb is urgent.}", "  - «{id: book:B1, says: Newly numb is urgent., how: not_yet, why: Later.}", "`numb-now` covers `book:B1`", "  - {id: book:B1, says: Newly numb is urgent., how: finding, where: [stiff], why: Also.}"),
)  # fmt: skip

# what the examples must find
EXAMPLES = (
    P(Code.failed_example, NUMB, "  - {name: Not at all, given: {numb: no}, expect: silent}", "  - «{name: Not at all, given: {numb: no}, expect: fires}", "“Not at all” should be fires", "  - {name: Not at all, given: {numb: older_stable}, expect: silent}"),
)  # fmt: skip

# what an intake may have wrong; the file is the intake
INTAKE = "intake.yaml"
INTAKES = (
    P(Code.dangling_question, INTAKE, "  numb: no", "  «nubm: no", "`nubm`", "  calf: no"),
    P(Code.dangling_answer, INTAKE, "numb: no", "numb: «new", "`new`", "numb: new_or_worse"),
    P(Code.dangling_answer, INTAKE, "numb: no", "numb: «not_applicable", "`not_applicable`", "numb: declined"),
    P(Code.dangling_answer, INTAKE, "cramp: dont_know", "cramp: «maybe", "`maybe`", "cramp: true"),
    P(Code.unknown_exercise, INTAKE, "[squat,", "[«sqat,", "`sqat`", "[SQUAT,"),
    P(Code.unknown_key, INTAKE, "client: C-1", "client: C-1\n«programm: [squat]", "`programm`", "client: C-1\nfollows: C-0"),
    P(Code.missing_key, INTAKE, "answers:\n  numb: no\n  cramp: dont_know\n  pain: 3\n  bend: provokes\n", "", "`answers`", "answers: {}\n"),
    P(Code.wrong_shape, INTAKE, "answers:\n  numb: no\n  cramp: dont_know\n  pain: 3\n  bend: provokes\n", "answers: «[numb, no]\n", "`answers` must map", "answers: {numb: no}\n"),
    P(Code.wrong_shape, INTAKE, "  numb: no", "  numb: «{is: no}", "`numb` must be a word", "  numb: lifelong"),
    P(Code.out_of_range, INTAKE, "pain: 3", "pain: «11", "`11`", "pain: 10"),
    P(Code.out_of_range, INTAKE, "pain: 3", "pain: «-1", "`-1`", "pain: 0"),
    P(Code.out_of_range, INTAKE, "pain: 3", "pain: «" + "1" * 10_000, "(10000 characters)", "pain: 3.0"),
    P(Code.wrong_unit, INTAKE, "pain: 3", "pain: «30 percent", "`30 percent`", "pain: 3 points"),
    P(Code.wrong_unit, INTAKE, "pain: 3", "pain: «3%", "`3%`", "pain: 3points"),
    P(Code.not_a_number, INTAKE, "pain: 3", "pain: «three", "`three`", "pain: +3"),
    P(Code.not_a_number, INTAKE, "pain: 3", "pain: «.nan", "`.nan`", "pain: 7"),
    P(Code.not_a_number, INTAKE, "pain: 3", "pain: «NaN", "`NaN`", "pain: 8"),
    P(Code.not_a_number, INTAKE, "pain: 3", "pain: «-inf", "`-inf`", "pain: 9"),
    P(Code.not_a_number, INTAKE, "pain: 3", "pain: «3.5", "`3.5`", "pain: 3."),
    P(Code.not_a_number, INTAKE, "pain: 3", "pain: «'٣'", "`٣`", "pain: '3'"),
    P(Code.duplicate_key, INTAKE, "  bend: provokes", "  bend: provokes\n  «numb: new_or_worse", "`numb`", "  bend: relieves"),
    P(Code.empty_value, INTAKE, "client: C-1", "«client:", "`client` has no value", "client: '1'"),
)  # fmt: skip


def raw(name: str, content: bytes) -> Callable[[Path], None]:
    """Return an edit that gives a file this content."""

    def edit(root: Path) -> None:
        (root / name).write_bytes(content)

    return edit


def gone(root: Path) -> None:
    """Remove a file."""
    (root / "stages.yaml").unlink()


def directory(root: Path) -> None:
    """Put a directory in the place of a file."""
    gone(root)
    (root / "stages.yaml").mkdir()


def below_a_file(root: Path) -> None:
    """Put a link to what cannot be opened in the place of a file; root cannot read it either."""
    gone(root)
    (root / "stages.yaml").symlink_to(root / "pack.yaml" / "stages.yaml")


def link_to_itself(root: Path) -> None:
    """Put a link to itself in the place of a file."""
    gone(root)
    (root / "stages.yaml").symlink_to(root / "stages.yaml")


def fifty_megabytes(root: Path) -> None:
    """Make a file 50 MB long without writing them."""
    with (root / "stages.yaml").open("r+b") as file:
        file.truncate(50_000_000)


GOOD = tiny.FILES["stages.yaml"].encode()
LAUGHS = b"a: &a [x, x]\n" + b"".join(
    b"%c: &%c [%b]\n" % (i + 1, i + 1, b", ".join([b"*%c" % i] * 9)) for i in range(97, 107)
)


@dataclass(frozen=True)
class Spoiled:
    """A file spoiled as a whole: what is done to it, and where it must be noticed."""

    code: Code
    name: str
    spoil: Callable[[Path], None]
    line: int = 1
    column: int = 1


S = Spoiled
STAGES = "stages.yaml"
SPOILED = (
    S(Code.missing_file, "gone", gone),
    S(Code.not_a_file, "a directory", directory),
    S(Code.unreadable_file, "below a file", below_a_file),
    S(Code.unreadable_file, "a link to itself", link_to_itself),
    S(Code.empty_file, "empty", raw(STAGES, b"")),
    S(Code.empty_file, "only white space", raw(STAGES, b"\n  \n\t\n")),
    S(Code.empty_file, "only a comment", raw(STAGES, b"# nothing\n")),
    S(Code.oversized_file, "50 MB", fifty_megabytes),
    S(Code.byte_order_mark, "byte-order mark", raw(STAGES, b"\xef\xbb\xbf" + GOOD)),
    S(Code.not_utf8, "UTF-16", raw(STAGES, GOOD.decode().encode("utf-16"))),
    S(Code.not_utf8, "UTF-16 without a mark", raw(STAGES, GOOD.decode().encode("utf-16-le"))),
    S(Code.not_utf8, "UTF-32", raw(STAGES, GOOD.decode().encode("utf-32"))),
    S(
        Code.not_utf8,
        "Latin-1",
        raw(STAGES, GOOD + "# é é\n".encode() + b"# \xc3\xa9 \xe9\n"),
        4,
        5,
    ),
    S(Code.not_utf8, "cut inside a character", raw(STAGES, GOOD + "# é".encode()[:-1]), 3, 3),
    S(Code.not_utf8, "surrogate", raw(STAGES, GOOD + b"# \xed\xa0\x80"), 3, 3),
    S(Code.binary_content, "NUL", raw(STAGES, GOOD + b"# a\x00"), 3, 4),
    S(Code.binary_content, "escape", raw(STAGES, GOOD + b"\r\n#\x1b[31m"), 4, 2),
    S(
        Code.binary_content,
        "after odd line breaks",
        raw(STAGES, "# a\u2028#\x85#\x07".encode()),
        3,
        2,
    ),
    S(Code.binary_content, "a picture", raw(STAGES, b"GIF89a\x01\x02\x03"), 1, 7),
    S(Code.yaml_syntax, "cut in the middle", raw(STAGES, GOOD[:-8]), 2, 35),
    S(Code.yaml_syntax, "open quote", raw(STAGES, b'stages: "never closed\n'), 1, 22),
    S(Code.too_deep, "10,000 lists", raw(STAGES, b"stages: " + b"[" * 10_000), 1, 40),
    S(Code.anchor, "a billion laughs", raw(STAGES, LAUGHS), 1, 4),
    S(Code.wrong_shape, "a huge line", raw(STAGES, b"x" * 1_000_000)),
    S(Code.several_documents, "two documents", raw(STAGES, GOOD + b"---\n" + GOOD), 3, 1),
    S(Code.tab_indent, "tabs", raw(STAGES, GOOD.replace(b"  -", b" \t-")), 2, 2),
)
