"""Examples that are missing: clients at a rule's boundaries, and what an author says of them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from screening.app.hang_ups import HangUpError, hang_ups
from screening.app.knowledge import open_checked_knowledge
from screening.app.ports import LineTalk, Tell
from screening.app.rule_tests import told_apart
from screening.diagnostics import quoted, suggestion
from screening.errors import UnknownTargetError
from screening.load.source import FORBIDDEN
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Example
from screening.model.vocabularies import Truth
from screening.mutation.boundary_search import Boundary
from screening.mutation.verdicts import Fate, Judge, MutantVerdict, missing
from screening.render.example_name import suggested
from screening.render.knowledge_test_report import client_words, killer_words
from screening.scaffold.add_example import as_example, with_example
from screening.scaffold.prompts import ODD
from screening.write.disk import put, read_text, writable

NOTHING = "Every small mistake in `{rule}` is noticed by its examples and cases."
ASK = "Should it fire? y yes · n no · u not decided yet · s skip · b back · q quit > "
TODAY = {Truth.TRUE: "fires", Truth.FALSE: "stays silent", Truth.UNDECIDED: "is undecided"}
EXPECT = {"y": Truth.TRUE, "n": Truth.FALSE, "u": Truth.UNDECIDED}


@dataclass(frozen=True)
class Untested:
    """What no example of a rule tests: clients to ask an author about, and what is said first."""

    knowledge: KnowledgeBase
    rule: str
    clients: tuple[Boundary, ...]
    said: tuple[str, ...]

    @property
    def described(self) -> tuple[str, ...]:
        """Each client in words."""
        return tuple(f"- {client_words(self.knowledge, client)}" for client in self.clients)

    def written(self, examples: tuple[Example, ...]) -> str:
        """Write examples into the rule's file; return what to say of it."""
        path = Path(self.knowledge.rules[self.rule].at.path)
        text = read_text(path)
        for example in examples:
            text = with_example(text, str(path), example, self.knowledge.questions)
        if examples:
            put(path, text)
        return f"{len(examples)} written to {path}"


def untested(directory: Path | None, rule: str, tell: Tell) -> Untested:
    """Return the clients at the boundaries of a rule that nothing tests yet.

    Raises:
        BadInputError: when the knowledge cannot be used.
        UnknownTargetError: when there is no such rule with examples.

    """
    base = open_checked_knowledge(directory, library=True)
    names = tuple(one.id for one in base.written_rules)
    if rule not in names:
        help_ = "the rules of the catalogue are tested by cases" if rule in base.rules else ""
        message = f"no rule {quoted(rule)} with examples; {help_ or suggestion(rule, names)}"
        raise UnknownTargetError(message)
    verdicts = Judge(base, told_apart(base, tell)).of_rule(base.rules[rule])
    alive = tuple(verdict for verdict in verdicts if verdict.fate is Fate.SURVIVED)
    return Untested(base, rule, missing(alive), _said(base, rule, alive))


def _said(base: KnowledgeBase, rule: str, alive: tuple[MutantVerdict, ...]) -> tuple[str, ...]:
    """Return which mistakes no example can notice, and what case would; or that none is left."""
    if not alive:
        return (NOTHING.format(rule=rule),)
    return tuple(
        f"No example notices {verdict.mutant.name}. {killer_words(base, verdict)}"
        for verdict in alive
        if verdict.client is None
    )


class Instead(Enum):
    """What to do instead of answering."""

    SKIP = "s"
    BACK = "b"
    QUIT = "q"


def asked(untested: Untested, directory: Path | None, talk: LineTalk) -> str:
    """Ask an author about every client, and write the examples; return what to say of it."""
    asking = Examining.begun(untested, directory, talk)
    with suppress(EOFError, KeyboardInterrupt, HangUpError), hang_ups():
        asking.run()
    return untested.written(asking.examples)


@dataclass
class Examining:
    """Asks an author, client by client, whether a rule should fire; what was said is kept."""

    untested: Untested
    talk: LineTalk
    _said: list[Example | None] = field(default_factory=list)

    @staticmethod
    def begun(untested: Untested, directory: Path | None, talk: LineTalk) -> Examining:
        """Return it, before anything is asked."""
        writable(directory)
        return Examining(untested, talk)

    @property
    def examples(self) -> tuple[Example, ...]:
        """The examples so far; a client may be skipped."""
        return tuple(one for one in self._said if one is not None)

    def run(self) -> None:
        """Ask about every client, until the author has had enough."""
        clients = self.untested.clients
        while len(self._said) < len(clients):
            client = clients[len(self._said)]
            self._show(client, f"{len(self._said) + 1} of {len(clients)}")
            match self._hear():
                case Instead.QUIT:
                    return
                case Instead.BACK:
                    self._said[-1:] = []
                case Instead.SKIP:
                    self._said.append(None)
                case Truth() as expect:
                    self._said.append(self._named(client, expect))

    def _show(self, client: Boundary, place: str) -> None:
        self.talk.say()
        self.talk.say(f"Client {place}", bold=True)
        for name, value in client.example.given.items():
            question = self.untested.knowledge.questions[name]
            self.talk.say(f"{question.ask} {question.said(value)}", indent="  ", hang=2)
        rest = "answered harmlessly" if client.example.harmless_rest else "not asked yet"
        self.talk.say(f"Everything else is {rest}.", indent="  ", hang=2)

    def _hear(self) -> Truth | Instead:
        while True:
            word = self.talk.line(ASK).strip().lower()[:1]
            if word in EXPECT:
                return EXPECT[word]
            if word in {turn.value for turn in Instead}:
                return Instead(word)
            self.talk.say("Answer with y, n, u, s, b or q.")

    def _named(self, client: Boundary, expect: Truth) -> Example:
        """Return the example, under a name the author gives or takes over."""
        if expect is not client.example.expect:
            self.talk.say(
                f"Today the rule {TODAY[client.example.expect]}. The example is written all the "
                "same; `knowledge test` fails until the rule does what you expect."
            )
        elif client.example.refers is not None:
            word = client.example.refers.word
            self.talk.say(f"It refers {word} today; the example says so too.")
        name = suggested(self.untested.knowledge, client)
        while FORBIDDEN.search(given := self.talk.line(f"Name (Enter: {name}) > ").strip()):
            self.talk.say(ODD)
        return as_example(client, given or name, expect)
