"""Writing a rule, a question, a case and more by being asked: asks, writes and checks."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from screening.app.conclude import Sources, case_in
from screening.app.drafting import AuthorTalk, BackError, Draft, Drafting, drafting
from screening.app.knowledge import checked
from screening.app.knowledge_files import has_schema, header, put_schema
from screening.app.pack_effects import concluded_otherwise, told
from screening.app.ports import Tell
from screening.app.printout import Printout
from screening.assess import Assessor
from screening.check import check
from screening.diagnostics import Diagnostic, Severity, word
from screening.errors import MisuseError
from screening.load import load, load_intake
from screening.load.cases import read_claim
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.render.case_page import case_page
from screening.render.knowledge_page import show_page
from screening.render.page import Page, Paragraph, clean
from screening.scaffold.from_disagreement import disagreement
from screening.scaffold.new_case import ask_case, case_text
from screening.scaffold.new_entry import ask_exercise, ask_question, ask_source
from screening.scaffold.new_kinds import ask_advice, ask_category, ask_finding, ask_flag
from screening.scaffold.new_rule import Start, StoppedError, ask_rule
from screening.scaffold.new_score import ask_score
from screening.testing.run_cases import as_case, try_case
from screening.testing.run_examples import run_examples
from screening.write import Plain, form_of, with_entry, with_key
from screening.write.disk import put, read_text, writable
from screening.write.whole_pack import undone

ENTRIES = {
    "question": ask_question,
    "exercise": ask_exercise,
    "source": ask_source,
    "category": ask_category,
    "finding": ask_finding,
    "advice": ask_advice,
    "flag": ask_flag,
    "score": ask_score,
}
EMPTY = {
    "flag": "flags: []\ninvariants: []\n",
    "question": "topic: questions\ntitle: Questions\n",
    "exercise": "exercises: []\n",
    "source": "sources: []\n",
    "category": "categories: []\n",
    "finding": "findings: []\n",
    "advice": "advice: []\n",
    "score": "scores: []\n",
}
UNSHOWN = ("flag", "advice", "score")  # no page of their own
DRAFTS = ".drafts"  # hidden, so the loader passes it by


@dataclass(frozen=True, slots=True)
class EntryWanted:
    """What is to be written, from which screening that should have come to what, if any."""

    kind: str
    screened: str | None
    expect: str | None
    resume: bool
    author: str = ""
    then: Mapping[str, Plain] = field(default_factory=dict)  # what a rule is to conclude


def wanted(
    kind: str, screened: str | None, expect: str | None, *, resume: bool, author: str = ""
) -> EntryWanted:
    """Return what is to be written.

    Raises:
        MisuseError: when a screening and what it should have come to are not both named, or a
            case has no screening to begin with.

    """
    if kind == "case":
        if screened is None or expect is not None:
            raise MisuseError(
                "a case begins `--from` an intake or a case; it is asked what to expect"
            )
        return EntryWanted(kind, screened, None, resume)
    both = bool(screened and expect) and kind == "rule"
    if not both and (screened, expect) != (None, None):
        raise MisuseError("`--from` and `--expect` go together, and are for rules")
    return EntryWanted(kind, screened, expect, resume, author)


class NewlyPut(NamedTuple):
    """The name of what was written, and what the rule that it waits for concludes."""

    name: str
    then: Mapping[str, Plain] = MappingProxyType({})


@dataclass
class Sitting:
    """One sitting with an author, and where what comes of it is written."""

    root: Path
    knowledge: KnowledgeBase
    author: Drafting
    wanted: EntryWanted
    sources: Sources | None = None

    @staticmethod
    def at(
        directory: Path | None,
        wanted: EntryWanted,
        talk: AuthorTalk,
        sources: Sources | None = None,
    ) -> Sitting:
        """Return a sitting; an earlier draft is taken up if asked for, or on a yes.

        `sources` are where a screening is found that is in no file.
        """
        root = writable(directory)
        undone(root)
        knowledge = load(root, library=True)
        about = f"{knowledge.digest} {wanted.screened} {wanted.expect}"
        about += "".join(f" {key} {said}" for key, said in wanted.then.items())
        draft = Draft(root / DRAFTS / f"{wanted.kind}.json", about)
        author = drafting(talk, draft, resume=wanted.resume)
        return Sitting(root, knowledge, author, wanted, sources)

    @property
    def kept(self) -> str:
        """What is said when the author leaves."""
        if self.wanted.then:
            self.author.draft.done()
            return "The rule is not written. `screening knowledge new` asks for it."
        return self.author.kept

    def write(self, tell: Tell) -> Written | None:
        """Ask for something and write it; return it, or None when the author finds no need."""
        try:
            start = self._start()
            made = None
            while made is None:
                made = self._tried(start, tell)
        except StoppedError as stopped:
            self.author.draft.done()
            self.author.say(f"Nothing is written: {stopped}.")
            return None
        return self._written_as(*made)

    def _start(self) -> Start | None:
        """Return where to begin a rule that a screening should have had, if one is named.

        Raises:
            StoppedError: when it has what is expected.

        """
        screened, expect = self.wanted.screened, self.wanted.expect
        if not (screened and expect):
            return Start(then=dict(self.wanted.then)) if self.wanted.then else None
        assessor = Assessor(checked(self.knowledge))
        client = self._client(assessor, screened)
        claim = read_claim(expect, self.knowledge, client.programme)
        found = disagreement(assessor, client, claim)
        if found.start is None:
            raise StoppedError(f"that is concluded already: {found.found}")
        self.author.say(f"Expected: {expect}. Concluded: {found.found}.")
        if found.nearest:
            self.author.say(
                f"The nearest case that stays as it is: {found.nearest}, {found.title}"
            )
        return found.start

    def _client(self, assessor: Assessor, screened: str) -> Case:
        """Return a screening by the name of a case of the library, a file, or a case on record."""
        known = self.knowledge.cases.get(screened)
        if known is not None:
            return as_case(assessor, known)[0]
        if self.sources is None:
            return load_intake(Path(screened), self.knowledge)
        return case_in(Path(screened), assessor, self.sources)

    def _tried(self, start: Start | None, tell: Tell) -> NewlyPut | None:
        """Return what was written; None when the last answer was taken back."""
        try:
            return self._put(start, tell)
        except BackError:
            self.author.back()
            return None

    def _put(self, start: Start | None, tell: Tell) -> NewlyPut:
        match self.wanted.kind:
            case "rule":
                path, made = self._put_rule(start)
            case "case":
                path, made = self._put_case()
            case _:
                path, made = self._put_entry()
        self.author.draft.done()
        tell(f"{clean(str(path))} written")
        return made

    def _put_rule(self, start: Start | None) -> tuple[Path, NewlyPut]:
        today = datetime.datetime.now(tz=datetime.timezone.utc).date()
        rule = ask_rule(self.author, self.knowledge, today, start)
        file = Path("rules", rule.topic, f"{rule.id}.yaml")
        path, by = self.root / file, self.wanted.author
        text = with_key(rule.text, str(file), "author", by, form_of(file)) if by else rule.text
        put(path, header(self.root) + text)
        return path, NewlyPut(rule.id)

    def _put_case(self) -> tuple[Path, NewlyPut]:
        client = self._client(Assessor(checked(self.knowledge)), str(self.wanted.screened))
        says = ask_case(self.author, self.knowledge, client)
        path = self.root / "cases" / f"{says['id']}.yaml"
        put(path, case_text(says))
        return path, NewlyPut(str(says["id"]))

    def _put_entry(self) -> tuple[Path, NewlyPut]:
        entry = ENTRIES[self.wanted.kind](self.author, self.knowledge, self.root)
        path = self.root / entry.file
        form = form_of(entry.file)
        old = read_text(path) if path.exists() else EMPTY[self.wanted.kind]
        put(path, with_entry(old, str(path), entry.key, entry.says, form, before=entry.before))
        return path, NewlyPut(entry.id, entry.then)

    def _written_as(self, name: str, then: Mapping[str, Plain]) -> Written:
        """Check what was written."""
        after = load(self.root, library=True)
        if has_schema(self.root):
            put_schema(self.root, after)
        found = check(after, datetime.date.min)
        failed = run_examples(after, name).failed if name in after.rules else ()
        page: Page
        if self.wanted.kind == "case":
            tried = try_case(Assessor(checked(after)), after.cases[name])
            failed, page = tried.failed, case_page(tried, after)
        elif self.wanted.kind in UNSHOWN:
            page = (Paragraph(f"New {self.wanted.kind}: {name}"),)
        else:
            page = show_page(after, name)
        good = not failed and all(one.severity is not Severity.ERROR for one in found)
        return Written(self, after, name, Printout(page, good=good), (*found, *failed), then)


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, as a page, and what is wrong with it."""

    sitting: Sitting
    after: KnowledgeBase
    name: str
    shown: Printout
    trouble: tuple[Diagnostic, ...]
    then: Mapping[str, Plain] = field(default_factory=dict)

    def onward(self, talk: AuthorTalk) -> Sitting | None:
        """Return the sitting for the rule that this waits for; None where it waits for none."""
        if not self.then:
            return None
        rule = EntryWanted("rule", None, None, resume=False, then=self.then)
        return Sitting.at(self.sitting.root, rule, talk)

    def changes(self) -> tuple[str, ...]:
        """Return what a new rule changes in the case library; nothing for other things."""
        if self.name not in self.after.rules or self.sitting.wanted.kind != "rule":
            return ()
        return told(concluded_otherwise(self.sitting.knowledge, self.after), self.after)

    @property
    def next(self) -> str | None:
        """What to do after a new rule or flag."""
        where = word(str(self.sitting.root))
        if self.sitting.wanted.kind == "flag":
            return f"Next: screening knowledge prove --knowledge {where}"
        if self.name not in self.after.rules or self.sitting.wanted.kind != "rule":
            return None
        return f"Next: screening knowledge test {self.name} --knowledge {where}"
