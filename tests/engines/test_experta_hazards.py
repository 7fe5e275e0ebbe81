"""Experta's known hazards (design section 5), each with the cure it must keep."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulated_clients import random_sheet
from strategies import answer_sheets, knowledge_base, knowledge_bases

from screening.compile import lower
from screening.engines._experta import Fact
from screening.engines.applicable import with_inapplicable
from screening.engines.experta import ExpertaEngine
from screening.engines.matcher import CountingMatcher
from screening.engines.reference import evaluate
from screening.model.case import AnswerFact, FindingFact, TallyFact
from screening.model.expr import All, AnyOf, AtLeast, Expr, Found, Is, Moves, Not
from screening.model.knowledge import KnowledgeBase
from screening.model.program import AnswerTest, Clause, Program, RuleAtom
from screening.model.question import MOVEMENT, YES_NO, Question
from screening.model.rule import Find, Head, Keep, Rule
from screening.model.vocabularies import Effect, Kind, Strength, Truth, Unknown

HASH_SEEDS = ("0", "1", "2", "3")
MATCHERS = pytest.mark.parametrize("rete", [False, True], ids=["counting", "stock"])


def _asking(*rules: Rule, findings: tuple[str, ...] = ()) -> KnowledgeBase:
    """Return knowledge with four yes/no questions `a`-`d` and two movements `m`, `n`."""
    asked = {n: Question(n, "t", n, n, Kind.YES_NO, "no", YES_NO) for n in "abcd"}
    for name in "mn":
        groups = ("flexion",)
        asked[name] = Question(
            name, "t", name, name, Kind.MOVEMENT, "no_effect", MOVEMENT, groups=groups
        )
    return knowledge_base(asked, findings, list(rules))


def _rule(name: str, when: Expr, *find: Find) -> Rule:
    return Rule(name, name, when, find or (Keep(),), name)


def _fresh(code: str, root: Path, seed: str = "0") -> str:
    """Return what some code prints in a process of its own."""
    env = {
        **os.environ,
        "PYTHONHASHSEED": seed,
        "PYTHONPATH": f"{root}{os.pathsep}{root / 'tests'}",
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        env=env,
        cwd=root,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_importing_the_engine_leaves_collections_as_it_was(root: Path) -> None:
    code = (
        "import collections, collections.abc; before = set(vars(collections))\n"
        "import screening.engines.experta\n"
        "print(sorted(set(vars(collections)) ^ before))"
    )
    assert _fresh(code, root).strip() == "[]"


def test_importing_the_engine_leaves_the_root_logger_as_it_was(root: Path) -> None:
    code = (
        "import logging; root = logging.getLogger(); before = (list(root.handlers), root.level)\n"
        "import screening.engines.experta\n"
        "print((list(root.handlers), root.level) == before)"
    )
    assert _fresh(code, root).strip() == "True"


def test_aliases_that_were_there_before_stay(root: Path) -> None:
    code = (
        "import collections, collections.abc; collections.Mapping = collections.abc.Mapping\n"
        "import screening.engines.experta\n"
        "print(hasattr(collections, 'Mapping'), hasattr(collections, 'Hashable'))"
    )
    assert _fresh(code, root).strip() == "True False"


def test_only_the_door_imports_experta(root: Path) -> None:
    importing = {
        path.relative_to(root).as_posix()
        for path in (root / "screening").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if _imports_experta(node)
    }
    assert importing == {"screening/engines/_experta.py"}


def _imports_experta(node: ast.AST) -> bool:
    match node:
        case ast.Import(names):
            return any(alias.name.split(".")[0] == "experta" for alias in names)
        case ast.ImportFrom(module=str(module), level=0):
            return module.split(".")[0] == "experta"
        case ast.Call(args=[ast.Constant(value=str(name)), *_]):
            return name.split(".")[0] == "experta" and " " not in name
    return False


@given(knowledge_bases())
def test_saliences_are_unique_and_fall_in_the_order_of_the_program(
    knowledge: KnowledgeBase,
) -> None:
    compiled = vars(type(ExpertaEngine(lower(knowledge)).engine))
    saliences = [compiled[name].salience for name in compiled if name.startswith("clause_")]
    assert saliences == sorted(saliences, reverse=True)
    assert len(set(saliences)) == len(saliences)


@given(knowledge_bases())
def test_no_compiled_rule_uses_not_or_or_and(knowledge: KnowledgeBase) -> None:
    for rule in ExpertaEngine(lower(knowledge)).engine.get_rules():
        assert all(isinstance(pattern, Fact) for pattern in rule)


@MATCHERS
@pytest.mark.parametrize(
    "name", ["run", "facts", "reset", "declare", "agenda", "matcher", "record"]
)
def test_rule_may_be_named_like_a_part_of_the_engine(name: str, *, rete: bool) -> None:
    knowledge = _asking(_rule(name, Is("a", "yes")), _rule("other", Not(Is("a", "yes"))))
    engine = ExpertaEngine(lower(knowledge), rete=rete)
    assert engine.conclude({"a": "yes"}).heads == {
        Head(name): Truth.TRUE,
        Head("other"): Truth.FALSE,
    }


@MATCHERS
def test_equal_rules_on_one_fact_each_see_their_negation_refuted(*, rete: bool) -> None:
    """Stock Experta keeps some of five equal activations whose NOT has become false."""
    find = Find("f", Strength.CONFIRMED)
    rules = [_rule("0-finds", Is("a", "yes"), find)]
    rules += [
        _rule(f"{i}-unless", All((Is("a", "yes"), Not(Found("f", Strength.SUSPECTED)))))
        for i in range(1, 8)
    ]
    knowledge = _asking(*rules, findings=("f",))
    outcome = ExpertaEngine(lower(knowledge), rete=rete).conclude({"a": "yes"})
    assert [outcome.heads[Head(rule.id)] for rule in rules] == [Truth.TRUE] + [Truth.FALSE] * 7


@MATCHERS
def test_negation_does_not_match_what_was_never_asked(*, rete: bool) -> None:
    knowledge = _asking(_rule("r", Not(Is("a", "yes"))))
    engine = ExpertaEngine(lower(knowledge), rete=rete)
    assert engine.conclude({}).heads[Head("r")] is Truth.UNDECIDED


@MATCHERS
def test_a_rule_that_holds_for_many_reasons_fires_once(*, rete: bool) -> None:
    when = AnyOf((Is("a", "yes"), Is("b", "yes"), AtLeast(1, (Is("c", "yes"), Is("d", "yes")))))
    engine = ExpertaEngine(lower(_asking(_rule("r", when))), rete=rete)
    outcome = engine.conclude(dict.fromkeys("abcd", "yes"))
    assert [firing.head for firing in outcome.firings] == [Head("r")]


@MATCHERS
def test_an_answer_without_a_value_meets_every_kind_of_test(*, rete: bool) -> None:
    knowledge = _asking(
        _rule("counted", Moves("flexion", Effect.PROVOKE, 1)), _rule("named", Is("m", "provokes"))
    )
    answers = {"m": Unknown.DONT_KNOW, "n": Unknown.NOT_APPLICABLE, "a": Unknown.DECLINED}
    outcome = ExpertaEngine(lower(knowledge), rete=rete).conclude(answers)
    assert set(outcome.heads.values()) == {Truth.UNDECIDED}


class _Unhashable(str):  # noqa: SLOT000 - it changes its mind
    """A rule id that compiles, and then cannot be recorded."""

    from_now_on = False

    def __hash__(self) -> int:
        if self.from_now_on:
            raise TypeError("unhashable")
        return super().__hash__()


@MATCHERS
def test_engine_works_again_after_an_exception_in_a_right_hand_side(*, rete: bool) -> None:
    knowledge = _asking(_rule("r", Is("a", "yes")))
    program = lower(knowledge)
    name = _Unhashable("x")
    fails = Clause(RuleAtom(Head(name), truth=True), (AnswerTest("b", frozenset({"yes"})),), 1)
    engine = ExpertaEngine(replace(program, clauses=(*program.clauses, fails)), rete=rete)
    name.from_now_on = True
    with pytest.raises(TypeError, match="unhashable"):
        engine.conclude({"a": "yes", "b": "yes"})
    assert engine.conclude({}).heads == {Head("r"): Truth.UNDECIDED}
    assert engine.conclude({"a": "no"}).heads == {Head("r"): Truth.FALSE}
    assert engine.conclude({"a": "yes"}).heads == {Head("r"): Truth.TRUE}


@MATCHERS
@given(data=st.data())
def test_nothing_is_kept_from_one_client_to_the_next(data: st.DataObject, *, rete: bool) -> None:
    knowledge = data.draw(knowledge_bases())
    program = lower(knowledge)
    used = ExpertaEngine(program, rete=rete)
    for _ in range(3):
        answers = with_inapplicable(knowledge, data.draw(answer_sheets(knowledge)))
        assert used.conclude(answers) == ExpertaEngine(program, rete=rete).conclude(answers)


@MATCHERS
def test_two_engines_side_by_side_do_not_mix(*, rete: bool) -> None:
    one = ExpertaEngine(lower(_asking(_rule("r", Is("a", "yes")))), rete=rete)
    other = ExpertaEngine(lower(_asking(_rule("r", Is("a", "no")))), rete=rete)
    for _ in range(2):
        assert one.conclude({"a": "yes"}).heads == {Head("r"): Truth.TRUE}
        assert other.conclude({"a": "yes"}).heads == {Head("r"): Truth.FALSE}


def test_threads_that_share_an_engine_do_not_mix(shipped: KnowledgeBase) -> None:
    engine = ExpertaEngine(lower(shipped))
    sheets = [with_inapplicable(shipped, random_sheet(shipped, seed)) for seed in range(6)]
    alone = [engine.conclude(sheet) for sheet in sheets]
    with ThreadPoolExecutor(3) as threads:
        assert list(threads.map(engine.conclude, sheets * 2)) == alone * 2


def test_order_of_firing_is_the_same_under_every_hash_seed(root: Path) -> None:
    code = (
        "import json\n"
        "from screening.engines.applicable import with_harmless_rest\n"
        "from screening.engines.applicable import with_inapplicable\n"
        "from screening.engines.experta import ExpertaEngine\n"
        "from screening.load import load, shipped_knowledge\n"
        "from screening.compile import lower\n"
        "kb = load(shipped_knowledge())\n"
        "given = dict.fromkeys(['bend_forward', 'sitting_slouched'], 'provokes')\n"
        "answers = with_inapplicable(kb, with_harmless_rest(kb, given))\n"
        "engine = ExpertaEngine(lower(kb))\n"
        "outcome = engine.conclude(answers)\n"
        "order = [repr(atom) for atom in engine.engine.record.concluded]\n"
        "print(json.dumps([order, [repr(firing) for firing in outcome.firings]]))"
    )
    said = {_fresh(code, root, seed) for seed in HASH_SEEDS}
    assert len(said) == 1
    order, firings = json.loads(said.pop())
    assert len(order) > 100
    assert len(firings) > 10


@given(data=st.data())
def test_counting_matcher_and_stock_matcher_fire_on_the_same_facts(data: st.DataObject) -> None:
    knowledge = data.draw(knowledge_bases())
    program = lower(knowledge)
    answers = with_inapplicable(knowledge, data.draw(answer_sheets(knowledge)))
    ours, stock = ExpertaEngine(program), ExpertaEngine(program, rete=True)
    assert ours.conclude(answers) == stock.conclude(answers)


@given(data=st.data())
def test_facts_a_rule_fired_on_are_enough_to_fire_it(data: st.DataObject) -> None:
    """What the audit shows is a reason: these answers and findings alone give the same truth."""
    knowledge = data.draw(knowledge_bases())
    answers = with_inapplicable(knowledge, data.draw(answer_sheets(knowledge)))
    outcome = ExpertaEngine(lower(knowledge)).conclude(answers)
    for firing in outcome.firings:
        needed = {f.question for f in firing.facts if isinstance(f, AnswerFact)}
        for fact in firing.facts:
            match fact:
                case AnswerFact(question, value):
                    assert answers[question] == value
                case FindingFact(finding, strength, truth):
                    assert outcome.findings[finding, strength] is truth
                    needed |= set(answers)
                case TallyFact(group):
                    needed |= set(knowledge.members[group])
        alone = {name: value for name, value in answers.items() if name in needed}
        again = ExpertaEngine(lower(knowledge)).conclude(alone)
        assert again.heads[firing.head] is Truth.TRUE


def test_every_true_reading_has_a_firing_and_nothing_else_has(shipped: KnowledgeBase) -> None:
    answers = with_inapplicable(shipped, {"saddle": "new_or_worse", "bladder": Unknown.DONT_KNOW})
    outcome = ExpertaEngine(lower(shipped)).conclude(answers)
    true = [head for head, truth in outcome.heads.items() if truth is Truth.TRUE]
    assert [firing.head for firing in outcome.firings] == true
    assert evaluate(shipped, answers).firings == ()


def test_matcher_refuses_to_retract() -> None:
    engine = ExpertaEngine(lower(_asking(_rule("r", Is("a", "yes"))))).engine
    engine.reset()
    with pytest.raises(ValueError, match="retracts nothing"):
        engine.matcher.changes(deleting=list(engine.facts.values()))


def test_matcher_is_the_one_the_engine_runs_with() -> None:
    engine = ExpertaEngine(Program((), (), (), (), (), frozenset())).engine
    assert isinstance(engine.matcher, CountingMatcher)
