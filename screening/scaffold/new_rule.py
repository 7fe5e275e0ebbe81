"""Interviews an author for a rule: what it notices, what follows, who stands behind it."""

from __future__ import annotations

import datetime
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, field

from screening.check.overruled import never_counts, overruling
from screening.model.conclusion_forms import Form
from screening.model.expr import Moves, leaves, named_questions
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Reading
from screening.model.vocabularies import Level, Truth
from screening.scaffold import keeping
from screening.scaffold.conclusion_forms import conclusions, fill
from screening.scaffold.conditions import ConditionTalk
from screening.scaffold.entry_forms import EVIDENCE_ASKED
from screening.scaffold.example_clients import Client, clients
from screening.scaffold.parse_draft import rule_of, rule_text
from screening.scaffold.phrases import Offer
from screening.scaffold.prompts import Author, read, sentence, yes
from screening.scaffold.similar_rules import alike
from screening.schema.keys import ID
from screening.testing.run_examples import SAID
from screening.write import Plain

DOES = {Truth.TRUE: "fires", Truth.FALSE: "stays silent", Truth.UNDECIDED: "stays open"}
FIRST_TOPIC = "rules"  # the folder of the first rule of a knowledge base
LONGEST = 8  # words of an id
A_YEAR = datetime.timedelta(days=365)  # until a new rule must be looked at again
GROUPING = "(`(` begins a group of conditions; `not` turns round what comes after it.)"
NOTICED = "What does it notice? "
POLICIES = (
    Offer("met", "it counts as a yes to this rule"),
    Offer("not_met", "it counts as a no to this rule"),
    Offer("undecided", "the rule stays open"),
)
SHOULD = {"y": "fires", "yes": "fires", "n": "silent", "no": "silent", "o": "undecided"}


@dataclass
class NewRule:
    """A rule as it takes shape: its id, topic and what its file will say."""

    id: str = ""
    topic: str = ""
    says: dict[str, Plain] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The canonical text of its file."""
        return rule_text(self.says)


@dataclass(frozen=True)
class Start:
    """What an interview begins with: phrases to choose from first, and a conclusion."""

    noticed: tuple[Offer, ...] = ()
    then: dict[str, Plain] = field(default_factory=dict)


class StoppedError(Exception):
    """The author decided that the rule is not needed."""


def ask_rule(
    author: Author, knowledge: KnowledgeBase, today: datetime.date, start: Start | None = None
) -> NewRule:
    """Return the rule an author describes.

    Raises:
        StoppedError: when a rule that is alike will do.

    """
    return RuleInterview(author, knowledge, today, start or Start()).run()


@dataclass
class RuleInterview:
    """Asks for the parts of a rule, one after the other, and keeps what is said."""

    author: Author
    knowledge: KnowledgeBase
    today: datetime.date
    start: Start
    rule: NewRule = field(default_factory=NewRule)

    def run(self) -> NewRule:
        """Return the rule, once all of it is said."""
        says = self.rule.says
        self._name()
        says["when"] = self._when()
        says["then"] = self._then()
        self._not_needed()
        self.unknown()
        says["because"] = sentence(self.author, "Because (one sentence): ")
        says["say"] = sentence(self.author, "Tell the client (may stay empty): ", optional=True)
        if not says["say"]:
            del says["say"]
        says["evidence"] = self._evidence()
        says["review"] = {"due": self._due()}
        says["examples"] = self._examples()
        self.rule.topic = self._topic()
        return self.rule

    def _name(self) -> None:
        """Ask for the title and make a new id of it."""
        title = sentence(self.author, "The rule in one line: ")
        usual = identifier(title)
        while True:
            prompt = f"A name for its file (empty: {usual}): "
            name = identifier(sentence(self.author, prompt, optional=bool(usual))) or usual
            if name and name not in self.knowledge.rules:
                break
            why = f"the rule `{name}` exists" if name else "letters are needed"
            self.author.say(f"Another name, please: {why}.")
        self.rule.id = name
        self.rule.says |= {"id": name, "title": title, "status": "draft"}

    def _when(self) -> Plain:
        """Ask what the rule notices, phrase by phrase."""
        if self.start.noticed:
            self.author.say("What tells this client apart:")
            self.author.show(self.start.noticed)
        self.author.say(GROUPING)
        talk = ConditionTalk(self.author, self.knowledge, self.start.noticed)
        return talk.ask(NOTICED) or ""

    def _then(self) -> Plain:
        """Ask what follows, one conclusion after the other."""
        begun: list[Plain] = [dict(self.start.then)] if self.start.then else []
        return conclusions(self.author, self.knowledge, begun) or []

    def _not_needed(self) -> None:
        """Show rules that overrule it or are alike, and ask whether it is needed."""
        rule = rule_of(self.knowledge, self.rule.says)
        beaten = overruling(self.knowledge, rule)
        if beaten:
            self.author.say(f"{never_counts(rule.id, beaten)}.")
            if not yes(self.author, "Go on all the same?"):
                raise StoppedError(f"see `{beaten[0].winner}`")
        found = alike(self.knowledge, rule)
        if found:
            self.author.say("There are rules like it:")
            self.author.show([Offer(one.rule, f"{one.title} ({one.shares})") for one in found])
            if not yes(self.author, "Go on with a new one?"):
                raise StoppedError(f"see `{found[0].rule}`")

    def unknown(self, now: str = "") -> None:
        """Ask what an unknown answer means, where the rule asks about safety."""
        rule = rule_of(self.knowledge, self.rule.says)
        asked = [self.knowledge.questions[name] for name in named_questions(rule.when)]
        safety = [question.short for question in asked if question.safety > Level.NONE]
        if not safety:
            return
        refers = rule.level(Reading.CERTAIN)
        ways: tuple[Offer, ...] = POLICIES[:-1] if refers >= Level.SAME_DAY else POLICIES
        levels = [level for level in Level if level > Level.NONE and refers > Level.NONE]
        extra = [
            Offer(level.word, f"refer at this level instead: {level.word}") for level in levels
        ]
        if any(isinstance(leaf, Moves) for leaf in leaves(rule.when)):
            ways, extra = POLICIES[-1:], []
        self.author.say(f"About safety: {'; '.join(safety)}. When the answer is not known:")
        legal = (*ways, *extra)
        held = now if any(one.written == now for one in legal) else ""
        said = keeping.one_of(self.author, "What does it mean to this rule? ", legal, held)
        self.rule.says["unknown"] = {"treat_as": said}

    def _evidence(self) -> Plain:
        """Ask for at least one source with its grade."""
        found: list[Plain] = []
        while not found or yes(self.author, "Another source?"):
            found.append(fill(self.author, self.knowledge, Form("", EVIDENCE_ASKED)))
        return found

    def _due(self) -> str:
        """Ask when somebody must look at the rule again."""
        while True:
            said = self.author.line("To be looked at again by (YYYY-MM-DD; empty: in a year): ")
            with suppress(ValueError):
                due = datetime.date.fromisoformat(said) if said else self.today + A_YEAR
                if due > self.today:
                    self.author.settled(said)
                    return due.isoformat()
            self.author.say("A day to come is needed, such as 2027-11-01.")

    def _examples(self) -> Plain:
        """Show clients on each side, ask what the rule should make of them, keep the answers."""
        rule = rule_of(self.knowledge, self.rule.says)
        self.author.say("Now clients made up for it. Should it fire: y yes, n no, o open?")
        return [self.example(client) for client in clients(self.knowledge, rule)]

    def example(self, client: Client) -> Plain:
        """Return a client as an example, with what the author wants of the rule."""
        who = told(self.knowledge, client)
        said = expected(self.author, who)
        if said != SAID[client.truth]:
            does = DOES[client.truth]
            self.author.say(f"As written, the rule {does} here, so this example fails for now.")
        questions = self.knowledge.questions
        given: dict[str, Plain] = {
            name: str(questions[name].written(value)) for name, value in client.given.items()
        }
        rest: dict[str, Plain] = {"rest": "harmless"} if client.harmless_rest else {}
        return {"name": who, "given": given, **rest, "expect": said}

    def _topic(self) -> str:
        """Ask for the folder of the rule."""
        topics: dict[str, int] = {}
        for rule in self.knowledge.written_rules:
            topics[rule.topic] = topics.get(rule.topic, 0) + 1
        folders = [
            Offer(name, f"{count} rule{'s' * (count != 1)}")
            for name, count in sorted(topics.items())
        ]
        if not folders:
            return FIRST_TOPIC
        self.author.show(folders)
        while True:
            folder = read(self.author, "Kept with which rules? ", folders, _folder, shown=folders)
            if folder in topics or yes(self.author, f"A new folder `{folder}`?"):
                return folder


def expected(author: Author, who: str, now: Truth | None = None) -> str:
    """Return what a rule should make of a client; what is expected now is kept on Enter."""
    if now is not None:
        author.say(f"As it is written now, this example fails. It expects: {SAID[now]}.")
    while True:
        said = author.line(f"{who}. Fires? (y/n/o) ").lower()
        if said in SHOULD or (not said and now is not None):
            author.settled(said)
            return SHOULD[said] if said else SAID[now or Truth.TRUE]
        author.say("y, n or o, please: whether the rule should fire for this client.")


def _folder(text: str) -> str | None:
    return text if ID.shape.fullmatch(text) else None


def identifier(title: str, joint: str = "-") -> str:
    """Return an id made of the words of a title.

    >>> identifier("Reaching overhead: brings it on!")
    'reaching-overhead-brings-it-on'
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    while words and not words[0][0].isalpha():
        words.pop(0)
    return joint.join(words[:LONGEST])


def told(knowledge: KnowledgeBase, client: Client) -> str:
    """Return a client in the words of the questions."""
    questions = knowledge.questions
    said = "; ".join(
        f"{questions[q].short} ({questions[q].said(v)})" for q, v in client.given.items()
    )
    if not said:
        return "Nothing of it asked yet"
    rest = ", all else harmless" if client.harmless_rest else ""
    more = ", the rest not asked yet" if client.truth is Truth.UNDECIDED else ""
    return said[0].upper() + said[1:] + (rest or more)
