"""What was found out before is used only where nothing it rests on has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from concluded_case import as_concluded
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import answer_sheets, knowledge_bases

from screening.engines.reference import evaluate
from screening.engines.solver.meaning import Differences
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Example, Head, Rule
from screening.model.vocabularies import Level, Truth
from screening.mutation.mutant import planted
from screening.mutation.operators import mutants_of
from screening.mutation.verdicts import Fate, Judge
from screening.testing.memo import Addresses
from screening.testing.run_cases import run_cases
from screening.testing.run_examples import run_examples


@dataclass
class Book:
    """Remembers in a dictionary, and counts what was asked for and found."""

    texts: dict[str, str] = field(default_factory=dict)
    found: int = 0

    def take(self, name: str) -> str:
        self.found += name in self.texts
        return self.texts.get(name, "")

    def put(self, name: str, text: str) -> None:
        self.texts[name] = text


def judge(knowledge: KnowledgeBase, book: Book) -> Judge:
    differences = Differences(knowledge)

    def apart(old: Rule, new: Rule) -> Mapping[str, Value] | None:
        found = differences.between(old, new)
        return None if found is None else found.answers

    return Judge(knowledge, apart, book)


def fates(knowledge: KnowledgeBase, book: Book) -> dict[tuple[str, str], Fate]:
    one = judge(knowledge, book)
    return {
        (v.mutant.rule, v.mutant.name): v.fate
        for r in knowledge.live_rules
        for v in one.of_rule(r)
    }


def with_tests(knowledge: KnowledgeBase, sheets: list[dict[str, Value]]) -> KnowledgeBase:
    """Return the knowledge with examples in every rule and a case, all of which pass."""
    rules = {}
    for name, rule in knowledge.rules.items():
        examples = tuple(
            Example(f"sheet {n}", sheet, evaluate(knowledge, sheet).heads[Head(name)])
            for n, sheet in enumerate(sheets)
            if Head(name) in knowledge.heads
        )
        rules[name] = replace(rule, examples=() if rule.cell else examples)
    tested = replace(knowledge, rules=rules)
    case = as_concluded(tested, sheets[0])
    return replace(tested, cases={case.id: case})


def edits(knowledge: KnowledgeBase) -> st.SearchStrategy[KnowledgeBase]:
    """Return the knowledge with one thing changed: a rule, a question, an example or the case."""
    mutants = [m for rule in knowledge.live_rules for m in mutants_of(rule, knowledge)]
    (case,) = knowledge.cases.values()
    easier = replace(case, expect=replace(case.expect, at_least=Level.NONE, must=(), rules=()))
    question = next(iter(knowledge.questions.values()))
    other = replace(question, groups=() if question.groups else ("flexion",))
    fewer = {name: replace(r, examples=r.examples[1:]) for name, r in knowledge.rules.items()}
    return st.one_of(
        st.sampled_from(mutants).map(lambda mutant: planted(knowledge, mutant)),
        st.sampled_from(
            (
                replace(knowledge, cases={case.id: easier}),
                replace(knowledge, cases={}),
                replace(knowledge, questions={**knowledge.questions, question.id: other}),
                replace(knowledge, rules=fewer),
            )
        ),
    )


@settings(max_examples=20)
@given(data=st.data())
def test_after_any_edit_the_fates_are_those_found_without_a_memory(data: st.DataObject) -> None:
    before = data.draw(knowledge_bases(most=3))
    sheets = data.draw(st.lists(answer_sheets(before), min_size=1, max_size=2))
    before = with_tests(before, sheets)
    book = Book()
    fates(before, book)
    after = data.draw(edits(before))
    fresh = Book()
    assert fates(after, book) == fates(after, fresh)


@settings(max_examples=8)
@given(data=st.data())
def test_nothing_is_judged_twice_while_nothing_changes(data: st.DataObject) -> None:
    knowledge = data.draw(knowledge_bases(most=3))
    knowledge = with_tests(knowledge, [data.draw(answer_sheets(knowledge))])
    book = Book()
    first = fates(knowledge, book)
    texts, book.found = dict(book.texts), 0
    assert fates(knowledge, book) == first
    assert book.texts == texts
    assert book.found == 2 * len(knowledge.live_rules)


@given(knowledge_bases())
def test_words_for_people_do_not_change_an_address(knowledge: KnowledgeBase) -> None:
    said = {
        name: replace(rule, title="Other", because="Other.", say="Other.")
        for name, rule in knowledge.rules.items()
    }
    old, new = Addresses(knowledge), Addresses(replace(knowledge, rules=said))
    for name, rule in knowledge.rules.items():
        assert old.rule(rule) == new.rule(said[name])


def test_a_text_this_program_does_not_write_is_no_verdict(shipped: KnowledgeBase) -> None:
    rule = shipped.rules["likes-walking"]
    one = Judge(shipped)
    place = one.addresses.rule(rule, tuple(one.cases.sheets(rule)))
    right = [v.fate for v in one.of_rule(rule)]
    for text in ("", "{", "[1]", '[["no rule", "dead", "x", ""]]', '{"no rule": 1}', "[[]]"):
        book = Book({place: text, f"cases-{rule.id}": text})
        assert [v.fate for v in Judge(shipped, None, book).of_rule(rule)] == right


def test_examples_and_cases_that_passed_are_counted_and_not_run_again(
    shipped: KnowledgeBase,
) -> None:
    book = Book()
    only = ("likes-walking", "walking-suits")
    first = run_examples(shipped, only, book)
    assert first.run > 0
    assert not first.failed
    kept = set(book.texts)
    assert len(kept) == sum(name in shipped.rules for name in only)
    assert run_examples(shipped, only, book) == first
    assert set(book.texts) == kept
    assert run_cases(shipped, only, book).run == 0


def test_what_failed_is_run_again(shipped: KnowledgeBase) -> None:
    rule = shipped.rules["likes-walking"]
    wrong = tuple(
        replace(e, expect=Truth.FALSE if e.expect is Truth.TRUE else Truth.TRUE)
        for e in rule.examples
    )
    edited = replace(shipped, rules={**shipped.rules, rule.id: replace(rule, examples=wrong)})
    book = Book()
    failed = run_examples(edited, (rule.id,), book).failed
    assert failed
    assert run_examples(edited, (rule.id,), book).failed == failed
    assert not book.texts
