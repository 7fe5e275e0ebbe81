"""Writing rules and entries by being asked."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import strategies
from hypothesis import given, settings
from hypothesis import strategies as st
from knowledge_base import FILES, write

from screening.check import check
from screening.diagnostics import Diagnostic
from screening.engines.applicable import with_harmless_rest
from screening.engines.reference import evaluate
from screening.load import load, shipped_knowledge
from screening.model.conclusion_forms import FORMS
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Head, Recommend
from screening.model.vocabularies import Truth
from screening.scaffold.conclusion_forms import offers
from screening.scaffold.example_clients import clients
from screening.scaffold.new_rule import NewRule, Start, StoppedError, ask_rule, identifier
from screening.scaffold.parse_draft import rule_of
from screening.scaffold.phrases import NUMBER, Offer, partly, phrases, read_phrase, search
from screening.scaffold.similar_rules import alike

TODAY = datetime.date(2026, 1, 1)
END = ["Because.", "", "BOOK", "", "expert", "n", "2027-01-01"]


class Scripted:
    """An author who says what is written down."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = list(lines)
        self.kept: list[str] = []
        self.heard: list[str] = []

    def say(self, text: str) -> None:
        self.heard.append(text)

    def show(self, shown: Sequence[Offer]) -> None:
        self.heard += [f"{offer.written}: {offer.words}" for offer in shown]

    def line(self, prompt: str, words: Sequence[str] = ()) -> str:  # noqa: ARG002 - the protocol
        self.heard.append(prompt)
        if "Fires?" in prompt and self.lines[0] not in ("y", "n", "o"):
            return "y"
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)

    def settled(self, answer: str) -> None:
        self.kept.append(answer)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return load(write(tmp_path_factory.mktemp("tiny")), library=True)


def asked(
    tiny: KnowledgeBase, *lines: str, start: Start | None = None
) -> tuple[NewRule, Scripted]:
    author = Scripted(lines)
    return ask_rule(author, tiny, TODAY, start), author


def test_a_rule_is_written_from_answers_and_passes_its_check(
    tiny: KnowledgeBase, tmp_path: Path
) -> None:
    given = [
        "Cramp, then easy",
        "",
        "a cramp yes",
        "",
        "offer_category",
        "Easy work",
        "",
        "",
        *END,
    ]
    rule, author = asked(tiny, *given, "y", "n", "o", "t")
    assert rule.text == (
        "id: cramp-then-easy\n"
        "title: Cramp, then easy\n"
        "status: draft\n"
        "when: cramp is yes\n"
        "then: {recommend: easy}\n"
        "because: Because.\n"
        "evidence: [{source: BOOK, grade: expert}]\n"
        "review: {due: 2027-01-01}\n"
        "examples:\n"
        "  - {name: A cramp (Yes), given: {cramp: yes}, expect: fires}\n"
        "  - {name: A cramp (No), given: {cramp: no}, expect: silent}\n"
        "  - {name: Nothing of it asked yet, given: {}, expect: undecided}\n"
    )
    assert rule.topic == "t"
    files = {**FILES, f"rules/t/{rule.id}.yaml": rule.text}
    assert check(load(write(tmp_path, files), library=True), TODAY) == ()
    again, _ = asked(tiny, *author.kept)
    assert again.text == rule.text


def test_several_phrases_join_and_numbers_are_asked_for(tiny: KnowledgeBase) -> None:
    given = ["Two", "", "pain >= NUMBER", "12", "7", "not calf is yes", "", "any"]
    then = ["advise", "keep moving.", "", *END]
    rule, author = asked(tiny, *given, *then, "t")
    assert rule.says["when"] == {"any": ["pain >= 7", {"not": "calf is yes"}]}
    assert "A whole number from 0 to 10 is needed." in author.heard


def test_a_safety_question_asks_what_unknown_means(tiny: KnowledgeBase) -> None:
    given = [
        "Numb for long",
        "",
        "numb is older_stable",
        "",
        "refer",
        "same_day",
        "doctor",
        "Numb.",
    ]
    rule, author = asked(tiny, *given, "", "routine", *END, "t")
    assert rule.says["unknown"] == {"treat_as": "routine"}
    assert not any(line.startswith("undecided:") for line in author.heard)


def test_a_rule_like_another_is_shown_and_can_end_it(tiny: KnowledgeBase) -> None:
    given = [
        "Again numb",
        "",
        "numb is new_or_worse",
        "",
        "refer",
        "emergency",
        "hospital",
        "Numb.",
    ]
    with pytest.raises(StoppedError, match="numb-now"):
        asked(tiny, *given, "", "n")


def test_a_start_offers_its_phrases_first_and_sets_the_conclusion(tiny: KnowledgeBase) -> None:
    start = Start((Offer("bend is provokes", "bending"),), {"avoid": "squat", "strength": "soft"})
    rule, author = asked(tiny, "Bend", "", "1", "", "", "y", *END, "t", start=start)
    assert any("squat.provokes" in line for line in author.heard)  # of the catalogue
    assert rule.says["when"] == "bend is provokes"
    assert rule.says["then"] == {"avoid": "squat", "strength": "soft"}


def test_an_expectation_the_rule_does_not_meet_is_said(tiny: KnowledgeBase) -> None:
    given = ["Cramp", "", "cramp is yes", "", "offer_category", "easy", "", "", *END]
    _, author = asked(tiny, *given, "n", "n", "o", "t")
    said = "As written, the rule fires here, so this example fails for now."
    assert [line for line in author.heard if "As written" in line] == [said]


def test_a_taken_name_and_odd_lines_are_asked_again(tiny: KnowledgeBase) -> None:
    given = [
        "",
        "Numb",
        "numb now",
        "numb-2",
        "cramq",
        "?",
        "",
        "cramp is yes",
        "",
        "offer_category",
    ]
    rule, author = asked(tiny, *given, "easy", "", "", *END, "new", "n", "t")
    assert rule.id == "numb-2"
    assert "Nothing is called so: cramq. Did you mean `cramp`?" in author.heard
    assert rule.topic == "t"


def test_every_offered_phrase_can_be_read() -> None:
    shipped = load(shipped_knowledge())
    for offer in phrases(shipped):
        number = str(
            next(
                (q.low for q in shipped.questions.values() if q.id == offer.written.split()[0]), 1
            )
        )
        read = read_phrase(shipped, offer.written.replace(NUMBER, number))
        assert not isinstance(read, Diagnostic), read


def test_every_slot_of_every_conclusion_offers_something() -> None:
    shipped = load(shipped_knowledge())
    for form in FORMS.values():
        for slot in form.slots:
            assert slot.kind in ("text", "number") or offers(shipped, slot.kind), slot


@settings(max_examples=40)
@given(data=st.data())
def test_proposed_clients_are_judged_as_the_reference_does(data: st.DataObject) -> None:
    knowledge = data.draw(strategies.knowledge_bases())
    rule = data.draw(st.sampled_from(knowledge.live_rules))
    base = replace(knowledge, rules={**knowledge.rules, rule.id: rule})
    for client in clients(knowledge, rule):
        answers = with_harmless_rest(base, client.given) if client.harmless_rest else client.given
        assert evaluate(base, answers).heads[Head(rule.id)] is client.truth


@pytest.mark.parametrize("place", range(0, 200, 40))
def test_shipped_rules_get_clients_on_each_side(shipped: KnowledgeBase, place: int) -> None:
    rule = shipped.written_rules[place]
    assert {client.truth for client in clients(shipped, rule)} == set(Truth)


def test_a_rule_is_like_itself(shipped: KnowledgeBase) -> None:
    for rule in shipped.written_rules[::20]:
        found = alike(shipped, rule)
        assert rule.id in [one.rule for one in found] or len(found) == 3, rule.id


def test_rules_of_the_catalogue_are_alike_only_where_they_conclude_the_same(
    shipped: KnowledgeBase,
) -> None:
    cell = shipped.rules["deadlift.flexion_sensitive"]
    assert not [
        one for one in alike(shipped, replace(cell, then=(Recommend("walk"),))) if "." in one.rule
    ]
    assert cell.id in [one.rule for one in alike(shipped, cell)]


def test_search_needs_every_word_and_names_come_first() -> None:
    found = search(
        "walk provokes", [Offer("run is provokes", "a walk"), Offer("walk is provokes", "")]
    )
    assert [one.written for one in found] == ["walk is provokes", "run is provokes"]


def test_words_that_are_not_all_found_show_what_comes_near(shipped: KnowledgeBase) -> None:
    found = partly("pain with overhead pressing", phrases(shipped))
    assert found[0].written == "overhead is provokes"
    assert partly("zzzz qqqq", phrases(shipped)) == []


def test_what_comes_near_can_be_chosen_by_its_number(tiny: KnowledgeBase) -> None:
    rule, author = asked(
        tiny, "Cramp", "", "some cramp yes", "1", "", "advise", "1", "", "y", *END, "t"
    )
    assert "Nothing is called so: some cramp yes. These come near:" in author.heard
    assert rule.says["when"] == "cramp is yes"


def test_an_id_is_made_of_letters() -> None:
    assert identifier("2 Ärzte: ja!", "_") == "arzte_ja"
    assert identifier("123") == ""


def test_what_is_said_reads_as_the_loader_reads_it(tiny: KnowledgeBase) -> None:
    rule = rule_of(tiny, {"id": "a", "when": "cramp is yes", "then": {"advise": "keep-moving"}})
    assert (rule.when, rule.then) == (
        rule_of(tiny, {"id": "b", "when": {"all": ["cramp is yes"]}, "then": []}).when.parts[0],  # type: ignore[union-attr]
        rule.then,
    )
