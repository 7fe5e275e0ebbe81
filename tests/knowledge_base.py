# ruff: noqa: E501 - files as they stand
"""A minimal valid knowledge directory, to be copied and broken in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType

from screening.model.knowledge import KnowledgeBase

FILES: Mapping[str, str] = MappingProxyType(
    {
        "pack.yaml": """\
id: tiny
title: A tiny pack
version: 1.0.0
language: en
region: nowhere
intended_use: Tests.
not_for: [People.]
review: Nobody.
directions: [flexion, extension, rotation, lateral, compression, shear, impact]
""",
        "sources.yaml": """\
sources:
  - {key: BOOK, citation: A book, kind: book, read: full}
""",
        "reviewers.yaml": """\
reviewers:
  - id: clinician
    name: A. Clinician
    profession: physiotherapist
    registration: Register of tests, 1
    since: 2025-01-01
  - id: ito
    name: A. Ito
    profession: physiotherapist
    registration: Register of tests, 2
    since: 2025-01-01
""",
        "groups.yaml": """\
groups:
  - {id: flexion, title: bending-type}
""",
        "findings.yaml": """\
findings:
  - {id: stiff, title: stiff, pattern: yes}
""",
        "stages.yaml": """\
stages:
  - {id: acute, axis: time, title: early}
""",
        "limits.yaml": """\
limits:
  - {id: pain_during, title: Pain during, unit: points}
""",
        "categories.yaml": """\
categories:
  - id: easy
    title: Easy work
    examples: Anything easy.
    light: yes
    dose: {text: A little., source: BOOK, grade: expert}
    regress: In {bouts} bouts, below {strong_pain}, up by {little_rise}, never {high_pain}.
""",
        "parameters.yaml": """\
parameters:
  - {id: strong_pain, value: 7, unit: points, title: Strong pain, source: BOOK, grade: design}
  - {id: high_pain, value: 11, unit: points, title: More than most, source: BOOK, grade: design}
  - {id: little_rise, value: 2, unit: points, title: A little more, source: BOOK, grade: design}
  - {id: bouts, value: 3, unit: times, title: Bouts a day, source: BOOK, at: page 2, grade: expert}
""",
        "advice.yaml": """\
advice:
  - {id: keep-moving, text: Keep moving.}
""",
        "referrals.yaml": """\
levels:
  - {id: none, title: None, act: Nothing., exercise: All.}
  - {id: monitor, title: Watch, act: Watch., exercise: All.}
  - {id: routine, title: Routine, act: Book., exercise: All., to: doctor}
  - {id: within_days, title: Days, act: Call., exercise: Light., to: doctor}
  - {id: same_day, title: Today, act: Go today., exercise: None., to: doctor}
  - {id: emergency, title: Now, act: Go now., exercise: None., to: hospital}
targets:
  - {id: doctor, title: a doctor}
  - {id: hospital, title: a hospital}
""",
        "coverage.yaml": """\
statements:
  - {id: book:B1, says: Newly numb is urgent.}
  - {id: book:B2, says: Both hurt., how: finding, where: [stiff], why: It is found.}
  - {id: book:B3, says: One step at a time., how: question, where: [bend, sit], why: Asked.}
  - {id: book:B4, says: Early means little., how: parameter, where: [acute], why: A stage.}
  - {id: book:B5, says: Say nothing else., how: built_in, where: [here], why: It is so.}
  - {id: book:B6, says: Later., how: not_yet, why: Not written.}
""",
        "clearances.yaml": """\
clearances:
  - {id: ask_first, title: Ask first, say: Ask a doctor., meanwhile: Walk., only_light: yes}
  - {id: go, title: Nobody to ask, meanwhile: All.}
""",
        "trainer.yaml": """\
note: Our own questions.
questions:
  - {id: ask_who, ask: Who?, because: One asks., evidence: [{source: BOOK, grade: expert}]}
""",
        "questions/10-first.yaml": """\
topic: first
title: First
questions:
  - {id: numb, ask: "Numb?", short: numbness, kind: recency, safety: emergency}
  - {id: cramp, ask: "Cramp?", short: a cramp, kind: yes_no}
  - {id: calf, ask: "Calf?", short: the calf, kind: yes_no, only_if: cramp is yes}
  - id: fall
    ask: A fall?
    short: a fall
    kind: choice
    answers:
      - {id: none, say: No}
      - {id: big, say: Big}
    harmless: none
  - {id: pain, ask: "Pain?", short: pain, kind: number, from: 0, to: 10, unit: points, harmless: 2}
  - {id: bend, ask: Bending, short: bending, kind: movement, groups: [flexion]}
  - {id: sit, ask: Sitting, short: sitting, kind: movement, groups: [flexion]}
""",
        "scores.yaml": """\
scores:
  - id: strain
    title: Strain
    items:
      - {of: [cramp], points: {yes: 2}}
      - {of: [pain], from: {4: 1, 7: 2}}
      - {of: [fall], points: {big: -1}}
    bands: {low: 0, high: 3}
    evidence: [{source: BOOK, grade: expert}]
""",
        "equipment.yaml": """\
equipment:
  - {id: bench, title: a bench, gym: yes}
  - {id: chair, title: a chair, gym: yes, home: yes, bands: yes}
""",
        "cautions.yaml": """\
cautions:
  - id: frail
    title: Frail
    say: Gently.
    because: It is frail.
    waits_for: Whether anything is frail.
""",
        "exercises/all.yaml": """\
exercises:
  - id: squat
    name: squat
    aliases: [knee bend]
    category: easy
    performed_as: bend
    demands: {flexion: 2, extension: 0, rotation: 0, lateral: 0, compression: 1,
      shear: 0, impact: 0}
    verdicts:
      stiff: {avoid: [walk]}
  - id: walk
    name: walking
    light: yes
    demands: {flexion: 0, extension: 0, rotation: 0, lateral: 0, compression: 0,
      shear: 0, impact: 0}
    verdicts:
      stiff: {keep: Slowly.}
  - id: jump
    name: jumping
    demands: {flexion: 0, extension: 0, rotation: 0, lateral: 0, compression: 3,
      shear: 0, impact: 3}
    verdicts:
      stiff: keep
evidence: [{source: BOOK, grade: design}]
""",
        "rules/t/numb-now.yaml": """\
id: numb-now
title: Newly numb
status: draft
covers: [book:B1]
when: numb is new_or_worse
unknown: {treat_as: same_day}
then: {refer: emergency, to: hospital, tell: "Newly numb."}
because: It is new.
evidence: [{source: BOOK, grade: guideline}]
review: {due: 2027-11-01}
examples:
  - {name: New, given: {numb: new_or_worse}, expect: fires}
  - {name: Not at all, given: {numb: no}, expect: silent}
  - {name: Not asked, given: {}, expect: undecided}
""",
        "rules/t/stiff-supported.yaml": """\
id: stiff-supported
title: Stiff
status: reviewed
when:
  all:
    - at least 2 flexion movements provoke
    - not: pain > 7
    - any: [calf is no, fall is big, cramp is yes]
then:
  - {find: stiff, strength: supported}
  - {advise: keep-moving}
because: Both hurt.
say: Both hurt you.
evidence: [{source: BOOK, grade: expert, at: page 1}]
review: {due: 2027-11-01, by: clinician, on: 2026-01-02, logic: 7e0af66e6dabd3e1, words: fd07643dc6a8baae}
examples:
  - name: Both
    given: {bend: provokes, sit: provokes, cramp: yes}
    rest: harmless
    expect: fires
  - {name: Neither, given: {}, rest: harmless, expect: silent}
  - {name: Not asked, given: {cramp: yes}, expect: undecided}
""",
        "rules/t/easy-when-stiff.yaml": """\
id: easy-when-stiff
title: Easy work when stiff
status: draft
when: stiff is supported
then:
  - {recommend: easy}
  - {limit: pain_during, at_most: 2}
  - {stage: acute}
  - {avoid: demand, direction: flexion, strength: soft}
  - {avoid: squat, strength: soft, instead: [walk]}
  - {modify: squat, instead: Half way.}
  - {keep: programme}
  - {clearance: ask_first}
  - {offer_only: [easy]}
because: It is easy.
evidence: [{source: BOOK, grade: expert}]
review: {due: 2027-11-01}
examples:
  - name: Stiff
    given: {bend: provokes, sit: provokes, cramp: yes}
    rest: harmless
    expect: fires
  - {name: Not stiff, given: {}, rest: harmless, expect: silent}
  - {name: Not asked, given: {}, expect: undecided}
""",
        "reviews/stiff-supported.yaml": """\
rule: stiff-supported
saw:
  - {about: rule stiff-supported, what: logic, says: 9b4417d3d48365f7}
  - {about: rule stiff-supported, what: title, says: Stiff}
  - {about: rule stiff-supported, what: because, says: Both hurt.}
  - {about: rule stiff-supported, what: what the client is told, says: Both hurt you.}
  - {about: finding stiff, what: logic, says: 79b9fbf17067b519}
  - {about: finding stiff, what: title, says: stiff}
  - {about: advice keep-moving, what: logic, says: f95ef8d839eb4cd4}
  - {about: advice keep-moving, what: what is said, says: Keep moving.}
  - {about: rule stiff-supported, what: source 1, says: "BOOK, expert page 1"}
  - {about: source BOOK, what: as cited, says: A book; book}
  - {about: source BOOK, what: what was read, says: full}
  - {about: question pain, what: logic, says: c1c2b5efc7eb2e83}
  - {about: question pain, what: what is asked, says: "Pain?"}
  - {about: question pain, what: its short name, says: pain}
  - {about: topic first, what: title, says: First}
  - {about: question calf, what: logic, says: 7f11a88466d898ba}
  - {about: question calf, what: what is asked, says: "Calf?"}
  - {about: question calf, what: its short name, says: the calf}
  - {about: question fall, what: logic, says: 42928f6d381a6be1}
  - {about: question fall, what: what is asked, says: "A fall?"}
  - {about: question fall, what: its short name, says: a fall}
  - {about: question fall, what: answer none, says: No}
  - {about: question fall, what: answer big, says: Big}
  - {about: question cramp, what: logic, says: fdedf8900022e1df}
  - {about: question cramp, what: what is asked, says: "Cramp?"}
  - {about: question cramp, what: its short name, says: a cramp}
  - {about: question bend, what: logic, says: e3a2e451f582e937}
  - {about: question bend, what: what is asked, says: Bending}
  - {about: question bend, what: its short name, says: bending}
  - {about: question sit, what: logic, says: 599de68a9cedc1e2}
  - {about: question sit, what: what is asked, says: Sitting}
  - {about: question sit, what: its short name, says: sitting}
  - {about: group flexion, what: logic, says: 5d16b06a48b70418}
  - {about: group flexion, what: title, says: bending-type}
""",
        "cases/stiff-client.yaml": """\
id: stiff-client
title: A stiff client
source: BOOK
kind: published
answers: {bend: provokes, sit: provokes}
assumed: {cramp: yes}
harmless_rest: all
programme: [squat, walk]
expect:
  referral: {at_most: monitor}
  pattern: [stiff is supported]
  must: [recommend easy, avoid squat, keep walk, find stiff, advise keep-moving]
  must_not: [modify squat, keep squat, find stiff is confirmed]
  rules: [stiff-supported, easy-when-stiff]
  not_rules: [numb-now]
note: None.
""",
    }
)

INTAKE = """\
client: C-1
answers:
  numb: no
  cramp: dont_know
  pain: 3
  bend: provokes
programme: [squat, Knee Bend, walking]
other_exercises: [axe throwing]
"""


def write(root: Path, files: Mapping[str, str] = FILES) -> Path:
    """Write the files below a directory and return it."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")
    return root


def parts(knowledge: KnowledgeBase) -> Mapping[str, object]:
    """Return all that is in a knowledge base, to be compared: each equals itself alone."""
    return {field.name: getattr(knowledge, field.name) for field in fields(knowledge)}
