"""A thing is taken out with what only names it, or what stands on it is said and it stays."""

from __future__ import annotations

from functools import cache
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from knowledge_base import FILES, write
from prompted import prompted

from screening.cli import main
from screening.load import load, load_intake
from screening.model.ids import Sort
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Status
from screening.scaffold.delete import Stands, plan_delete
from screening.scaffold.things import PackThing
from screening.write.renaming import Renaming, found_in
from screening.write.whole_pack import PackTexts

PACK = Path(__file__).parents[1] / "packs" / "bicycle-fit"
FLAG = """\
flags:
  - flag: Newly numb
    when: numb is new_or_worse
    refer: emergency
    by: [numb-now]
invariants:
  - id: answers-matter
    title: Every answer matters
    because: Nobody is asked in vain.
    each: answer
    sometimes: [it matters]
    except: [{it: calf, because: It tells more.}]
"""


@cache
def pack() -> tuple[PackTexts, KnowledgeBase]:
    files = PackTexts.of(PACK)
    return files, files.loaded()


def things() -> list[PackThing]:
    base = pack()[1]
    written = [rule.id for rule in base.rules.values() if not rule.cell]
    return [
        PackThing(sort, one)
        for sort in Sort
        for one in (written if sort is Sort.RULE else base.named(sort))
    ]


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(things()))
def test_nothing_names_it_any_more_or_it_is_said_what_needs_it(thing: PackThing) -> None:
    files, base = pack()
    plan = plan_delete(files, base, thing)
    assert plan.standing(Stands.OWN)
    if plan.standing(Stands.FIRM):
        return
    gone = Renaming(thing.sort, thing.id, "gone")
    left = [
        name
        for name, text in plan.after.texts.items()
        if name != "renamed.yaml" and found_in(text, name, PurePosixPath(name), gone)
    ]
    assert left == []


def run(*arguments: str | Path, given: str = "") -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["knowledge", *map(str, arguments)], input=given)
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def base(tmp_path: Path) -> Path:
    root = write(tmp_path / "base", {**FILES, "safety.yaml": FLAG})
    run("format", "--knowledge", root)
    return root


def test_what_a_condition_needs_stays_and_the_place_is_said(base: Path) -> None:
    before = PackTexts.of(base)
    code, out, _ = run("delete", "numb", "--with-uses", "--yes", "--knowledge", base)
    assert code == 1
    assert "rules/t/numb-now.yaml:5: when: numb is new_or_worse" in out
    assert "Mend those first." in out
    assert PackTexts.of(base) == before


def test_what_only_lists_name_asks_for_with_uses(base: Path) -> None:
    code, out, _ = run("delete", "walk", "--knowledge", base)
    assert (code, "`--with-uses`" in out) == (1, True)


def test_what_the_check_would_miss_is_said_and_nothing_is_written(base: Path) -> None:
    before = PackTexts.of(base)
    code, out, err = run("delete", "numb-now", "--with-uses", "--yes", "--knowledge", base)
    assert code == 1
    assert "The flag “Newly numb” (emergency) is left with no rule." in out
    assert "without it the check finds errors" in out
    assert "unheard_emergency" in err
    assert PackTexts.of(base) == before


def test_an_unused_question_goes_and_old_answers_count_for_nothing(
    base: Path, tmp_path: Path
) -> None:
    extra = "  - {id: spare, ask: 'Spare?', short: a spare, kind: yes_no}\n"
    file = base / "questions" / "10-first.yaml"
    file.write_text(file.read_text("utf-8") + extra, "utf-8")
    code, out, _ = run("delete", "spare", "--knowledge", base, given="y\n")
    assert code == 0
    assert "would be concluded otherwise" in out
    assert "spare" not in file.read_text("utf-8")
    (tmp_path / "old.yaml").write_text("answers: {spare: yes, pain: 3}\n", "utf-8")
    after = load(base, library=True)
    assert dict(load_intake(tmp_path / "old.yaml", after).answers) == {"pain": 3}
    result = CliRunner().invoke(main, ["run", f"{tmp_path}/old.yaml", "--knowledge", str(base)])
    assert "is asked no more; its answer counts for nothing" in result.stderr
    assert run("rename", "calf", "spare", "--yes", "--knowledge", base)[0] == 0


def test_a_case_goes_with_its_file(base: Path) -> None:
    case = next(iter(load(base, library=True).cases))
    rest = "id: other\ntitle: 'Made up: Other'\nkind: synthetic\nanswers: {pain: 3}\n"
    (base / "cases" / "other.yaml").write_text(f"{rest}expect: {{referral: {{is: none}}}}\n")
    assert run("delete", case, "--yes", "--knowledge", base)[0] == 0
    assert [*load(base, library=True).cases] == ["other"]


def test_it_is_asked_at_the_keyboard_and_a_no_writes_nothing(base: Path) -> None:
    extra = "  - {id: spare, text: A spare sentence.}\n"
    file = base / "advice.yaml"
    file.write_text(file.read_text("utf-8") + extra, "utf-8")
    words = ["knowledge", "delete", "spare", "--knowledge", str(base)]
    code, shown = prompted(words, [("Delete this? [y/N]: ", "n")], {})
    assert (code, "written in" in shown) == (1, False)
    assert "spare" in file.read_text("utf-8")


def test_a_retired_rule_comes_back_as_a_draft_as_it_was(base: Path) -> None:
    name = "cramp-easy"
    rule = FILES["rules/t/numb-now.yaml"].replace("numb-now", name)
    flags = FLAG.replace("[numb-now]", f"[numb-now, {name}]")
    (base / "safety.yaml").write_text(flags, "utf-8")
    (base / "rules" / "t" / f"{name}.yaml").write_text(rule, "utf-8")
    run("format", "--knowledge", base)
    before = PackTexts.of(base)
    code, _, err = run("retire", name, "--reason", "Tried.", "--knowledge", base)
    assert (code, "retired" in err) == (0, True)
    assert load(base).rules[name].status is Status.RETIRED
    back = run("unretire", name, "--yes", "--knowledge", base)
    assert back[0] == 0, back
    assert PackTexts.of(base) == before
    code, _, err = run("unretire", name, "--knowledge", base)
    assert (code, "no rule is retired" in err) == (2, True)


def test_retiring_says_which_flag_and_which_cases_wait_for_the_rule(base: Path) -> None:
    _, _, err = run("retire", "numb-now", "--reason", "Tried.", "--knowledge", base)
    assert "The flag “Newly numb” (emergency) is left with no rule." in err
    assert run("unretire", "numb-now", "--yes", "--knowledge", base)[0] == 0
