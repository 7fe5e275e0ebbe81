"""Changing a thing of the knowledge by being asked: what it does is shown before it is saved."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from screening.app import extras
from screening.app.authoring import DRAFTS
from screening.app.drafting import AuthorTalk, BackError, Draft, Drafting, drafting
from screening.app.knowledge_files import has_schema, put_schema
from screening.app.pack_effects import concluded_otherwise, failing, told
from screening.app.ports import Tell
from screening.check import check
from screening.diagnostics import Diagnostic, Severity
from screening.errors import BadInputError
from screening.model.knowledge import KnowledgeBase
from screening.model.logic_digest import logic_digest
from screening.render.diff_page import diff_page
from screening.render.page import clean
from screening.render.table import text
from screening.scaffold.edit import edited, place_of
from screening.scaffold.prompts import yes
from screening.scaffold.things import PackThing, thing_called
from screening.verify.semantic_diff import compare_meaning
from screening.write.disk import writable
from screening.write.whole_pack import PackTexts


@dataclass
class Editing:
    """One sitting with an author about one thing."""

    files: PackTexts
    knowledge: KnowledgeBase
    thing: PackThing
    author: Drafting

    @staticmethod
    def at(
        name: str, kind: str | None, directory: Path | None, talk: AuthorTalk, *, resume: bool
    ) -> Editing:
        """Return a sitting; an earlier draft about it is taken up if asked for, or on a yes.

        Raises:
            UnknownTargetError: when nothing is called so, or nobody is asked for it.
            MisuseError: when several things are called so.
            UnwritableError: when the knowledge is not theirs to write.

        """
        files = PackTexts.of(writable(directory))
        knowledge = files.loaded()
        thing = thing_called(knowledge, name, kind)
        place_of(files, thing)
        draft = Draft(files.root / DRAFTS / "edit.json", f"{knowledge.digest} {thing.words}")
        return Editing(files, knowledge, thing, drafting(talk, draft, resume=resume))

    @property
    def kept(self) -> str:
        """What is said when the author leaves."""
        return self.author.kept

    def run(self, tell: Tell) -> str:
        """Ask for it, show what it does, and save it on a yes; return what to say of it.

        Raises:
            UnwritableError: when it cannot be written; all is then as before.

        """
        done = None
        while done is None:
            done = self._tried(tell)
        self.author.draft.done()
        return done

    def _tried(self, tell: Tell) -> str | None:
        """Return what to say at the end; None when the last answer was taken back."""
        try:
            return self._asked(tell)
        except BackError:
            self.author.back()
            return None

    def _asked(self, tell: Tell) -> str:
        today = datetime.datetime.now(tz=datetime.timezone.utc).date()
        after = edited(self.author, self.files, self.knowledge, self.thing, today)
        if after == self.files:
            return "Nothing is changed."
        made = self._made(after)
        if not self.author.replayed:
            self._effect(made, tell)
        if not yes(self.author, "Save this?"):
            return "Nothing is written."
        written = after.put(self.files)
        if has_schema(after.root):
            put_schema(after.root, made)
        return f"{clean(str(after.root / written[0]))} written"

    def _made(self, after: PackTexts) -> KnowledgeBase:
        """Return the knowledge as it would be; what cannot be is said and taken back."""
        try:
            return after.loaded()
        except BadInputError as error:
            self._complain(error.diagnostics)
            self.author.say("It cannot be so. The last answer is taken back.")
            raise BackError from error

    def _effect(self, made: KnowledgeBase, tell: Tell) -> None:
        """Show what is wrong with it, what differs in meaning, and for which cases."""
        old = {str(one) for one in check(self.knowledge, datetime.date.min)}
        found = check(made, datetime.date.min)
        self._complain(tuple(one for one in found if str(one) not in old))
        if any(one.severity is Severity.ERROR for one in found):
            self.author.say("Nobody can be screened with it until that is mended.")
            return
        if logic_digest(self.knowledge) == logic_digest(made):
            self.author.say("Only words are changed: it concludes what it concluded.")
            return
        tell(f"comparing what it means for every client, and for {len(made.cases)} cases")
        if extras.have("z3"):
            two = self.knowledge, made
            self.author.page(text(diff_page(compare_meaning(*two), two, None, None)))
        changed = concluded_otherwise(self.knowledge, made)
        for line in told(changed, made):
            self.author.say(line)
        for one in failing(changed, self.knowledge, made):
            self.author.say(f"Would fail: {one}")

    def _complain(self, found: tuple[Diagnostic, ...]) -> None:
        for one in found:
            self.author.page(f"{one}\n")
