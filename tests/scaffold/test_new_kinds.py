"""Categories, findings, advice, flags and cases are asked for; so is when a question is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from kept_cases import keep, make_store
from knowledge_base import FILES, INTAKE, write
from prompted import prompted

from screening.cli import main
from screening.load import load
from screening.model.expr import All, AnyOf, Compare, Is, Not
from screening.model.rule import AvoidExercise, Find
from screening.model.vocabularies import Level, Strength
from screening.scaffold.spoken import meant
from screening.write.whole_pack import PackTexts

PACK = Path(__file__).parents[1] / "packs" / "bicycle-fit"


def run(*arguments: str | Path, lines: list[str] | None = None) -> tuple[int, str, str]:
    given = "".join(f"{line}\n" for line in lines or [])
    result = CliRunner().invoke(main, ["knowledge", *map(str, arguments)], input=given)
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path / "home"))
    root = write(tmp_path / "base", FILES)
    run("format", "--knowledge", root)
    return root


@pytest.fixture
def riders(tmp_path: Path) -> Path:
    root = tmp_path / "riders"
    root.mkdir()
    PackTexts(root, PackTexts.of(PACK).texts).put(PackTexts(root, {}))
    return root


CATEGORY = ["Slow work", "Slow work", "", "Anything slow.", "", "", "A little.", "{}", "expert"]


@pytest.mark.parametrize(("pack", "source"), [("base", "BOOK"), ("riders", "DESIGN")])
def test_a_category_is_written_in_every_pack(
    pack: str, source: str, request: pytest.FixtureRequest
) -> None:
    root: Path = request.getfixturevalue(pack)
    lines = [one.format(source) for one in CATEGORY]
    code, out, _ = run("new", "category", "--knowledge", root, lines=lines)
    assert (code, "SLOW WORK" in out) == (0, True)
    made = load(root).categories["slow_work"]
    assert (made.dose.text, made.dose.source) == ("A little.", source)
    assert run("format", "--check", "--knowledge", root)[0] == 0


def test_advice_is_written_under_a_name_with_hyphens(riders: Path) -> None:
    lines = ["Sit up", "Sit up more often.", "", "", "", ""]
    code, _, err = run("new", "advice", "--knowledge", riders, lines=lines)
    assert (code, "no rule gives `sit-up`" in err) == (1, True)
    assert load(riders).advice["sit-up"].text == "Sit up more often."


def test_a_finding_goes_on_with_the_rule_that_finds_it(riders: Path) -> None:
    lines = ["Tired", "tired from riding", "", "supported"]
    rule = ["Rides a lot", "", "hours >= 20", "", "", "Because.", "", "DESIGN", "", "design", "n"]
    rest = ["2999-01-01", "y", "n", "o", "fit"]
    code, out, err = run("new", "finding", "--knowledge", riders, lines=[*lines, *rule, *rest])
    assert code == 0, err
    assert "RIDES A LOT" in out
    made = load(riders, library=True).rules["rides-a-lot"]
    assert made.then == (Find("tired", Strength.SUPPORTED),)
    assert run("check", "--knowledge", riders)[0] == 0


def test_leaving_the_rule_keeps_the_finding_and_says_so(riders: Path) -> None:
    lines = ["Tired", "tired from riding", "", "supported", "Rides a lot"]
    code, _, err = run("new", "finding", "--knowledge", riders, lines=lines)
    assert (code, "The rule is not written." in err) == (2, True)
    assert "tired" in load(riders).findings


def test_a_flag_is_written_with_its_rules_and_named_next(base: Path) -> None:
    lines = ["Newly numb", "numb is new_or_worse", "", "emergency", "", "numb-now", "", ""]
    code, _, err = run("new", "flag", "--knowledge", base, lines=lines)
    assert (code, "knowledge prove" in err) == (0, True)
    safety = load(base, library=True).safety
    assert safety is not None
    flag = safety.flags[0]
    assert (flag.words, flag.level, flag.by) == ("Newly numb", Level.EMERGENCY, ("numb-now",))


def test_a_case_is_made_of_an_intake_and_concluded_afterwards(base: Path, tmp_path: Path) -> None:
    intake = tmp_path / "in.yaml"
    intake.write_text(
        "answers: {numb: new_or_worse}\nprogramme: [squat]\nclient: A. B.\n", "utf-8"
    )
    expected = ["emergency", "", "", "avoid walking", "avoid squat", "", "numb-now", "", ""]
    lines = ["y", "Numb", "synthetic", "", *expected]
    words: list[str | Path] = ["new", "case", "--from", intake, "--knowledge", base]
    code, out, err = run(*words, lines=lines)
    case = load(base, library=True).cases["numb"]
    assert case.title == "Made up: Numb"
    assert dict(case.answers) == {"numb": "new_or_worse"}
    assert case.expect.at_least is Level.EMERGENCY
    assert "A. B." not in (base / "cases" / "numb.yaml").read_text("utf-8")
    assert (code, "failed_case" in err) == (0, False), (out, err)
    assert run("format", "--check", "--knowledge", base)[0] == 0


def test_a_case_on_record_is_taken_over_without_who_it_is(base: Path, tmp_path: Path) -> None:
    make_store(tmp_path / "home")
    name = keep(tmp_path / "home", load(base), "ann", {"numb": "no", "pain": 3})
    lines = ["y", "Calm", "synthetic", "all", "", "none", "", "", "", ""]
    code, _, err = run("new", "case", "--from", name, "--knowledge", base, lines=lines)
    assert code == 0, err
    text = (base / "cases" / "calm.yaml").read_text("utf-8")
    assert dict(load(base, library=True).cases["calm"].answers) == {"numb": "no", "pain": 3}
    assert not [one for one in ("ann", name) if one in text]


def test_a_case_that_is_not_as_expected_is_said(base: Path, tmp_path: Path) -> None:
    (tmp_path / "in.yaml").write_text("answers: {numb: no}\n", "utf-8")
    lines = ["y", "Calm", "synthetic", "all", "emergency", "", "", "", "", ""]
    words: list[str | Path] = ["new", "case", "--from", tmp_path / "in.yaml"]
    words += ["--knowledge", base]
    code, _, err = run(*words, lines=lines)
    assert (code, "should refer emergency; found: none" in err) == (1, True)


def test_a_client_who_could_be_known_is_not_written(base: Path, tmp_path: Path) -> None:
    (tmp_path / "in.yaml").write_text(INTAKE, "utf-8")
    before = PackTexts.of(base)
    words: list[str | Path] = ["new", "case", "--from", tmp_path / "in.yaml"]
    words += ["--knowledge", base]
    _, _, err = run(*words, lines=["n"])
    assert "Nothing is written" in err
    assert PackTexts.of(base) == before


def test_a_case_needs_a_screening(base: Path) -> None:
    assert "begins `--from`" in run("new", "case", "--knowledge", base)[2]


def test_a_question_says_when_it_is_asked_how_long_it_counts_and_where(riders: Path) -> None:
    first = ["20-riding", "tired", "Tired?", "tired legs", "yes_no", "n", ""]
    lines = [*first, "climbing is provokes", "", "weeks", "4 weeks", "", "hours"]
    code, _, err = run("new", "question", "--knowledge", riders, lines=lines)
    assert "`session`, `always`, or weeks" in err
    assert code == 1  # no rule asks about it yet
    after = load(riders)
    made = after.questions["tired"]
    assert made.only_if == Is("climbing", "provokes")
    asked = [*after.questions]
    assert asked.index("tired") == asked.index("hours") - 1


def test_an_exercise_says_what_becomes_of_it_and_who_says_so(riders: Path) -> None:
    lines = ["rides", "Gravel ride", "", "", "short_rides", *[""] * 8, "1", "2", "1", ""]
    lines += ["avoid", "upright_ride", "", "DESIGN", "page 2", "expert", "", "", ""]
    code, _, err = run("new", "exercise", "--knowledge", riders, lines=lines)
    assert code == 0, err
    after = load(riders)
    rule = after.rules["gravel_ride.long_reach"]
    assert [c for c in rule.then if isinstance(c, AvoidExercise)]
    assert [(one.source, one.at) for one in rule.evidence] == [("DESIGN", "page 2")]


def test_groups_of_conditions_are_nested(riders: Path) -> None:
    when = ["hours >= 20", "not (", "hoods is provokes", "drops is provokes", "", "any", "", "all"]
    then = ["offer shorter rides for now", "y", "", "", "y"]
    rest = ["Because.", "", "DESIGN", "", "design", "n", "2999-01-01"]
    words: list[str | Path] = ["new", "--knowledge", riders]
    _, _, err = run(*words, lines=["Long", "", *when, *then, *rest])
    asked = err.count("Fires?")
    clients = ["n"] * 12
    while asked and "Kept with" not in err:
        _, _, err = run(*words, "--resume", lines=[*clients, "plan"])
    made = next(rule for rule in load(riders).rules.values() if rule.title == "Long")
    assert isinstance(made.when, All)
    first, second = made.when.parts
    assert isinstance(first, Compare)
    assert isinstance(second, Not)
    assert isinstance(second.part, AnyOf)


@pytest.mark.parametrize(
    ("said", "form", "target"),
    [
        ("change jumping", "change_exercise", "jump"),
        ("leave out jumping", "leave_out_exercise", "jump"),
        ("no knee bends", "leave_out_exercise", "squat"),
        ("avoid easy work", "leave_out_category", "easy"),
        ("offer easy work", "offer_category", "easy"),
        ("recommend squat", "offer_category", "easy"),
        ("offer jumping", "", "jump"),
        ("Change Jumpng", "change_exercise", "jump"),
        ("whatever", None, None),
    ],
)
def test_what_people_say_is_guessed(
    said: str, form: str | None, target: str | None, base: Path
) -> None:
    guess = meant(load(base), said)
    assert (guess and guess.form, guess and guess.target) == (form, target)


def test_a_guess_is_asked_about_and_a_no_goes_on(base: Path) -> None:
    begun = ["Cramp", "", "cramp is yes", "", "change jumping", "n", "change jumping", "y"]
    _, _, err = run("new", "--knowledge", base, lines=[*begun, "Lower."])
    assert "= change an exercise: jumping. Is that meant?" in err
    assert "choose from the list" in err


def test_the_words_of_the_list_are_no_guess(base: Path) -> None:
    lines = ["Cramp", "", "cramp is yes", "", "change exercise", "jump", "Lower."]
    _, _, err = run("new", "--knowledge", base, lines=lines)
    assert "= change an exercise\n" in err
    assert "Is that meant?" not in err


def test_a_finding_is_asked_for_at_the_keyboard(riders: Path) -> None:
    words = ["knowledge", "new", "finding", "--knowledge", str(riders)]
    answers = [("or two: ", "Tired"), ("is: ", "tired"), ("empty): ", "\x03")]
    code, shown = prompted(words, answers, {})
    assert (code, "--resume" in shown) == (2, True)
