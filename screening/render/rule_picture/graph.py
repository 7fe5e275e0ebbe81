"""From the name of something to the rules that lead there, as boxes and arrows.

Answers lead to rules, rules to findings, these to further rules, and they to what is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum

from screening.diagnostics import nearest, quoted
from screening.errors import UnknownTargetError
from screening.explain.words import Phrases, led
from screening.model.conclusions import Thing, concludes, target_of
from screening.model.expr import (
    All,
    AnyOf,
    AtLeast,
    Compare,
    Expr,
    Found,
    Is,
    IsUnknown,
    Moves,
    Not,
    Reaches,
)
from screening.model.ids import Sort
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Conclusion, Find, Refer, Rule
from screening.model.vocabularies import Level


class BoxKind(Enum):
    """What a box stands for."""

    ANSWER = "answer"
    GATE = "gate"
    FINDING = "finding"
    RULE = "rule"
    END = "end"


@dataclass(frozen=True, slots=True)
class RuleBox:
    """A box: what it says, and what it is about, to link to."""

    kind: BoxKind
    text: str
    under: tuple[str, ...] = ()
    about: Thing | None = None


@dataclass
class RuleGraph:
    """What leads to something: boxes by key, arrows between them, and the rules among them."""

    title: str
    boxes: dict[str, RuleBox] = field(default_factory=dict)
    arrows: dict[tuple[str, str], None] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)


def leading_to(knowledge: KnowledgeBase, name: str, *, deep: bool = True) -> RuleGraph:
    """Return what leads to a finding, level, category or anything else rules conclude; or a rule.

    Where it is not `deep`, findings that rules rest on stand for what makes them.

    Raises:
        UnknownTargetError: when no rule concludes anything of that name.

    """
    rule = knowledge.rules.get(name)
    if rule is not None and not rule.cell:
        return _of_rule(knowledge, rule, deep=deep)
    rules = {one.id: _said(knowledge, one, name) for one in knowledge.written_rules}
    made = {rule_id: said for rule_id, said in rules.items() if said}
    if not made:
        raise UnknownTargetError(_unknown(knowledge, name))
    graph = RuleGraph(_title(knowledge, name))
    builder = _Builder(knowledge, graph, deep)
    graph.boxes["end"] = RuleBox(BoxKind.END, graph.title)
    for rule_id, said in made.items():
        builder.rule(knowledge.rules[rule_id], said)
        graph.arrows[f"rule {rule_id}", "end"] = None
    return graph


def targets(knowledge: KnowledgeBase) -> tuple[str, ...]:
    """Return what rules lead to: levels, the highest first, then findings, categories and more."""
    kinds = (knowledge.findings, knowledge.categories, knowledge.stages, knowledge.clearances)
    named = [
        *(level.word for level in reversed(Level)),
        *(name for kind in kinds for name in kind),
    ]
    return tuple(n for n in named if any(_said(knowledge, r, n) for r in knowledge.written_rules))


def _of_rule(knowledge: KnowledgeBase, rule: Rule, *, deep: bool) -> RuleGraph:
    """Return one rule with what leads to it, and a box for each thing it concludes."""
    graph = RuleGraph(rule.title)
    _Builder(knowledge, graph, deep).rule(rule, "")
    for number, conclusion in enumerate(rule.then, 1):
        end = f"end {number}"
        graph.boxes[end] = RuleBox(BoxKind.END, concludes(knowledge, conclusion))
        graph.arrows[f"rule {rule.id}", end] = None
    if rule.unknown is not None and rule.unknown.level > Level.NONE:
        words = f"where it is not known: refer, {rule.unknown.level.word}"
        graph.boxes["end unknown"] = RuleBox(BoxKind.END, words)
        graph.arrows[f"rule {rule.id}", "end unknown"] = None
    return graph


def _said(knowledge: KnowledgeBase, rule: Rule, name: str) -> str:
    """Return what a rule says of something; nothing where it says nothing of it."""
    said = [_brief(knowledge, c) for c in rule.then if target_of(c) == name]
    if rule.unknown is not None and rule.unknown.level.word == name != Level.NONE.word:
        said.append("where it is not known")
    return "; ".join(dict.fromkeys(said))


def _brief(knowledge: KnowledgeBase, conclusion: Conclusion) -> str:
    """Return a conclusion in few words; of a referral to whom, without what to say there."""
    if isinstance(conclusion, Find):
        return conclusion.strength.word
    if isinstance(conclusion, Refer):
        return f"to {knowledge.targets[conclusion.to].title}"
    return concludes(knowledge, conclusion)


def _title(knowledge: KnowledgeBase, name: str) -> str:
    """Return what something is called."""
    levels = {level.word: one.title for level, one in knowledge.levels.items()}
    named = (knowledge.findings, knowledge.categories, knowledge.stages, knowledge.clearances)
    titles = {key: one.title for kind in named for key, one in kind.items()}
    more = {key: one.title for key, one in knowledge.limits.items()}
    exercises = {key: one.name for key, one in knowledge.exercises.items()}
    advice = {key: one.text for key, one in knowledge.advice.items()}
    return {**exercises, **advice, **more, **titles, **levels}.get(name, name)


def _unknown(knowledge: KnowledgeBase, name: str) -> str:
    said = (target_of(c) for rule in knowledge.written_rules for c in rule.then)
    near = nearest(name, [*targets(knowledge), *said, *(r.id for r in knowledge.written_rules)])
    help_ = f"did you mean `{near}`?" if near else "a finding, a level, a category or a rule"
    return f"no rule leads to {quoted(name)}\n  help: {help_}"


@dataclass
class _Builder:
    """Adds rules to a graph, each with all that leads to it; what several need stands once.

    `opened` are the rules and findings being added: an arrow from one of them would be a circle,
    which no knowledge may have that is used, and is said in its place.
    """

    knowledge: KnowledgeBase
    graph: RuleGraph
    deep: bool
    opened: set[str] = field(default_factory=set)

    def rule(self, rule: Rule, said: str) -> None:
        """Add a rule, unless it is there, with its condition and what lies beneath."""
        key = f"rule {rule.id}"
        if rule.id in self.graph.rules:
            return
        self.graph.rules[rule.id] = rule
        lead, parts = self._parts(rule.when, positive=True)
        under = tuple(filter(None, (f"if {lead}:" if lead else "", said and f"→ {said}")))
        self.graph.boxes[key] = RuleBox(BoxKind.RULE, rule.title, under, (Sort.RULE, rule.id))
        self.opened.add(key)
        for number, (part, positive) in enumerate(parts, 1):
            self._into(part, key, f"{key}/{number}", positive=positive)
        self.opened.discard(key)

    def _parts(self, expr: Expr, *, positive: bool) -> tuple[str, list[tuple[Expr, bool]]]:
        """Return the words before the parts of a condition, and each with its sign."""
        match expr:
            case Not(part):
                return self._parts(part, positive=not positive)
            case All() | AnyOf() | AtLeast():
                lead, parts, sign = led(expr, positive=positive)
                if len(parts) == 1 and not lead.startswith(("not", "none", "fewer")):
                    return self._parts(parts[0], positive=sign)
                return lead, [(part, sign) for part in parts]
            case Is() | Compare() | IsUnknown() | Found() | Moves() | Reaches():
                return "", [(expr, positive)]

    def _into(self, expr: Expr, end: str, key: str, *, positive: bool) -> None:
        """Add a condition and the arrow from it; several answers that are joined are one box."""
        lead, parts = self._parts(expr, positive=positive)
        if isinstance(parts[0][0], Found) and not lead:
            self._finding(parts[0][0], end, key, positive=parts[0][1])
            return
        self.graph.arrows[key, end] = None
        said = [self._answer(part, positive=sign) for part, sign in parts]
        if all(said):
            text = f"{lead}:" if lead else said[0]
            lines = tuple(f"• {one}" for one in said) if lead else ()
            about = _asked(parts[0][0]) if len(parts) == 1 else None
            self.graph.boxes[key] = RuleBox(BoxKind.ANSWER, text, lines, about)
            return
        self.graph.boxes[key] = RuleBox(BoxKind.GATE, lead)
        for number, (part, sign) in enumerate(parts, 1):
            self._into(part, key, f"{key}/{number}", positive=sign)

    def _answer(self, expr: Expr, *, positive: bool) -> str:
        """Return an answer in words; nothing for what has parts or rests on rules."""
        lead, parts = self._parts(expr, positive=positive)
        leaf, sign = parts[0]
        if lead or isinstance(leaf, Found | Not | All | AnyOf | AtLeast):
            return ""
        return Phrases(self.knowledge).leaf(leaf, positive=sign)

    def _finding(self, leaf: Found, end: str, key: str, *, positive: bool) -> None:
        """Add a finding, with the rules that make it."""
        box = f"finding {leaf.finding} {leaf.strength.word}"
        if not positive:
            self.graph.boxes[key] = RuleBox(BoxKind.GATE, "not")
            self.graph.arrows[key, end] = None
            end = key
        if box in self.opened:
            self._circle(box)
            return
        self.graph.arrows[box, end] = None
        if box in self.graph.boxes:
            return
        text = Phrases(self.knowledge).finding(leaf.finding, leaf.strength)
        about = (Sort.FINDING, leaf.finding)
        self.graph.boxes[box] = RuleBox(BoxKind.FINDING, text, about=about)
        self.opened.add(box)
        makers = self.knowledge.finders[leaf.finding, leaf.strength] if self.deep else ()
        for name in makers:
            if f"rule {name}" in self.opened:
                self._circle(box)
            else:
                self.rule(self.knowledge.rules[name], "")
                self.graph.arrows[f"rule {name}", box] = None
        self.opened.discard(box)

    def _circle(self, box: str) -> None:
        """Say of a finding that it rests on itself."""
        self.graph.boxes[box] = replace(self.graph.boxes[box], under=("rests on itself",))


def _asked(leaf: Expr) -> Thing | None:
    """Return the question a single condition asks."""
    match leaf:
        case Is(name) | Compare(name) | IsUnknown(name):
            return Sort.QUESTION, name
        case _:
            return None
