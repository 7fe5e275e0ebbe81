"""The rule book: every link leads somewhere, everything is in it, and odd text stays text."""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import knowledge_base as tiny
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.author.trace import Sort
from screening.load import load, shipped_knowledge
from screening.model.knowledge import KnowledgeBase
from screening.render.book import MARK, coverage_page, rule_book
from screening.render.book.place import anchor
from screening.render.markdown import escaped

LINK = re.compile(r"(?<!\\)\]\(([^()\s]+)\)")
ANCHOR = re.compile(r'<a id="([^"<>&\s]+)"></a>')
ODD = "a|b `c` <i>d</i> [e](f) *g* &amp; ~~h~~ \\ # i"


@pytest.fixture(scope="module")
def known() -> KnowledgeBase:
    """Return the shipped knowledge with what its rules cover."""
    return load(shipped_knowledge(), library=True)


@pytest.fixture(scope="module")
def book(known: KnowledgeBase) -> dict[str, str]:
    return rule_book(known)


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
        for link in LINK.findall(text):
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
    assert {"index.md", *LINK.findall(book["index.md"])} == set(book)


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
    }
    missing = [(sort, name) for sort in wanted for name in wanted[sort]]
    missing = [(sort, name) for sort, name in missing if anchor(sort, name) not in there]
    assert missing == []
    assert set(wanted) == set(Sort)


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
        assert [words for words in said if escaped(words) not in section] == [], rule.id


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


def test_finding_shows_which_rules_make_it_how_strong_and_which_rest_on_it(tmp_path: Path) -> None:
    page = rule_book(load(tiny.write(tmp_path)))["findings.md"]
    assert "| suspected |  |" in page
    assert "| supported | [stiff-supported](rules/t.md#rule-stiff-supported) |" in page
    assert "| confirmed |  |" in page
    assert "**Used by:** [easy-when-stiff](rules/t.md#rule-easy-when-stiff)" in page
    assert "**Exercises:** [2 verdicts](exercises.md)" in page


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
    assert row.endswith("| numb-client |")
    assert "**Cases that fire it:** numb-client" in pages["rules/t.md"]
    without = rule_book(load(tmp_path))
    assert "cases |" not in without["trace.md"]
    assert "Cases" not in without["rules/t.md"]


def test_statement_without_a_rule_says_why(tmp_path: Path) -> None:
    knowledge = load(tiny.write(tmp_path), library=True)
    for text in (rule_book(knowledge)["trace.md"], coverage_page(knowledge)):
        assert "a finding (stiff): It is found." in text
        assert "not yet: Not written." in text
        assert "| book | 6 | 1 | 1 | 1 | 1 | 1 | 1 |" in text


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
        "questions/10-first.yaml": '  - {id: eye, ask: "Eye?", short: eye, kind: yes_no}\n',
        "categories.yaml": "  - {id: hard, title: Hard, examples: Any.,\n"
        "     dose: {text: Some., source: DOSED, grade: expert}}\n",
    }
    changed = {name: tiny.FILES[name] + text for name, text in extra.items()}
    catalogue = tiny.FILES["exercises/all.yaml"]
    changed["exercises/all.yaml"] = catalogue.replace("{avoid: [walk]}", "{avoid: []}")
    rule = tiny.FILES["rules/t/stiff-supported.yaml"]
    changed["rules/t/stiff-supported.yaml"] = rule.replace("status:", "covers: [book:B2]\nstatus:")
    pages = rule_book(load(tiny.write(tmp_path, {**tiny.FILES, **changed}), library=True))
    listed = {
        "Rules that cover no statement": ["easy-when-stiff"],
        "Statements no rule covers": [f"book:B{n}" for n in (3, 4, 5, 6)],
        "Sources nothing rests on": ["UNUSED"],
        "Questions no rule reads": ["eye"],
        "Groups of movements no rule counts": ["never counted"],
        "Findings no rule uses": ["never made"],
        "Findings no rule makes": ["never made"],
        "Categories never offered": ["Hard"],
        "Advice never given": ["sit-down"],
        "Stages no rule sets": ["late"],
        "Limits no rule sets": ["Spare"],
        "People nobody is sent to": ["an aunt"],
        "Exercises left out for a finding with nothing named instead": ["squat"],
    }
    found = {what: re.findall(r"\[([^\]]+)\]\(", orphaned(pages, what)) for what in listed}
    assert found == listed
    assert pages["trace.md"].count("\n### ") == len(listed)


def test_minimal_knowledge_has_no_orphan_but_its_rules_and_statements(tmp_path: Path) -> None:
    pages = rule_book(load(tiny.write(tmp_path), library=True))
    parts = pages["trace.md"].split("## On their own")[1].split("\n### ")[3:]
    assert {part.splitlines()[2] for part in parts} == {"None."}


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
