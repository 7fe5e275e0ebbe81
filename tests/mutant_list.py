"""The mistakes that `mutants.py` plants: each a fragment of one package, and what it becomes."""

from __future__ import annotations

from typing import NamedTuple


class Mutant(NamedTuple):
    """A change that makes the program wrong, in words and as a patch of one place."""

    package: str
    wrong: str
    old: str
    new: str
    tests: tuple[str, ...]

    @property
    def name(self) -> str:
        """How it is called in what is printed."""
        return f"{self.package}: {self.wrong}"


CORE = (
    "tests/compile",
    "tests/engines/test_conformance.py",
    "tests/engines/test_experta_hazards.py",
)
COMBINED = ("tests/test_gardener.py", "tests/assess")
FOLLOWED = (
    "tests/follow",
    "tests/app/audit/test_referrals.py",
    "tests/cli/test_full_screening_again.py",
)
RECORDS = tuple(f"tests/records/test_{name}.py" for name in ("store", "erasing", "verifying"))
ASKING = tuple(f"tests/interview/test_{name}.py" for name in ("session", "planner", "reply"))
RECALLED = ("tests/interview/test_recall.py", "tests/interview/test_seen_again.py")
ROWS = tuple(f"tests/batch/test_{name}.py" for name in ("cells", "bad_tables", "results"))


def mutants() -> tuple[Mutant, ...]:
    """Return every mutant; neighbours in the list are of different packages where they can be."""
    columns = [group() for group in (_core, _assess, _follow, _records, _interview, _batch)]
    longest = max(map(len, columns))
    return tuple(one[row] for row in range(longest) for one in columns if row < len(one))


def _core() -> list[Mutant]:
    """Return mistakes in compiling rules, in their meaning and in Experta's matcher."""
    return [
        Mutant(
            "compile",
            "too few of n are counted as n - k",
            "is self.truth else len(parts) - count + 1",
            "is self.truth else len(parts) - count",
            CORE,
        ),
        Mutant(
            "compile",
            "`all` and `any` change places on the false side",
            "needed = count if positive is self.truth else len(parts) - count + 1",
            "needed = count",
            CORE,
        ),
        Mutant(
            "compile",
            "a question that does not apply is not read as false",
            "- words | INAPPLICABLE",
            "- words",
            CORE,
        ),
        Mutant(
            "compile",
            "unknown answers settle the wrong side",
            "settles = Unsure.MET if truth else Unsure.NOT_MET",
            "settles = Unsure.NOT_MET if truth else Unsure.MET",
            CORE,
        ),
        Mutant(
            "engines",
            "an undecided part makes `all` false",
            "return F if F in seen else U if U in seen else T",
            "return F if F in seen or U in seen else T",
            CORE,
        ),
        Mutant(
            "engines",
            "`met` and `not_met` change places",
            "{Unsure.MET: T, Unsure.NOT_MET: F,",
            "{Unsure.MET: F, Unsure.NOT_MET: T,",
            CORE,
        ),
        Mutant(
            "engines",
            "an unknown movement is read as not moving",
            "        if value is None or value in ASKED_UNKNOWN:\n            return U\n"
            "        return T if value in effect.answers else F",
            "        if value is None:\n            return U\n"
            "        return T if value in effect.answers else F",
            CORE,
        ),
        Mutant(
            "engines",
            "the opposite of a count needs one too many",
            "count if positive else len(parts) - count + 1",
            "count if positive else len(parts) - count + 2",
            CORE,
        ),
        Mutant(
            "engines",
            "a rule is ready one pattern early",
            "return self.unmet[slot.rule] == 0",
            "return self.unmet[slot.rule] == min(1, len(matched) - 1)",
            CORE,
        ),
        Mutant(
            "engines",
            "predicates are not asked",
            "return all(test(fact[key]) for key, test in self.predicates)",
            "return True",
            CORE,
        ),
        Mutant(
            "engines",
            "what one client said is kept for the next",
            "        engine.record = _Record()\n",
            '        engine.record = getattr(engine, "record", _Record())\n',
            CORE,
        ),
        Mutant(
            "engines",
            "the matcher does not forget",
            '        """Forget every fact."""\n',
            '        """Forget every fact."""\n        if hasattr(self, "unmet"): return\n',
            CORE,
        ),
        Mutant(
            "engines",
            "k of n concludes at the first",
            "if len(counted) == clause.count:",
            "if len(counted) == 1:",
            CORE,
        ),
    ]


def _assess() -> list[Mutant]:
    """Return mistakes in what an outcome adds up to."""
    return [
        Mutant(
            "assess",
            "an open alarm does not withhold exercise",
            "if self.effects.open_alarms or self.unasked_emergencies:",
            "if self.unasked_emergencies:",
            COMBINED,
        ),
        Mutant(
            "assess",
            "a referral for today withholds nothing",
            "if urgent and not self.lifted:",
            "if False:",
            COMBINED,
        ),
        Mutant(
            "assess",
            "two engines that differ are not told apart",
            "        if differences:\n",
            "        if False:\n",
            COMBINED,
        ),
        Mutant(
            "assess",
            "overriding one rule of several lifts what all withhold",
            "return referring if decided.issuperset(referring) else ()",
            "return referring if decided else ()",
            ("tests/assess/test_decided.py",),
        ),
        Mutant(
            "assess",
            "an emergency can be overridden",
            "if case.record is None or effects.level is Level.EMERGENCY:",
            "if case.record is None:",
            ("tests/assess/test_decided.py",),
        ),
        Mutant(
            "assess",
            "an undecided stricter rule does not hold an exercise back",
            "unsure = [(r, c) for r, c in waiting if isinstance(c, kinds)]",
            "unsure: list[tuple[Rule, Conclusion]] = []",
            ("tests/test_gardener.py", "tests/compile/test_circuit.py", "tests/assess"),
        ),
        Mutant(
            "assess",
            "the highest of several limits holds",
            "lowest = min(numbers)",
            "lowest = max(numbers)",
            ("tests/assess", "tests/compile/test_circuit.py"),
        ),
        Mutant(
            "assess",
            "the boldest of several stages holds",
            "by_axis[axis] = min(entry, by_axis.get(axis, entry))",
            "by_axis[axis] = max(entry, by_axis.get(axis, entry))",
            ("tests/assess", "tests/compile/test_circuit.py"),
        ),
        Mutant(
            "assess",
            "what is undecided does not hold a category",
            "stricter = _unique(r for p in waiting if p > pace for r in waiting[p])",
            "stricter: tuple[str, ...] = ()",
            ("tests/follow", "tests/testing/test_follow_up_case.py"),
        ),
    ]


def _follow() -> list[Mutant]:
    """Return mistakes in what an earlier screening leaves to the next."""
    return [
        Mutant(
            "follow",
            "an emergency answer is carried",
            "return question.derived is None and not knowledge.asks_emergency(question)",
            "return question.derived is None",
            FOLLOWED,
        ),
        Mutant(
            "follow",
            "an answer counts for ever",
            "value not in ASKED_UNKNOWN and question.valid.covers(age)",
            "value not in ASKED_UNKNOWN",
            FOLLOWED,
        ),
        Mutant(
            "follow",
            "an unknown answer is carried",
            "if value is not None and value not in ASKED_UNKNOWN and",
            "if value is not None and",
            FOLLOWED,
        ),
        Mutant(
            "follow",
            "what was summed up is as old as the newest of its parts",
            "oldest = max(known) if",
            "oldest = min(known) if",
            FOLLOWED,
        ),
        Mutant(
            "follow",
            "answers do not age",
            "return weeks + gap if weeks is not None",
            "return weeks if weeks is not None",
            FOLLOWED,
        ),
        Mutant(
            "follow",
            "an open referral lapses with the next screening",
            "return Level.NONE if seen else before.level",
            "return Level.NONE",
            FOLLOWED,
        ),
        Mutant(
            "follow",
            "what was referred on record is forgotten",
            "level=max(left.level, said, ",
            "level=max(left.level, ",
            FOLLOWED,
        ),
        Mutant(
            "follow",
            "a client's word alone closes a referral on record",
            "elif found.get(question.id, question.harmless) == question.harmless:",
            "elif False:",
            FOLLOWED,
        ),
        Mutant(
            "follow",
            "a full screening again closes a referral",
            "still = left.level >= Level.WITHIN_DAYS and left.looked is not Looked.YES",
            "still = False",
            FOLLOWED,
        ),
        Mutant(
            "follow",
            "worse is taken for the same",
            "return WORSE if -fall >= by.by else SAME",
            "return SAME",
            FOLLOWED,
        ),
        Mutant(
            "follow",
            "an override counts on after another answer",
            "found = OnRecord(day, (), lapsed,",
            "found = OnRecord(day, found.overrides, lapsed,",
            FOLLOWED,
        ),
    ]


def _records() -> list[Mutant]:
    """Return mistakes in keeping, sealing, checking and erasing records."""
    return [
        Mutant(
            "records",
            "a link does not hold the one before it",
            "return hashlib.sha256(before + place.encode() + self.digest).digest()",
            "return hashlib.sha256(place.encode() + self.digest).digest()",
            RECORDS,
        ),
        Mutant(
            "records",
            "a sealed event opens in another place",
            'return self.vault.lock.bound("event", ledger.client, ledger.id, str(number))',
            'return self.vault.lock.bound("event", "", "", "")',
            RECORDS,
        ),
        Mutant(
            "records",
            "events missing at the end are not noticed",
            "if (number, before) != (ledger.events, ledger.head):",
            "if False:",
            RECORDS,
        ),
        Mutant(
            "records",
            "two terminals can hold one case",
            "fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)",
            "fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)",
            RECORDS,
        ),
        Mutant(
            "records",
            "the key of an erased client stays",
            "SET key = NULL, erased = (",
            "SET erased = (",
            RECORDS,
        ),
        Mutant(
            "records",
            "the sealed answers of an erased client stay",
            "UPDATE events SET body = NULL WHERE",
            "UPDATE events SET body = body WHERE",
            RECORDS,
        ),
        Mutant(
            "records",
            "clients seen lately are due for erasure",
            "AND last < ? ORDER BY last, id",
            "AND last > ? ORDER BY last, id",
            RECORDS,
        ),
        Mutant(
            "records",
            "the store's chain need not take an event up",
            "if heads[1] != store_link(before, place, here.link):",
            "if False:",
            RECORDS,
        ),
        Mutant(
            "records",
            "every seal uses one nonce",
            "nonce = secrets.token_bytes(NONCE)",
            "nonce = bytes(NONCE)",
            RECORDS,
        ),
        Mutant(
            "records",
            "a consent taken back counts as given",
            "given = isinstance(event, ConsentGiven)\n",
            "given = True\n",
            ("tests/cli/test_consent_taken_back.py", "tests/cli/test_clients.py"),
        ),
        Mutant(
            "records",
            "half of what is written together stays when the rest fails",
            '                connection.execute("ROLLBACK")\n            raise',
            '                connection.execute("COMMIT")\n            raise',
            RECORDS,
        ),
    ]


def _interview() -> list[Mutant]:
    """Return mistakes in what is asked, heard and taken up again."""
    return [
        Mutant(
            "interview",
            "the first unknown answer to an emergency question is taken",
            "return urgent and question.id not in self.pointed()",
            "return False",
            ASKING,
        ),
        Mutant(
            "interview",
            "an answer withdrawn for not knowing still counts",
            "if isinstance(entry, Answered | Changed | Unsure):",
            "if isinstance(entry, Answered | Changed):",
            ASKING,
        ),
        Mutant(
            "interview",
            "what was skipped is not asked again on another day",
            "kept = (e for e in self.entries if not isinstance(e, Skipped))",
            "kept = (e for e in self.entries)",
            (*ASKING, *RECALLED),
        ),
        Mutant(
            "interview",
            "questions go on after an emergency",
            "        if self.effects.level is Level.EMERGENCY:\n            return Finish()",
            "        if False:\n            return Finish()",
            ASKING,
        ),
        Mutant(
            "interview",
            "the programme is asked of those who are sent on today",
            "return self.session.wants_programme and self.effects.level < Level.SAME_DAY",
            "return self.session.wants_programme",
            ASKING,
        ),
        Mutant(
            "interview",
            "answers that do not fit together are passed over",
            "if isinstance(conclusion, Confirm) and rule.id not in kept:",
            "if False:",
            (*ASKING, "tests/interview/test_piped.py"),
        ),
        Mutant(
            "interview",
            "an answer to another wording is taken over",
            "same = wording == digest_of(question)",
            "same = True",
            RECALLED,
        ),
        Mutant(
            "interview",
            "an answer that is set aside uncovers an older one",
            "stale.pop(name, None)",
            "found = found or stale.pop(name, None)",
            RECALLED,
        ),
        Mutant(
            "interview",
            "not wanting to say is heard as not knowing",
            '"pns": Unknown.DECLINED,',
            '"pns": Unknown.DONT_KNOW,',
            ASKING,
        ),
        Mutant(
            "interview",
            "a number out of range is taken",
            "return Unclear(_unclear(question, text)) if value is None else Said(value)",
            "return Said(int(said)) if said.isdecimal() else Unclear(_unclear(question, text))",
            ASKING,
        ),
    ]


def _batch() -> list[Mutant]:
    """Return mistakes in reading tables, and in going on where a batch was broken off."""
    return [
        Mutant(
            "batch",
            "numbers out of range are taken",
            "if not inside.all():",
            "if False:",
            ROWS,
        ),
        Mutant(
            "batch",
            "a row with a bad cell is screened without it",
            "answers = answers.filter(~pl.col(ROW).is_in(bad.implode()))",
            "answers = answers.filter(~pl.col(ROW).is_in(bad.head(0).implode()))",
            ROWS,
        ),
        Mutant(
            "batch",
            "a row without a client is screened",
            'if (clients == "").any():',
            "if False:",
            ROWS,
        ),
        Mutant(
            "batch",
            "a client in two rows is screened",
            "reject += [one for one in also if len(one)]",
            "reject += [one for one in also if len(one) > 1000]",
            ROWS,
        ),
        Mutant(
            "batch",
            "a column in another unit is taken",
            "if held >= FEW and out * SHARE >= held and",
            "if held >= FEW and out > held and",
            (*ROWS, "tests/batch/test_run.py"),
        ),
        Mutant(
            "batch",
            "parts of another batch are taken up",
            "if before.get(name) != now:",
            "if False:",
            ("tests/batch/test_run.py", "tests/batch/test_bad_tables.py"),
        ),
        Mutant(
            "batch",
            "a part that was cut short counts as finished",
            'if record.get("sizes") != sizes:',
            'if "sizes" not in record:',
            ("tests/batch/test_run.py", "tests/batch/test_bad_tables.py"),
        ),
        Mutant(
            "batch",
            "the header again is a client",
            'line.count(b",") == commas and _plain(line) and not _header(line, columns)',
            'line.count(b",") == commas and _plain(line)',
            ROWS,
        ),
        Mutant(
            "batch",
            "a change of level names the rules of the milder one",
            "higher = after if LEVELS[is_] > LEVELS[was] else before",
            "higher = before if LEVELS[is_] > LEVELS[was] else after",
            ("tests/batch/test_change.py", "tests/batch/test_impact.py"),
        ),
    ]
