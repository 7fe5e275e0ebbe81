"""A bundle goes out and comes back: what is agreed is signed, what changed since is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from knowledge_base import FILES, write

from screening.cli import main
from screening.load import load
from screening.model.knowledge import KnowledgeBase
from screening.model.urgency import urgency
from screening.model.what_is_seen import seen
from screening.render.review_bundle import bundle_html, in_parts
from screening.render.review_bundle.parts import A_MINUTE, SITTING, words_in

NUMB, EASY = "rules/t/numb-now.yaml", "rules/t/easy-when-stiff.yaml"
NEW = "  - {name: New, given: {numb: new_or_worse}, expect: fires}\n"
KILLING = """\
  - {name: New, given: {numb: new_or_worse}, expect: fires, refers: emergency}
  - {name: Not known, given: {numb: dont_know}, expect: silent, refers: same_day}
"""


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path / "home"))
    return write(tmp_path / "base", {**FILES, NUMB: FILES[NUMB].replace(NEW, KILLING)})


def run(base: Path, *words: str | Path, given: str = "") -> Result:
    whole = ["knowledge", *map(str, words), "--knowledge", str(base)]
    return CliRunner().invoke(main, whole, input=given)


def bundled(base: Path, *words: str) -> tuple[str, Path]:
    """Return a new bundle, and the file for its answers."""
    out = base.parent / "out.html"
    result = run(base, "bundle", *words, "-o", out)
    assert result.exit_code == 0, result.output
    return out.read_text("utf-8"), out.with_suffix(".yaml")


def answered(path: Path, *, by: str = "A. Ito", **answers: str) -> None:
    """Fill in answers by rule, each `answer` or `answer: remark`."""
    text = path.read_text("utf-8").replace('reviewer: "-"', f"reviewer: {by}")
    for rule, said in answers.items():
        answer, _, remark = said.partition(": ")
        line = f"rule: {rule.replace('_', '-')}\n"
        head, tail = text.split(line)
        tail = tail.replace("not_read", answer, 1).replace(
            '"-"', f'"{remark}"' if remark else '"-"', 1
        )
        text = f"{head}{line}{tail}"
    path.write_text(text, "utf-8")


def test_what_is_agreed_is_signed_and_the_rest_stays_open(base: Path) -> None:
    _, answers = bundled(base)
    answered(answers, numb_now="agree", easy_when_stiff="disagree: Not in the first week.")
    result = run(base, "review", "--from", answers, "--yes")
    assert result.exit_code == 0, result.output
    assert "numb-now.yaml: reviewed by A. Ito, physiotherapist" in result.stderr
    assert result.stdout == "- easy-when-stiff: does not agree: Not in the first week.\n"
    rules = load(base).rules
    assert rules["numb-now"].reviewed
    assert not rules["easy-when-stiff"].reviewed


def test_a_rule_changed_since_the_bundle_is_refused_by_name(base: Path) -> None:
    _, answers = bundled(base)
    answered(answers, numb_now="agree: Good.")
    questions = "questions/10-first.yaml"
    write(base, {questions: FILES[questions].replace('"Numb?"', '"All well?"')})
    result = run(base, "review", "--from", answers, "--yes")
    assert result.exit_code == 1
    assert "unseen_words: the words of `numb-now` changed since the bundle" in result.stderr
    assert f"{answers}:8:" in result.stderr
    assert "- numb-now: agrees: Good." in result.stdout
    assert not load(base).rules["numb-now"].reviewed


def test_an_agreement_passes_all_that_a_review_passes(base: Path) -> None:
    _, answers = bundled(base)
    answered(answers, easy_when_stiff="agree")
    result = run(base, "review", "--from", answers, "--yes")
    assert result.exit_code == 1
    assert "no example or case shows this mistake" in result.stderr
    assert not load(base).rules["easy-when-stiff"].reviewed


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('reviewer: "-"', 'reviewer: "-"', "put the name under `reviewer`"),
        ('reviewer: "-"', "reviewer: x", "nobody on record is called `x`"),
        ("answer: not_read", "answer: yes", "expected one of: not_read, agree, change, disagree"),
        ("rule: numb-now", "rule: numb-nov", "did you mean `numb-now`?"),
        ("answers:", "anwsers:", "did you mean `answers`?"),
        ("    seen:", "    sen:", "the key `seen` is missing"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(
    base: Path, old: str, new: str, said: str
) -> None:
    _, answers = bundled(base)
    text = answers.read_text("utf-8")
    if "reviewer" not in old:
        text = text.replace('reviewer: "-"', "reviewer: ito")
    text = text.replace("answer: not_read", "answer: agree") if "numb" in new else text
    assert old in text
    answers.write_text(text.replace(old, new), "utf-8")
    result = run(base, "review", "--from", answers, "--yes")
    assert result.exit_code in (1, 2)
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_nothing_is_signed_without_a_yes_and_answers_are_never_written_over(base: Path) -> None:
    _, answers = bundled(base)
    answered(answers, numb_now="agree")
    result = run(base, "review", "--from", answers, given="n\n")
    assert result.exit_code == 1
    assert "Record that A. Ito, physiotherapist agrees to 1 rule?" in result.stderr
    assert not load(base).rules["numb-now"].reviewed
    again = run(base, "bundle", "-o", base.parent / "out.html")
    assert "may hold answers" in again.stderr
    assert run(base, "review", "--from", answers, "numb-now").exit_code == 2
    assert run(base, "review").exit_code == 2
    assert "end its name in `.html`" in run(base, "bundle", "-o", "x.pdf").stderr


def test_what_is_signed_is_left_out_until_it_changes_and_then_shown_as_changed(
    base: Path,
) -> None:
    page, answers = bundled(base)
    assert 'id="rule-stiff-supported"' not in page
    answers.unlink()
    rule = "rules/t/stiff-supported.yaml"
    write(base, {rule: FILES[rule].replace("say: Both hurt you.", "say: No worry.")})
    page, _ = bundled(base)
    changed = page.split('id="rule-stiff-supported"')[1].split("</article>")[0]
    assert "Changed since it was signed" in changed
    assert "was “Both hurt you.”; now “No worry.”" in changed
    assert "not_read" in answers.read_text("utf-8")


def test_all_that_is_signed_stands_in_the_bundle(base: Path) -> None:
    page, _ = bundled(base, "--all")
    shown = " ".join(words_of(page).split())
    knowledge = load(base, library=True)
    for rule in knowledge.written_rules:
        for part in seen(knowledge, rule):
            if part.what not in ("logic", "its short name", "what was read", "as cited"):
                assert_words(part.says, shown)


def assert_words(text: str, shown: str) -> None:
    """Check that each word of a text is shown; sources are laid out in another order."""
    missing = [word for word in re.findall(r"\w+", text) if word not in shown]
    assert missing == [], text


def words_of(html: str) -> str:
    return re.sub(r"<[^>]*>", " ", html.split("</style>")[1])


def test_the_whole_pack_in_sittings_the_most_urgent_first(shipped: KnowledgeBase) -> None:
    parts = in_parts(shipped, shipped.written_rules)
    rules = [rule for part in parts for rule in part.rules]
    levels = [urgency(rule) for rule in rules]
    assert levels == sorted(levels, reverse=True)
    assert {rule.id for rule in rules} == {rule.id for rule in shipped.written_rules}
    assert len(rules) == len(shipped.written_rules)
    for part in parts:
        assert part.minutes <= SITTING or len(part.rules) == 1
        assert sum(map(words_in, part.sections)) <= part.words <= A_MINUTE * SITTING
    page = bundle_html(shipped, parts, "answers.yaml")
    assert re.findall(r"<script|\son[a-z]+=|https?://(?!www\.w3\.org)[^<]*\"", page) == []
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert links <= set(ids)


def test_the_examples_say_whom_they_refer(base: Path) -> None:
    page, _ = bundled(base, "numb-now")
    assert "<td>fires, refers emergency</td>" in page
    assert "<td>silent, refers same_day</td>" in page
    assert "I agree with this change" in page
