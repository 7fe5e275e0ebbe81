"""The rule book: every link leads somewhere, everything is in it, and odd text stays text."""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

import knowledge_base as tiny
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.load import load, shipped_knowledge
from screening.model.case_library import Verb
from screening.model.conclusion_forms import FORMS
from screening.model.conclusions import things_in
from screening.model.ids import Sort
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Conclusion, Move
from screening.model.vocabularies import Level, Pace
from screening.render.markdown import escaped
from screening.render.rule_book import MARK, coverage_page, rule_book
from screening.render.rule_book.cases import SORTS as CLAIMED
from screening.render.rule_book.place import anchor
from screening.render.rule_book.related import Related

HREF = re.compile(r'<a href="([^"]+)">')
LINK = re.compile(r"(?<!\\)\]\(([^()\s]+)\)")
ANCHOR = re.compile(r'<a id="([^"<>&\s]+)"></a>')
BARE = """\
id: bare
title: Made up by nobody
kind: synthetic
answers: {bend: no_effect}
harmless_rest: emergency
expect: {must_not: [find stiff is supported]}
"""
ODD = "a|b `c` <i>d</i> [e](f) *g* &amp; ~~h~~ \\ # i"


@pytest.fixture(scope="module")
def known() -> KnowledgeBase:
    """Return the shipped knowledge with what its rules cover."""
    return load(shipped_knowledge(), library=True)


@pytest.fixture(scope="module")
def book(known: KnowledgeBase) -> dict[str, str]:
    return rule_book(known)


NAMED_ELSEWHERE = {Sort.LIST, Sort.CAUTION, Sort.EQUIPMENT}  # under questions and exercises


def tiny_book(root: Path, changed: Mapping[str, str], *, old: str = "", new: str = "") -> str:
    """Return the book of the minimal knowledge with files added and one text replaced."""
    files = {name: text.replace(old, new) if old else text for name, text in tiny.FILES.items()}
    pages = rule_book(load(tiny.write(root, {**files, **changed}), library=True))
    assert list(broken(pages)) == []
    return "\n".join(pages.values())


def broken(pages: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the links that lead nowhere, and the anchors given twice."""
    anchors = {page: ANCHOR.findall(text) for page, text in pages.items()}
    for page, text in pages.items():
        for link in (LINK if page.endswith(".md") else HREF).findall(text):
            path, _, place = link.partition("#")
            to = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
            if to not in pages or (place and place not in anchors[to]):
                yield page, link
        for name in anchors[page]:
            if anchors[page].count(name) > 1:
                yield page, name


def orphaned(pages: Mapping[str, str], what: str) -> str:
    """Return what the book says of a kind of orphan."""
    return pages["trace.md"].split(f"### {what}\n\n")[1].split("\n\n")[0]


# links and completeness


def test_every_link_leads_somewhere(book: dict[str, str]) -> None:
    assert list(broken(book)) == []
    assert sum(len(LINK.findall(text)) for text in book.values()) > 1000


def test_every_page_is_reached_from_the_first(book: dict[str, str]) -> None:
    linked = {link.partition("#")[0] for link in LINK.findall(book["index.md"])}
    drawn = {link.partition("#")[0] for link in LINK.findall(book["urgency.md"])}
    assert {"index.md", *linked, *(one for one in drawn if one.endswith(".svg"))} == set(book)


def test_the_most_urgent_rules_come_first(book: dict[str, str], known: KnowledgeBase) -> None:
    page = book["urgency.md"].split("## Pictures")[0]
    places = [page.index(f"(`{rule.id}`)") for rule in known.written_rules]
    assert len(set(places)) == len(known.written_rules)
    heads = [line for line in page.splitlines() if line.startswith("## ")]
    assert heads[0] == f"## {known.levels[Level.EMERGENCY].title}"
    assert heads[-1] == "## No referral"


def test_everything_has_a_place_of_its_own(book: dict[str, str], known: KnowledgeBase) -> None:
    there = {name for text in book.values() for name in ANCHOR.findall(text)}
    wanted = {
        Sort.RULE: known.rules,
        Sort.QUESTION: known.questions,
        Sort.SOURCE: known.sources,
        Sort.FINDING: known.findings,
        Sort.CATEGORY: known.categories,
        Sort.EXERCISE: known.exercises,
        Sort.STAGE: known.stages,
        Sort.LIMIT: known.limits,
        Sort.TARGET: known.targets,
        Sort.ADVICE: known.advice,
        Sort.GROUP: known.groups,
        Sort.STATEMENT: known.statements,
        Sort.CLEARANCE: known.clearances,
        Sort.PARAMETER: known.parameters,
        Sort.CASE: known.cases,
        Sort.TRAINER_QUESTION: known.trainer_questions,
        Sort.SCORE: known.scores,
    }
    missing = [(sort, name) for sort in wanted for name in wanted[sort]]
    missing = [(sort, name) for sort, name in missing if anchor(sort, name) not in there]
    assert missing == []
    assert set(wanted) | NAMED_ELSEWHERE == set(Sort)


def test_every_text_of_a_rule_is_in_its_section(
    book: dict[str, str], known: KnowledgeBase
) -> None:
    text = "\n".join(book.values())
    for rule in known.written_rules:
        section = text.split(f'<a id="{anchor(Sort.RULE, rule.id)}"></a>')[1].split("<a id=")[0]
        said = [rule.title, rule.because, rule.say, rule.conflict, rule.review.due]
        said += [example.name for example in rule.examples]
        said += [known.sources[e.source].citation for e in rule.evidence]
        said += [e.at for e in rule.evidence]
        assert [words for words in said if escaped(words or "") not in section] == [], rule.id


def test_questions_come_in_asking_order(book: dict[str, str], known: KnowledgeBase) -> None:
    found = re.findall(r'<a id="question-([^"]+)">', book["questions.md"])
    assert found == list(known.questions)


def test_catalogue_verdicts_are_no_sections(book: dict[str, str], known: KnowledgeBase) -> None:
    cells = {rule.title for rule in known.rules.values() if rule.cell}
    headings = {line.lstrip("# ") for text in book.values() for line in text.splitlines()}
    assert cells.isdisjoint(headings)


def test_the_first_page_says_how_many_rules_nobody_has_reviewed(tmp_path: Path) -> None:
    text = tiny_book(tmp_path, {})
    assert "**2 of 3 rules have been reviewed by no clinician.**" in text
    assert "| [t](rules/t.md) | 3 | 2 |" in text
    assert "reviewed by A. Clinician" in text


def test_retired_rule_is_shown_as_such(tmp_path: Path) -> None:
    rule = "rules/t/easy-when-stiff.yaml"
    text = tiny_book(tmp_path, {rule: tiny.FILES[rule].replace("draft", "retired")})
    assert "`easy-when-stiff`: retired" in text
    assert "1 retired" in text


def test_related_rules_are_named_with_how_they_are_related(tmp_path: Path) -> None:
    same = tiny.FILES["rules/t/stiff-supported.yaml"].replace("stiff-supported", "also-stiff")
    same = same.replace("    - not: pain > 7\n", "")
    pages = rule_book(load(tiny.write(tmp_path, {**tiny.FILES, "rules/t/also-stiff.yaml": same})))
    related = {
        name: re.findall(r"- \*\*([^*]+):\*\* (\[.*)", section.split("**Related rules**")[1])
        for section in pages["rules/t.md"].split('<a id="rule-')[1:]
        if "**Related rules**" in section
        for name in [section.partition('"')[0]]
    }
    easy, also, stiff = (
        f"[{name}](t.md#rule-{name})"
        for name in ("easy-when-stiff", "also-stiff", "stiff-supported")
    )
    kinds = ("Find the same", "Speak about the same", "Ask the same")
    assert related == {
        "also-stiff": [("Rest on what this finds", easy), *((kind, stiff) for kind in kinds)],
        "easy-when-stiff": [("Make what this rests on", f"{also}, {stiff}")],
        "stiff-supported": [("Rest on what this finds", easy), *((kind, also) for kind in kinds)],
    }


def test_neighbours_that_share_most_come_first_and_no_more_than_eight(tmp_path: Path) -> None:
    rule = tiny.FILES["rules/t/numb-now.yaml"]
    alike = {
        f"rules/t/alike-{n}.yaml": rule.replace("id: numb-now", f"id: alike-{n}")
        .replace("when: numb is new_or_worse", "when: {any: [numb is new_or_worse, pain > 7]}")
        .replace(
            'then: {refer: emergency, to: hospital, tell: "Newly numb."}',
            "then: [{refer: emergency, to: hospital, tell: Numb.}, {advise: keep-moving}]",
        )
        for n in range(9)
    }
    knowledge = load(tiny.write(tmp_path, {**tiny.FILES, **alike}), library=True)
    related = dict(Related(knowledge).of(knowledge.rules["alike-0"]))
    assert related["Ask the same"] == tuple(f"alike-{n}" for n in range(1, 9))
    assert related["Speak about the same"] == tuple(f"alike-{n}" for n in range(1, 9))
    other = dict(Related(knowledge).of(knowledge.rules["stiff-supported"]))
    assert other["Speak about the same"] == tuple(f"alike-{n}" for n in range(8))


def test_finding_shows_which_rules_make_it_how_strong_and_which_rest_on_it(tmp_path: Path) -> None:
    page = rule_book(load(tiny.write(tmp_path)))["findings.md"]
    assert "| suspected |  |" in page
    assert "| supported | [stiff-supported](rules/t.md#rule-stiff-supported) |" in page
    assert "| confirmed |  |" in page
    assert "**Used by:** [easy-when-stiff](rules/t.md#rule-easy-when-stiff)" in page
    assert "**Exercises:** [3 verdicts](exercises.md)" in page


# numbers, questions of a follow-up, what was offered, cases, the trainer


def test_named_number_shows_where_it_is_from_and_what_uses_it(tmp_path: Path) -> None:
    questions = tiny.FILES["questions/10-first.yaml"]
    rule = tiny.FILES["rules/t/easy-when-stiff.yaml"]
    changed = {
        "questions/10-first.yaml": questions.replace(
            "only_if: cramp is yes", "only_if: {not: pain < strong_pain}"
        ),
        "rules/t/easy-when-stiff.yaml": rule.replace("at_most: 2", "at_most: little_rise"),
    }
    stiff = tiny.FILES["rules/t/stiff-supported.yaml"].replace("pain > 7", "pain > strong_pain")
    changed["rules/t/stiff-supported.yaml"] = stiff
    changed["parameters.yaml"] = tiny.FILES["parameters.yaml"].replace(
        "expert}", 'expert, note: "A guess."}'
    )
    pages = rule_book(load(tiny.write(tmp_path, {**tiny.FILES, **changed}), library=True))
    assert list(broken(pages)) == []
    rows = {
        re.findall("parameter-([a-z_]+)", line)[0]: line
        for line in pages["parameters.md"].splitlines()
        if "<a id=" in line
    }
    easy = "the dose: [Easy work](categories.md#category-easy) |"
    assert rows["bouts"].endswith(
        f"Bouts a day (`bouts`) | 3 times | [BOOK](sources.md#source-BOOK), page 2 | "
        f"expert opinion | A guess. | {easy}"
    )
    assert rows["strong_pain"].endswith(
        "| [stiff-supported](rules/t.md#rule-stiff-supported), "
        f"whether to ask: [the calf](questions.md#question-calf), {easy}"
    )
    assert rows["little_rise"].endswith(
        f"| [easy-when-stiff](rules/t.md#rule-easy-when-stiff), {easy}"
    )
    rules = pages["rules/t.md"]
    link = "[strong\\_pain]" if "[strong\\_pain]" in rules else "[strong_pain]"
    assert "  - pain: 7 points or less (\\`strong_pain\\`)" in rules
    assert f"the number {link}(../parameters.md#parameter-strong_pain): Strong pain: 7" in rules
    assert "pain: 7 points or more (\\`strong_pain\\`)" in pages["questions.md"]


def test_same_word_for_a_question_and_a_category_is_no_mix_up(
    book: dict[str, str], known: KnowledgeBase
) -> None:
    assert "walk" in known.questions
    row = next(x for x in book["parameters.md"].splitlines() if "parameter-walk_minutes" in x)
    assert row.endswith("the dose: [Walking](categories.md#category-walk) |")


def test_question_says_how_long_it_counts_and_what_it_sums_up(tmp_path: Path) -> None:
    questions = tiny.FILES["questions/10-first.yaml"]
    changed = {
        "questions/10-first.yaml": questions.replace(
            "short: numbness, kind: recency, safety: emergency}",
            "short: numbness, kind: recency, safety: emergency}\n"
            '  - {id: either, ask: "Any?", short: any of it, kind: yes_no, sums_up: [bend, sit]}',
        ).replace("harmless: 2}", "harmless: 2, valid: 3 weeks}")
    }
    pages = rule_book(load(tiny.write(tmp_path, {**tiny.FILES, **changed}), library=True))
    assert list(broken(pages)) == []
    page = pages["questions.md"]
    assert "**Sums up:** [bending](questions.md#question-bend), [sitting](" in page
    assert page.count("**Summed up by:** [any of it](questions.md#question-either)") == 2
    assert page.count("**An answer counts for:** 3 weeks") == 1
    there = page.count("`: “")
    assert page.count("**An answer counts for:** this session") == there - 1


def test_question_that_is_worked_out_says_from_what(
    book: dict[str, str], known: KnowledgeBase
) -> None:
    parts = book["questions.md"].split('<a id="question-')[1:]
    worked_out = {
        name
        for name, _, text in (part.partition('"') for part in parts)
        if "**Never asked, worked out from:** " in text
    }
    derived = {q.id for q in known.questions.values() if q.derived is not None}
    assert worked_out == derived != set()
    said = next(part for part in parts if part.startswith('pain_change"'))
    assert "2 points or 30 per cent less is better, 2 points more is worse" in said
    assert "prefers not to say" not in said
    assert book["questions.md"].count("**Tells how old earlier answers are:** yes") == 1


def test_every_conclusion_is_about_something_the_book_has(
    known: KnowledgeBase,
) -> None:
    assert {form.kind for form in FORMS.values()} == set(get_args(Conclusion))
    assert things_in(Move(Pace.STOP, "easy")) == ((Sort.CATEGORY, "easy"),)
    assert things_in(Move(Pace.HOLD)) == ()
    kinds = {type(c) for rule in known.written_rules for c in rule.then}
    assert Move in kinds


def test_what_becomes_of_what_was_offered_names_the_rules(tmp_path: Path) -> None:
    rule = tiny.FILES["rules/t/easy-when-stiff.yaml"]
    more = "  - {recommend: easy}\n  - {progress: stop, category: easy}\n  - {progress: hold}\n"
    changed = {"rules/t/easy-when-stiff.yaml": rule.replace("  - {recommend: easy}\n", more)}
    pages = rule_book(load(tiny.write(tmp_path, {**tiny.FILES, **changed}), library=True))
    assert list(broken(pages)) == []
    link = "[easy-when-stiff](rules/t.md#rule-easy-when-stiff)"
    said = pages["conclusions.md"]
    assert f"| `hold` | stay as it is with it | {link} |  |" in said
    assert f"| `stop` | stop it |  | {link} ([Easy work](categories.md#category-easy)) |" in said
    assert f"**In a follow-up:** stop it: {link}" in pages["categories.md"]
    assert "- stop Easy work ([easy](../categories.md#category-easy))" in pages["rules/t.md"]
    assert f"**Stays when little is offered:** {link}" in pages["categories.md"]


def test_case_shows_what_was_reported_assumed_and_expected(tmp_path: Path) -> None:
    case = tiny.FILES["cases/stiff-client.yaml"].replace("note: None.", "note: A note.")
    case += "action: {text: Sent on., level: routine}\n"
    files = {**tiny.FILES, "cases/stiff-client.yaml": case, "cases/bare.yaml": BARE}
    pages = rule_book(load(tiny.write(tmp_path, files), library=True))
    assert list(broken(pages)) == []
    parts = pages["cases.md"].split('<a id="case-')[1:]
    shown = {part.partition('"')[0]: part for part in parts}
    stiff, bare = shown["stiff-client"], shown["bare"]
    for words in (
        "**Source:** [BOOK](sources.md#source-BOOK): A book",
        "**The source:** Sent on. We read that as routine.",
        "**Programme:** [squat](exercises.md#exercise-squat), [walking](exercises.md#exerc",
        "**Note:** A note.",
        "| [bending](questions.md#question-bend) | brings it on | reported |",
        "| [a cramp](questions.md#question-cramp) | Yes | assumed |",
        "Assumed: every other question has the harmless answer.",
        "- refer at most monitor",
        "- find [stiff](findings.md#finding-stiff) is supported",
        "- recommend [Easy work](categories.md#category-easy)",
        "- avoid [squat](exercises.md#exercise-squat)",
        "- advise [keep-moving](conclusions.md#advice-keep-moving)",
        "- not: modify [squat](exercises.md#exercise-squat)",
        "- rules that fire: [stiff-supported](rules/t.md#rule-stiff-supported), [easy",
        "- rules that do not fire: [numb-now](rules/t.md#rule-numb-now)",
    ):
        assert words in stiff
    assert "made up for the rules it fires" in bare
    assert "| made up |" in bare
    assert "that can raise emergency or more has the harmless answer" in bare
    assert "**Cases from it:** [stiff-client](cases.md#case-stiff-client)" in pages["sources.md"]


def test_every_claim_of_a_case_is_linked(book: dict[str, str], known: KnowledgeBase) -> None:
    assert set(CLAIMED) == set(Verb)
    expected = [
        claim
        for case in known.cases.values()
        for claim in (*case.expect.pattern, *case.expect.must)
    ]
    verbs = {claim.verb for claim in expected}
    assert {Verb.CLEARANCE, Verb.STOP, Verb.HOLD, Verb.PROGRESS} <= verbs
    page = book["cases.md"]
    demands = [claim for claim in expected if claim.target in known.pack.directions]
    for claim in (claim for claim in expected if claim not in demands):
        assert f"- {escaped(claim.words)}\n" not in page
        assert f"-{claim.target})" in page


def test_case_of_a_follow_up_links_the_case_before(
    book: dict[str, str], known: KnowledgeBase
) -> None:
    later = [case for case in known.cases.values() if case.follows]
    assert later
    for case in later:
        section = book["cases.md"].split(f'<a id="case-{case.id}"></a>')[1]
        link = f"[{escaped(case.follows)}](cases.md#case-{case.follows})"
        assert f"**Follows:** {link}" in section.split("<a id=")[0]


def test_trainer_questions_have_their_reason_and_sources(
    book: dict[str, str], known: KnowledgeBase
) -> None:
    page = book["trainer.md"]
    assert escaped(known.trainer_note) in page
    for question in known.trainer_questions.values():
        for words in (question.ask, question.because, *(e.at for e in question.evidence)):
            assert escaped(words) in page
        for one in question.evidence:
            assert f"](sources.md#{anchor(Sort.SOURCE, one.source)})" in page
            row = f"](trainer.md#{anchor(Sort.TRAINER_QUESTION, question.id)})"
            assert row in book["sources.md"]


# what is not as usual


def test_odd_characters_stay_text(tmp_path: Path) -> None:
    quoted = '"' + ODD.replace("\\", "\\\\") + '"'
    sources = 'sources:\n  - {key: "B|<k>`", citation: ' + quoted + ", kind: book, read: full}\n"
    rule = tiny.FILES["rules/t/numb-now.yaml"].replace("BOOK", '"B|<k>`"')
    changed = {
        "sources.yaml": sources + "  - {key: BOOK, citation: A book, kind: book, read: full}\n",
        "rules/t/numb-now.yaml": rule.replace("Newly numb\n", f"{quoted}\n", 1).replace(
            "{name: New,", "{name: " + quoted + ","
        ),
        "pack.yaml": tiny.FILES["pack.yaml"].replace("Tests.", "1. <b>|"),
    }
    text = tiny_book(tmp_path, changed)
    assert escaped(ODD) in text
    assert "<i>" not in re.sub(r"\\<", "", text)
    assert 'source-B~7c~~3c~k~3e~~60~"' in text
    for row in (line for line in text.splitlines() if line.startswith("| ")):
        assert row.endswith(" |")
    table = next(part for part in text.split("\n\n") if "| example | answers | rule |" in part)
    columns = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
    assert columns == {4}


@given(words=st.text(max_size=30))
def test_escaped_text_opens_no_markup(words: str) -> None:
    found = escaped(words)
    plain = re.sub(r"\\([!-/:-@\[-`{-~])", "", found)
    assert not set("`*<>|[]~\\").intersection(plain)
    assert not re.match(r"[#+=-]|\d{1,9}[.)](\s|$)", plain if not found.startswith("\\") else "")
    assert not re.search(r"&#?\w", plain)
    assert "\n" not in found


@given(names=st.sets(st.text(min_size=1, max_size=6), min_size=2, max_size=6))
def test_anchors_of_different_names_differ(names: set[str]) -> None:
    anchors = {anchor(Sort.SOURCE, name) for name in names}
    assert len(anchors) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9.:_~-]+", one) for one in anchors)


def test_topics_whose_names_are_alike_get_pages_of_their_own(tmp_path: Path) -> None:
    rule = tiny.FILES["rules/t/easy-when-stiff.yaml"]
    changed = {
        f"rules/{folder}/{name}.yaml": rule.replace("easy-when-stiff", name)
        for folder, name in (("T", "aa"), ("a b", "bb"), ("A-b", "cc"), ("…", "dd"))
    }
    root = tiny.write(tmp_path, {**tiny.FILES, **changed})
    pages = rule_book(load(root, library=True))
    assert list(broken(pages)) == []
    topics = sorted(page for page in pages if page.startswith("rules/"))
    assert topics == [f"rules/{n}.md" for n in ("a-b-2", "a-b", "t-2", "t", "topic")]


def test_knowledge_that_fails_its_check_is_written_all_the_same(tmp_path: Path) -> None:
    text = tiny_book(tmp_path, {}, old="{treat_as: same_day}", new="{see: no-such-rule}")
    assert "\\`no-such-rule\\` acts on them" in text


def test_rule_named_to_act_on_unknown_answers_is_linked(tmp_path: Path) -> None:
    text = tiny_book(tmp_path, {}, old="{treat_as: same_day}", new="{see: easy-when-stiff}")
    assert "[easy-when-stiff](t.md#rule-easy-when-stiff) acts on them" in text


def test_knowledge_with_hardly_anything_in_it_is_written(tmp_path: Path) -> None:
    kept = {name: text for name, text in tiny.FILES.items() if "/" not in name}
    empty = {
        "coverage.yaml": "statements: []\n",
        **{f"{n}.yaml": f"{n}: []\n" for n in ("categories", "limits", "stages", "advice")},
        **{f"{n}.yaml": f"{n}: []\n" for n in ("groups", "findings", "sources")},
        **{f"{n}.yaml": f"{n}: []\n" for n in ("clearances", "parameters", "scores")},
        "trainer.yaml": "note: None.\nquestions: []\n",
    }
    pages = rule_book(load(tiny.write(tmp_path, {**kept, **empty}), library=True))
    assert list(broken(pages)) == []
    assert "**0 of 0 rules have been reviewed by no clinician.**" in pages["index.md"]


def test_knowledge_without_a_list_of_statements_is_traced_by_its_rules(tmp_path: Path) -> None:
    files = {name: text for name, text in tiny.FILES.items() if name != "coverage.yaml"}
    pages = rule_book(load(tiny.write(tmp_path, files), library=True))
    assert list(broken(pages)) == []
    assert (
        '| <a id="statement-book:B1"></a>book:B1 |  | [numb-now](rules/t.md' in pages["trace.md"]
    )


# tracing


def test_statement_is_traced_to_rule_example_and_case(tmp_path: Path) -> None:
    case = tiny.FILES["cases/stiff-client.yaml"]
    numb = case.replace("{bend: provokes, sit: provokes}", "{numb: new_or_worse}")
    numb = numb[: numb.index("expect:")] + "expect: {rules: [numb-now]}\n"
    files = {**tiny.FILES, "cases/numb-client.yaml": numb.replace("stiff-client", "numb-client")}
    pages = rule_book(load(tiny.write(tmp_path, files), library=True))
    row = next(line for line in pages["trace.md"].splitlines() if "statement-book:B1" in line)
    assert "Newly numb is urgent." in row
    assert "[numb-now](rules/t.md#rule-numb-now)" in row
    assert "New (fires); Not at all (silent); Not asked (undecided)" in row
    assert row.endswith("| [numb-client](cases.md#case-numb-client) |")
    assert "**Cases that fire it:** [numb-client](../cases.md#" in pages["rules/t.md"]
    assert "**Cases it stays out of:** [stiff-client](../cases.md#" in pages["rules/t.md"]
    without = rule_book(load(tmp_path))
    assert "cases |" not in without["trace.md"]
    assert "Cases" not in without["rules/t.md"]


def test_statement_without_a_rule_says_why(tmp_path: Path) -> None:
    knowledge = load(tiny.write(tmp_path), library=True)
    traced, covered = rule_book(knowledge)["trace.md"], coverage_page(knowledge)
    assert "a finding ([stiff](findings.md#finding-stiff)): It is found." in traced
    assert "a question ([bending](questions.md#question-bend), [sitting](qu" in traced
    assert "a finding (stiff): It is found." in covered
    for text in (traced, covered):
        assert "not yet: Not written." in text
        assert "| book | 6 | 1 | 1 | 1 | 1 | 1 | 1 |" in text


@pytest.mark.parametrize(
    ("where", "link"),
    [
        ("acute", "[early](conclusions.md#stage-acute)"),
        ("pain_during", "[Pain during](conclusions.md#limit-pain_during)"),
        ("bouts", "[Bouts a day](parameters.md#parameter-bouts)"),
    ],
)
def test_stage_limit_or_number_that_carries_out_a_statement_is_linked(
    where: str, link: str, tmp_path: Path
) -> None:
    text = tiny_book(tmp_path, {}, old="where: [acute]", new=f"where: [{where}]")
    assert f"a stage, a limit or a number ({link}): A stage." in text


def test_statement_covered_in_part_shows_the_rules_and_what_is_left(tmp_path: Path) -> None:
    old = "says: Newly numb is urgent.}"
    coverage = tiny.FILES["coverage.yaml"].replace(
        old, old[:-1] + ", how: partly, why: Only legs.}"
    )
    knowledge = load(tiny.write(tmp_path, {**tiny.FILES, "coverage.yaml": coverage}), library=True)
    traced, covered = rule_book(knowledge)["trace.md"], coverage_page(knowledge)
    assert "| a rule, in part: Only legs. |" in traced
    assert "| [numb-now](rules/t.md#rule-numb-now) | New (fires);" in traced
    assert "| `numb-now`; a rule, in part: Only legs. |" in covered
    assert "| document | statements | a rule, in part | a finding |" in covered


def test_planted_orphans_are_listed_and_nothing_else(tmp_path: Path) -> None:
    extra = {
        "sources.yaml": "  - {key: DOSED, citation: A dose, kind: book, read: full}\n"
        "  - {key: UNUSED, citation: Nobody read it, kind: book, read: full}\n",
        "groups.yaml": "  - {id: idle, title: never counted}\n",
        "findings.yaml": "  - {id: lost, title: never made}\n",
        "stages.yaml": "  - {id: late, axis: time, title: late}\n",
        "limits.yaml": "  - {id: spare, title: Spare, unit: points}\n",
        "advice.yaml": "  - {id: sit-down, text: Sit down.}\n",
        "referrals.yaml": "  - {id: aunt, title: an aunt}\n",
        "clearances.yaml": "  - {id: later, title: Later, meanwhile: Rest.}\n",
        "parameters.yaml": "  - {id: idle, value: 1, unit: hours, title: Never, source: BOOK,\n"
        "     grade: design}\n",
        "questions/10-first.yaml": '  - {id: eye, ask: "Eye?", short: eye, kind: yes_no}\n',
        "categories.yaml": "  - {id: hard, title: Hard, examples: Any.,\n"
        "     dose: {text: Some., source: DOSED, grade: expert}}\n",
    }
    changed = {name: tiny.FILES[name] + text for name, text in extra.items()}
    catalogue = tiny.FILES["exercises/all.yaml"]
    changed["exercises/all.yaml"] = catalogue.replace("{avoid: [walk]}", "{avoid: []}")
    rule = tiny.FILES["rules/t/stiff-supported.yaml"]
    changed["rules/t/stiff-supported.yaml"] = rule.replace("status:", "covers: [book:B2]\nstatus:")
    changed["cases/bare.yaml"] = BARE
    pages = rule_book(load(tiny.write(tmp_path, {**tiny.FILES, **changed}), library=True))
    listed = {
        "Rules that cover no statement": ["easy-when-stiff"],
        "Statements no rule covers": [f"book:B{n}" for n in (3, 4, 5, 6)],
        "Rules no case fires": ["numb-now"],
        "Cases that name no rule": ["bare"],
        "Sources nothing rests on or names": ["UNUSED"],
        "Named numbers nothing uses": ["Never"],
        "Questions no rule reads": ["eye"],
        "Groups of movements no rule counts": ["never counted"],
        "Findings no rule uses": ["never made"],
        "Findings no rule makes": ["never made"],
        "Categories never offered": ["Hard"],
        "Advice never given": ["sit-down"],
        "Stages no rule sets": ["late"],
        "Limits no rule sets": ["Spare"],
        "Clearances no rule sets": ["Nobody to ask", "Later"],
        "People nobody is sent to": ["an aunt"],
        "Scores no rule compares": ["Strain"],
        "Exercises left out for a finding with nothing named instead": ["squat"],
    }
    found = {what: re.findall(r"\[([^\]]+)\]\(", orphaned(pages, what)) for what in listed}
    assert found == listed
    assert pages["trace.md"].count("\n### ") == len(listed)


def test_a_source_named_where_sources_disagree_is_not_on_its_own(tmp_path: Path) -> None:
    sources = tiny.FILES["sources.yaml"]
    rule = tiny.FILES["rules/t/numb-now.yaml"]
    changed = {
        "sources.yaml": sources + "  - {key: OTHER, citation: A foe, kind: book, read: full}\n"
        "  - {key: OTHER-2, citation: A foe, kind: book, read: full}\n",
        "rules/t/numb-now.yaml": rule + "conflict: Another says otherwise (OTHER-2).\n",
    }
    pages = rule_book(load(tiny.write(tmp_path, {**tiny.FILES, **changed}), library=True))
    assert orphaned(pages, "Sources nothing rests on or names") == (
        "[OTHER](sources.md#source-OTHER)"
    )
    assert (
        "**Named where sources disagree:** [numb-now](rules/t.md#rule-numb-now)"
        in (pages["sources.md"])
    )


def test_minimal_knowledge_has_no_orphan_but_a_few(tmp_path: Path) -> None:
    pages = rule_book(load(tiny.write(tmp_path), library=True))
    parts = pages["trace.md"].split("## On their own")[1].split("\n### ")[1:]
    found = {part.splitlines()[0]: part.splitlines()[2] for part in parts}
    assert sorted(what for what in found if found[what] != "None.") == [
        "Clearances no rule sets",
        "Rules no case fires",
        "Rules that cover no statement",
        "Scores no rule compares",
        "Statements no rule covers",
    ]


def test_without_a_case_library_no_rule_is_said_to_lack_a_case(tmp_path: Path) -> None:
    files = {name: text for name, text in tiny.FILES.items() if not name.startswith("cases/")}
    pages = rule_book(load(tiny.write(tmp_path, files), library=True))
    assert "Rules no case fires" not in pages["trace.md"]
    assert "# Cases\n" in pages["cases.md"]
    assert pages["cases.md"].endswith("None.\n")


def test_places_named_for_what_is_built_in_exist(root: Path, known: KnowledgeBase) -> None:
    built_in = [s for s in known.statements.values() if s.how.value == "built_in"]
    assert built_in
    for place in (where for statement in built_in for where in statement.where):
        path, _, name = place.partition("::")
        text = (root / path).read_text("utf-8")
        assert f"def {name}(" in text if name else text


# bytes


def test_the_list_of_statements_changes_no_digest(known: KnowledgeBase) -> None:
    without = load(shipped_knowledge())
    assert without.digest == known.digest
    assert without.statements == {} != known.statements


@pytest.mark.parametrize("seed", ["0", "4242"])
def test_same_bytes_in_every_process(
    seed: str, root: Path, tmp_path: Path, book: dict[str, str]
) -> None:
    env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
    command = [sys.executable, "-m", "screening", "knowledge", "doc", "--output", "b"]
    subprocess.run(command, cwd=tmp_path, env=env, check=True, capture_output=True)
    written = {
        path.relative_to(tmp_path / "b").as_posix(): path.read_bytes().decode()
        for path in (tmp_path / "b").rglob("*")
        if path.is_file()
    }
    assert written == book
    assert all(text.startswith(MARK) and text.endswith("\n") for text in written.values())
