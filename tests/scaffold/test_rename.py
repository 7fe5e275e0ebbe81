"""A thing gets another name everywhere, means what it meant, and gets its old name back."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from knowledge_base import FILES, write
from prompted import prompted

from screening.assess import Assessor
from screening.check.reviews import changed_since
from screening.cli import main
from screening.errors import MisuseError
from screening.load import load, load_intake, shipped_knowledge
from screening.model.assessment import Assessment
from screening.model.ids import Sort
from screening.model.kinds import how
from screening.model.knowledge import KnowledgeBase
from screening.model.question import NamedThing
from screening.mutation.operators import mutants_of
from screening.scaffold.rename import RenamePlan, plan_rename
from screening.scaffold.same_meaning import differing
from screening.scaffold.things import PackThing, thing_called
from screening.schema.files import FILES as SCHEMAS
from screening.schema.files import FOLDERS
from screening.schema.keys import ByName, Entry, Nested, Other, Rows
from screening.schema.named import names_held
from screening.testing.run_cases import as_case, run_cases
from screening.write.whole_pack import KEPT, PackTexts

PACKS = Path(__file__).parents[1] / "packs"
NEW = {Sort.STATEMENT: "new:N1", Sort.RULE: "new-name", Sort.ADVICE: "new-name"}


@cache
def files(name: str) -> PackTexts:
    return PackTexts.of(shipped_knowledge() if name == "shipped" else PACKS / name)


@cache
def knowledge(name: str) -> KnowledgeBase:
    return files(name).loaded()


def things(name: str) -> list[PackThing]:
    base = knowledge(name)
    written = [rule.id for rule in base.rules.values() if not rule.cell]
    found = [
        PackThing(sort, one)
        for sort in Sort
        for one in (written if sort is Sort.RULE else base.named(sort))
    ]
    chosen = [q for q in base.questions.values() if how(q.kind).answers is None]
    fixed = [q for q in chosen if q.derived is None]
    return found + [PackThing(Sort.QUESTION, a, q.id) for q in fixed for a in q.words]


def there(name: str, thing: PackThing) -> RenamePlan:
    return plan_rename(files(name), knowledge(name), thing, NEW.get(thing.sort, "new_name"))


def and_back(plan: RenamePlan) -> RenamePlan:
    thing = PackThing(plan.thing.sort, plan.new, plan.thing.of)
    return plan_rename(plan.after, plan.knowledge, thing, plan.thing.id)


def rest(texts: PackTexts) -> dict[str, str]:
    return {name: text for name, text in texts.texts.items() if name != "renamed.yaml"}


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(things("bicycle-fit")))
def test_there_and_back_gives_the_same_bytes_and_every_case_the_same_conclusion(
    thing: PackThing,
) -> None:
    plan = there("bicycle-fit", thing)
    assert plan.named
    back = and_back(plan)
    assert rest(back.after) == rest(plan.before)
    names = frozenset({thing.id, plan.new})
    old, new = Assessor(knowledge("bicycle-fit")), Assessor(plan.knowledge)
    for case in old.knowledge.cases.values():
        renamed = plan.new if thing == PackThing(Sort.CASE, case.id) else case.id
        was = old.conclude(as_case(old, case)[0]).assessment
        now = new.conclude(as_case(new, new.knowledge.cases[renamed])[0]).assessment
        assert said(was, names) == said(now, names)
    assert run_cases(plan.knowledge).failed == ()
    assert differing(old.knowledge, new.knowledge, names) == ()


def said(assessment: Assessment, names: frozenset[str]) -> list[str]:
    """Return every word of an assessment, with some names taken for one."""
    words = re.findall(r"[\w-]+", str(assessment))
    return sorted("it" if word in names else word for word in words)


OF_SHIPPED = (
    PackThing(Sort.QUESTION, "walk"),
    PackThing(Sort.QUESTION, "pain_worst"),
    PackThing(Sort.QUESTION, "minor", "trauma"),
    PackThing(Sort.CATEGORY, "extension_direction"),
    PackThing(Sort.EXERCISE, "pilates_swan"),
    PackThing(Sort.FINDING, "flexion_sensitive"),
    PackThing(Sort.RULE, "bending-made-it-worse"),
    PackThing(Sort.PARAMETER, "walk_minutes"),
    PackThing(Sort.CASE, "k05-visit-1"),
)


@pytest.mark.parametrize("thing", OF_SHIPPED, ids=lambda one: one.words)
def test_the_shipped_knowledge_gets_every_byte_back_and_no_waiver_is_lost(
    thing: PackThing,
) -> None:
    plan = there("shipped", thing)
    after = plan.knowledge
    for waiver in after.waivers:
        names = {one.name for one in mutants_of(after.rules[waiver.rule], after)}
        assert waiver.mutant in names
    back = and_back(plan)
    assert rest(back.after) == rest(plan.before)


def test_every_key_that_is_read_by_hand_says_which_names_it_holds() -> None:
    """A new key of a schema must say whether renaming has to look into it."""

    def keys(entry: Entry[object], seen: set[int]) -> list[tuple[str, str]]:
        if id(entry) in seen:
            return []
        seen.add(id(entry))
        found = []
        for key in entry.keys:
            match key.holds:
                case (
                    Nested(inner)
                    | Rows(inner)
                    | ByName(entry=inner)
                    | Other(entry=Entry() as inner)
                ):
                    found += keys(inner, seen)
                case Other() if names_held(entry, key) is None:
                    found.append((entry.what, key.name))
        return found

    seen: set[int] = set()
    silent = [one for top in (*SCHEMAS.values(), *FOLDERS.values()) for one in keys(top, seen)]
    named = {
        one
        for one in silent
        if one[0] not in {"a pose", "a thing", "a target", "an arrow", "a figure"}
    }
    assert named == {
        ("a question", "valid"),
        ("a question", "from"),
        ("a question", "to"),
        ("a topic file", "valid"),
        ("an exercise", "demands"),
        ("an item of a score", "from"),
        ("a score", "bands"),
    }


def run(*arguments: str | Path, given: str = "") -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["knowledge", *map(str, arguments)], input=given)
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def base(tmp_path: Path) -> Path:
    root = write(tmp_path / "base", FILES)
    run("format", "--knowledge", root)
    return root


def test_it_is_shown_asked_and_written_and_old_intakes_load(base: Path, tmp_path: Path) -> None:
    before = PackTexts.of(base)
    code, out, err = run("rename", "numb", "tingling", "--knowledge", base, given="n\n")
    assert (code, PackTexts.of(base)) == (1, before)
    assert "question `numb` becomes `tingling`" in out
    assert "Only the name is different." in out
    code, _, err = run("rename", "numb", "tingling", "--yes", "--knowledge", base)
    assert (code, "written in" in err) == (0, True)
    assert run("check", "--knowledge", base)[0] == 0
    assert run("format", "--check", "--knowledge", base)[0] == 0
    after = load(base, library=True)
    assert dict(after.older_names(NamedThing.QUESTION)) == {"numb": "tingling"}
    (tmp_path / "old.yaml").write_text("answers: {numb: no, pain: 3}\n", "utf-8")
    case = load_intake(tmp_path / "old.yaml", after)
    assert dict(case.answers) == {"tingling": "no", "pain": 3}
    assert not (base / KEPT).exists()


def test_an_old_name_beside_the_newer_one_is_refused(base: Path, tmp_path: Path) -> None:
    run("rename", "cramp", "cramps", "--yes", "--knowledge", base)
    intake = tmp_path / "old.yaml"
    intake.write_text("answers: {cramp: no, cramps: no}\n", "utf-8")
    result = CliRunner().invoke(main, ["run", str(intake), "--knowledge", str(base)])
    assert result.exit_code == 2
    assert "`cramp` stands for `cramps`, which is answered as well" in result.stderr


def test_an_old_column_of_a_table_is_the_newer_question(base: Path, tmp_path: Path) -> None:
    run("rename", "numb", "tingling", "--yes", "--knowledge", base)
    run("rename", "pain", "ache", "--yes", "--knowledge", base)
    (tmp_path / "in.csv").write_text("client,numb,pain\na,new_or_worse,3\nb,no,3\n", "utf-8")
    words = ["batch", str(tmp_path / "in.csv"), str(tmp_path / "out.csv")]
    result = CliRunner().invoke(main, [*words, "--knowledge", str(base)])
    assert result.exit_code == 0, result.stderr
    lines = (tmp_path / "out.csv").read_text("utf-8").splitlines()
    rows = list(csv.DictReader(lines))
    assert [row["referral"] for row in rows] == ["emergency", "none"]


def test_an_old_exercise_in_a_programme_is_the_newer_one(base: Path, tmp_path: Path) -> None:
    run("rename", "jump", "hop", "--yes", "--knowledge", base)
    (tmp_path / "old.yaml").write_text("answers: {numb: no}\nprogramme: [jump]\n", "utf-8")
    assert load_intake(tmp_path / "old.yaml", load(base)).programme == ("hop",)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("nomb", "x"), 2, "did you mean `numb`?"),
        (("numb", "cramp"), 2, "`cramp` is a question already"),
        (("numb", "No Name"), 2, "bad id `No Name`"),
        (("squat.stiff", "x"), 2, "is made from `squat`"),
        (("cramp.yes", "x"), 2, "the answers of a yes_no question have fixed names"),
        (("fall.bigg", "x"), 2, "did you mean `fall.big`?"),
        (("numb", "stiff"), 2, "`stiff` is a finding already"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    words: tuple[str, ...], code: int, says: str, base: Path
) -> None:
    before = PackTexts.of(base)
    found = run("rename", *words, "--yes", "--knowledge", base)
    assert found[0] == code
    assert says in found[2]
    assert PackTexts.of(base) == before


def test_a_name_of_several_things_is_asked_back() -> None:
    with pytest.raises(MisuseError, match="a question and a category"):
        thing_called(knowledge("shipped"), "walk", None)
    assert thing_called(knowledge("shipped"), "walk", "category").sort is Sort.CATEGORY


def test_a_change_that_was_cut_off_is_put_back_by_the_next(base: Path) -> None:
    before = PackTexts.of(base)
    plan = plan_rename(before, before.loaded(), PackThing(Sort.QUESTION, "numb"), "tingling")
    (base / "questions" / "10-first.yaml").unlink()
    (base / "questions" / "10-first.yaml").mkdir()  # so that it cannot be written
    with pytest.raises(Exception, match="cannot be written"):
        plan.after.put(before)
    (base / "questions" / "10-first.yaml").rmdir()
    assert PackTexts.of(base) == before
    assert not (base / KEPT).exists()


def test_comments_stay_and_prose_is_not_touched(base: Path) -> None:
    file = base / "advice.yaml"
    file.write_text(
        "advice:\n  # said to all\n  - id: keep-moving\n    text: So keep-moving on.\n"
    )
    assert run("rename", "keep-moving", "go-on", "--yes", "--knowledge", base)[0] == 0
    text = file.read_text("utf-8")
    assert text == "advice:\n  # said to all\n  - id: go-on\n    text: So keep-moving on.\n"


def test_it_is_asked_at_the_keyboard(base: Path) -> None:
    words = ["knowledge", "rename", "numb", "tingling", "--knowledge", str(base)]
    code, shown = prompted(words, [("[y/N]: ", "y")], {})
    assert (code, "files written" in shown) == (0, True)
    assert load(base).questions["tingling"].ask == "Numb?"


@pytest.mark.parametrize("name", ["stiff-supported", "stiff", "bend", "BOOK", "flexion"])
def test_a_signature_stays_with_what_was_seen(tmp_path: Path, name: str) -> None:
    texts = PackTexts.of(write(tmp_path / "base"))
    base = texts.loaded()
    signed = [rule.id for rule in base.rules.values() if rule.reviewed]
    assert signed == ["stiff-supported"]
    thing = thing_called(base, name, None)
    plan = plan_rename(texts, base, thing, NEW.get(thing.sort, "new_name"))
    rule = next(rule for rule in plan.knowledge.rules.values() if rule.reviewed)
    assert rule.id == ("new-name" if name in signed else "stiff-supported")
    assert changed_since(plan.knowledge, rule) == ()
    said = {file for file in plan.after.texts if file.startswith("reviews/")}
    assert said == {f"reviews/{rule.id}.yaml"}
