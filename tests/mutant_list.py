"""The mistakes that `mutants.py` plants: each a fragment of one package, and what it becomes."""

from __future__ import annotations


class Mutant:
    """A change that makes the program wrong, in words and as a patch of one place.

    `tests` are those that are there to notice.
    """

    def __init__(self, package: str, wrong: str, old: str, new: str, *tests: str) -> None:
        self.package = package
        self.wrong = wrong
        self.old = old
        self.new = new
        self.tests = tests

    @property
    def name(self) -> str:
        """How it is called in what is printed."""
        return f"{self.package}: {self.wrong}"


def mutants() -> tuple[Mutant, ...]:
    """Return every mutant; neighbours in the list are of different packages where they can be."""
    columns = [
        group()
        for group in (
            _core,
            _assess,
            _follow,
            _records,
            _interview,
            _batch,
            _papers,
            _figures,
            _exercises,
            _reviews,
        )
    ]
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
            "tests/engines/test_conformance.py::test_every_row_of_the_semantics_page_holds",
        ),
        Mutant(
            "compile",
            "`all` and `any` change places on the false side",
            "needed = count if positive is self.truth else len(parts) - count + 1",
            "needed = count",
            "tests/engines/test_conformance.py::test_every_row_of_the_semantics_page_holds",
        ),
        Mutant(
            "compile",
            "a question that does not apply is not read as false",
            "- words | INAPPLICABLE",
            "- words",
            "tests/engines/test_conformance.py::test_every_row_of_the_semantics_page_holds",
        ),
        Mutant(
            "compile",
            "a sum falls short one unit too late",
            "enough(len(units) - score.units_for(points) + 1, units)",
            "enough(len(units) - score.units_for(points), units)",
            "tests/engines/test_conformance.py::test_every_row_of_the_semantics_page_holds",
        ),
        Mutant(
            "engines",
            "an item that is not asked gives nothing to a sum",
            "            return item.least, item.most\n        if item.question not in",
            "            return 0, 0\n        if item.question not in",
            "tests/engines/test_conformance.py::test_every_row_of_the_semantics_page_holds",
        ),
        Mutant(
            "engines",
            "unknown answers help a sum where they should hinder it",
            "(self.unsure is Unsure.MET) is positive",
            "self.unsure is Unsure.MET",
            "tests/engines/test_conformance.py::test_every_row_of_the_semantics_page_holds",
        ),
        Mutant(
            "compile",
            "unknown answers settle the wrong side",
            "settles = Unsure.MET if truth else Unsure.NOT_MET",
            "settles = Unsure.NOT_MET if truth else Unsure.MET",
            "tests/engines/test_conformance.py::test_every_row_of_the_semantics_page_holds",
        ),
        Mutant(
            "engines",
            "an answer counts, and not beside it that the question does not apply",
            "        found = [one(value) for value in (value, *self.beside[question])]\n",
            "        found = [one(value)]\n",
            "tests/engines/test_one_more_answer.py",
        ),
        Mutant(
            "engines",
            "an undecided part makes `all` false",
            "        possible += not part[1]\n",
            "        possible += part[0]\n",
            "tests/engines/test_conformance.py::test_every_row_of_the_semantics_page_holds",
        ),
        Mutant(
            "engines",
            "`met` and `not_met` change places",
            "{Unsure.MET: SIDES[T], Unsure.NOT_MET: SIDES[F],",
            "{Unsure.MET: SIDES[F], Unsure.NOT_MET: SIDES[T],",
            "tests/engines/test_conformance.py::test_every_row_of_the_semantics_page_holds",
        ),
        Mutant(
            "engines",
            "an unknown movement is read as not moving",
            "SIDES[U if value in ASKED_UNKNOWN else T if value in effect.answers else F]",
            "SIDES[T if value in effect.answers else F]",
            "tests/engines/test_conformance.py::test_every_row_of_the_semantics_page_holds",
        ),
        Mutant(
            "engines",
            "the opposite of a count needs one too many",
            "count if positive else len(parts) - count + 1",
            "count if positive else len(parts) - count + 2",
            "tests/engines/test_conformance.py::test_every_row_of_the_semantics_page_holds",
        ),
        Mutant(
            "engines",
            "a rule is ready one pattern early",
            "return self.unmet[slot.rule] == 0",
            "return self.unmet[slot.rule] == min(1, len(matched) - 1)",
            "tests/engines/test_experta_hazards.py::test_counting_matcher_and_stock_matcher_fire_on_the_same_facts",
            "tests/engines/test_experta_hazards.py::test_facts_a_rule_fired_on_are_enough_to_fire_it",
        ),
        Mutant(
            "engines",
            "predicates are not asked",
            "return all(test(fact[key]) for key, test in self.predicates)",
            "return True",
            "tests/engines/test_experta_hazards.py::test_an_answer_without_a_value_meets_every_kind_of_test",
            "tests/engines/test_experta_hazards.py::test_counting_matcher_and_stock_matcher_fire_on_the_same_facts",
        ),
        Mutant(
            "engines",
            "what one client said is kept for the next",
            "        engine.record = record = _Record()\n",
            '        engine.record = record = getattr(engine, "record", _Record())\n',
            "tests/engines/test_experta_hazards.py::test_nothing_is_kept_from_one_client_to_the_next",
        ),
        Mutant(
            "engines",
            "the matcher does not forget",
            '        """Forget every fact."""\n',
            '        """Forget every fact."""\n        if hasattr(self, "unmet"): return\n',
            "tests/engines/test_experta_hazards.py::test_nothing_is_kept_from_one_client_to_the_next",
        ),
        Mutant(
            "engines",
            "k of n concludes at the first",
            "if len(counted) == clause.count:",
            "if len(counted) == 1:",
            "tests/engines/test_experta_hazards.py::test_a_rule_that_holds_for_many_reasons_fires_once",
            "tests/engines/test_conformance.py::test_every_row_of_the_semantics_page_holds",
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
            "tests/assess/test_open_alarms.py",
        ),
        Mutant(
            "assess",
            "a referral for today withholds nothing",
            "if urgent and not self.lifted:",
            "if False:",
            "tests/assess/test_decided.py::test_override_of_a_same_day_referral_shows_the_plan_below_the_referral",
        ),
        Mutant(
            "assess",
            "two engines that differ are not told apart",
            "        if differences:\n",
            "        if False:\n",
            "tests/assess/test_disagreement.py",
        ),
        Mutant(
            "assess",
            "overriding one rule of several lifts what all withhold",
            "return referring if decided.issuperset(referring) else ()",
            "return referring if decided else ()",
            "tests/assess/test_decided.py::test_override_of_one_rule_lifts_nothing_while_another_refers",
        ),
        Mutant(
            "assess",
            "an emergency can be overridden",
            "if case.record is None or effects.level is Level.EMERGENCY:",
            "if case.record is None:",
            "tests/assess/test_decided.py::test_override_of_everything_lifts_nothing_in_an_emergency",
        ),
        Mutant(
            "assess",
            "an undecided stricter rule does not hold an exercise back",
            "unsure = [(r, c) for r, c in waiting if isinstance(c, kinds)]",
            "unsure: list[tuple[Rule, Conclusion]] = []",
            "tests/compile/test_circuit.py::test_circuit_weighs_fired_and_undecided_rules_as_an_assessment_does",
        ),
        Mutant(
            "assess",
            "the highest of several limits holds",
            "lowest = min(numbers)",
            "lowest = max(numbers)",
            "tests/assess/test_decided.py::test_the_lower_limit_counts_whoever_sets_it",
        ),
        Mutant(
            "assess",
            "the boldest of several stages holds",
            "by_axis[axis] = min(entry, by_axis.get(axis, entry))",
            "by_axis[axis] = max(entry, by_axis.get(axis, entry))",
            "tests/compile/test_circuit.py::test_circuit_concludes_what_an_assessment_says",
        ),
        Mutant(
            "assess",
            "what is undecided does not hold a category",
            "stricter = _unique(r for p in waiting if p > pace for r in waiting[p])",
            "stricter: tuple[str, ...] = ()",
            "tests/follow/test_follow.py::test_what_is_still_open_holds_what_would_go_on",
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
            "tests/follow/test_follow.py::test_emergency_answer_is_not_carried_whatever_is_declared",
        ),
        Mutant(
            "follow",
            "an answer counts for ever",
            "value not in ASKED_UNKNOWN and question.valid.covers(age)",
            "value not in ASKED_UNKNOWN",
            "tests/follow/test_follow.py::test_a_movement_counts_for_four_weeks",
        ),
        Mutant(
            "follow",
            "an unknown answer is carried",
            "if value is not None and value not in ASKED_UNKNOWN and",
            "if value is not None and",
            "tests/follow/test_follow.py::test_an_unknown_answer_is_never_carried_whatever_is_declared",
        ),
        Mutant(
            "follow",
            "what was summed up is as old as the newest of its parts",
            "oldest = max(known) if",
            "oldest = min(known) if",
            "tests/follow/test_follow.py::test_what_sums_up_others_is_as_old_as_the_oldest_of_them",
        ),
        Mutant(
            "follow",
            "answers do not age",
            "return weeks + gap if weeks is not None",
            "return weeks if weeks is not None",
            "tests/follow/test_follow.py::test_age_of_an_answer_adds_up_over_several_screenings",
        ),
        Mutant(
            "follow",
            "an open referral lapses with the next screening",
            "return Level.NONE if seen else before.level",
            "return Level.NONE",
            "tests/follow/test_follow.py::test_an_open_referral_goes_on_until_somebody_has_looked",
        ),
        Mutant(
            "follow",
            "what was referred on record is forgotten",
            "level=max(left.level, said, ",
            "level=max(left.level, ",
            "tests/cli/test_full_screening_again.py::test_a_referral_stays_open_when_its_question_is_asked_differently",
            "tests/cli/test_full_screening_again.py::test_a_follow_up_keeps_a_referral_whose_question_is_asked_differently",
        ),
        Mutant(
            "follow",
            "a client's word alone closes a referral on record",
            "elif found.get(question.id, question.harmless) == question.harmless:",
            "elif False:",
            "tests/assess/test_decided.py::test_clients_word_alone_lifts_nothing_on_record",
        ),
        Mutant(
            "follow",
            "a full screening again closes a referral",
            "still = left.level >= Level.WITHIN_DAYS and left.looked is not Looked.YES",
            "still = False",
            "tests/cli/test_full_screening_again.py::test_an_open_referral_stays_open",
        ),
        Mutant(
            "follow",
            "worse is taken for the same",
            "return WORSE if -fall >= by.by else SAME",
            "return SAME",
            "tests/follow/test_follow.py::test_change_that_matters",
        ),
        Mutant(
            "follow",
            "an override counts on after another answer",
            "found = OnRecord(day, (), lapsed,",
            "found = OnRecord(day, found.overrides, lapsed,",
            "tests/app/audit/test_referrals.py::test_what_is_decided_counts_only_for_the_answers_before_it",
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
            "tests/records/test_chain.py",
        ),
        Mutant(
            "records",
            "a sealed event opens in another place",
            'return self.vault.lock.bound("event", ledger.client, ledger.id, str(number))',
            'return self.vault.lock.bound("event", ledger.client, ledger.id)',
            "tests/records/test_verifying.py::test_answers_of_one_client_that_changed_places_are_found_even_with_a_new_chain",
        ),
        Mutant(
            "records",
            "events missing at the end are not noticed",
            "if (number, before) != (ledger.events, ledger.head):",
            "if False:",
            "tests/records/test_verifying.py::test_a_change_is_found_and_named",
            "tests/records/test_verifying.py::test_what_the_chains_do_not_bear_out_is_found",
            "tests/records/test_store.py::test_events_come_back_in_order_from_another_process_view",
        ),
        Mutant(
            "records",
            "two terminals can hold one case",
            "fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)",
            "fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)",
            "tests/records/test_store.py::test_case_is_open_in_one_place_at_a_time",
        ),
        Mutant(
            "records",
            "the key of an erased client stays",
            "SET key = NULL, erased = (",
            "SET erased = (",
            "tests/records/test_erasing.py::test_everything_of_an_erased_client_is_gone",
        ),
        Mutant(
            "records",
            "the sealed answers of an erased client stay",
            "UPDATE events SET body = NULL WHERE",
            "UPDATE events SET body = body WHERE",
            "tests/records/test_erasing.py::test_everything_of_an_erased_client_is_gone",
        ),
        Mutant(
            "records",
            "clients seen lately are due for erasure",
            "AND last < ? ORDER BY last, id",
            "AND last > ? ORDER BY last, id",
            "tests/records/test_erasing.py::test_whoever_is_kept_too_long_is_due",
        ),
        Mutant(
            "records",
            "the store's chain need not take an event up",
            "if heads[1] != store_link(before, place, here.link):",
            "if False:",
            "tests/records/test_verifying.py::test_what_the_chains_do_not_bear_out_is_found",
            "tests/records/test_verifying.py::test_a_change_is_found_and_named",
            "tests/records/test_verifying.py::test_head_of_the_whole_store_is_found_too",
        ),
        Mutant(
            "records",
            "every seal uses one nonce",
            "nonce = secrets.token_bytes(NONCE)",
            "nonce = bytes(NONCE)",
            "tests/records/test_store.py::test_no_two_records_begin_alike",
        ),
        Mutant(
            "records",
            "a consent taken back counts as given",
            "given = isinstance(event, ConsentGiven)\n",
            "given = True\n",
            "tests/cli/test_consent_taken_back.py",
        ),
        Mutant(
            "records",
            "half of what is written together stays when the rest fails",
            '                connection.execute("ROLLBACK")\n            raise',
            '                connection.execute("COMMIT")\n            raise',
            "tests/records/test_store.py::test_several_events_are_appended_together_or_not_at_all",
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
            "tests/interview/test_planner.py::test_unknown_emergency_answer_is_asked_again_with_the_card_once",
        ),
        Mutant(
            "interview",
            "an answer withdrawn for not knowing still counts",
            "if isinstance(entry, Answered | Changed | Unsure):",
            "if isinstance(entry, Answered | Changed):",
            "tests/interview/test_session.py::test_answer_withdrawn_for_dont_know_no_longer_counts",
        ),
        Mutant(
            "interview",
            "what was skipped is not asked again on another day",
            "kept = (e for e in self.entries if not isinstance(e, Skipped))",
            "kept = (e for e in self.entries)",
            "tests/interview/test_recall.py::test_withdrawn_and_resumed_leave_the_rest",
        ),
        Mutant(
            "interview",
            "questions go on after an emergency",
            "        if self.effects.level is Level.EMERGENCY:\n            return Finish()",
            "        if False:\n            return Finish()",
            "tests/interview/test_planner.py::test_an_emergency_stops_at_once",
        ),
        Mutant(
            "interview",
            "the programme counts as left to ask of those who are sent on today",
            "return self.session.wants_programme and not over",
            "return self.session.wants_programme",
            "tests/interview/test_planner.py::test_same_day_asks_only_what_could_still_be_an_emergency",
        ),
        Mutant(
            "interview",
            "a rule that ends the interview leaves all the rest to ask",
            "return bool(self.effects.ended)",
            "return False",
            "tests/interview/test_ending.py::test_nothing_but_emergencies_is_asked_once_it_ends",
        ),
        Mutant(
            "interview",
            "answers that do not fit together are passed over",
            "if isinstance(conclusion, Confirm) and rule.id not in kept:",
            "if False:",
            "tests/interview/test_planner.py::test_answers_at_odds_are_asked_about_once",
        ),
        Mutant(
            "interview",
            "back takes only the last item of a list back",
            "if last is not None and (last[0] is None or asked_in != last or name in names):",
            "if last is not None:",
            "tests/interview/test_asking_list.py::test_back_takes_the_whole_list_back_and_asks_it_again",
        ),
        Mutant(
            "interview",
            "an emergency that is not known stays in its list",
            "return same and name not in pointed and other not in pointed",
            "return same",
            "tests/interview/test_asking_list.py::test_emergencies_that_are_not_known_are_asked_again_one_by_one",
        ),
        Mutant(
            "interview",
            "what is said of the rest of a list is lost",
            "reading.rest = value",
            "pass",
            "tests/interview/test_ticks.py::test_signs",
        ),
        Mutant(
            "interview",
            "an answer to another wording is taken over",
            "same = wording in wordings(knowledge, question)",
            "same = True",
            "tests/interview/test_recall.py::test_answer_to_another_wording_is_set_aside",
        ),
        Mutant(
            "interview",
            "an answer that is set aside uncovers an older one",
            "stale.pop(name, None)",
            "found = found or stale.pop(name, None)",
            "tests/interview/test_recall.py::test_stale_answer_uncovers_no_older_one",
            "tests/interview/test_recall.py::test_answer_given_anew_stands_over_a_stale_one",
        ),
        Mutant(
            "interview",
            "not wanting to say is heard as not knowing",
            '"pns": Unknown.DECLINED,',
            '"pns": Unknown.DONT_KNOW,',
            "tests/interview/test_reply.py::test_answer_is_read",
        ),
        Mutant(
            "interview",
            "a number out of range is taken",
            "number is not None and question.takes(number) and not",
            "number is not None and not",
            "tests/interview/test_reply.py::test_unreadable_answer_says_what_was_expected",
        ),
        Mutant(
            "interview",
            "an amount in another unit is rounded up",
            "    return math.floor(total)",
            "    return math.ceil(total)",
            "tests/interview/test_amount.py::test_an_amount_is_read_in_the_unit_of_the_question",
        ),
        Mutant(
            "interview",
            "a follow-up tries again what eased it, not what hurt",
            "if one.value in Effect.PROVOKE.answers)",
            "if one.value in Effect.RELIEVE.answers)",
            "tests/interview/test_tried_again.py::test_each_movement_that_hurt_is_asked_again_once",
        ),
        Mutant(
            "interview",
            "the beginning of two answers is the first of them",
            "if command is None and len(found) == 1:",
            "if command is None and found:",
            "tests/interview/test_reply.py::test_unreadable_answer_says_what_was_expected",
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
            "tests/batch/test_bad_tables.py::test_a_row_that_cannot_be_read_is_rejected_and_the_others_are_not",
        ),
        Mutant(
            "batch",
            "a row with a bad cell is screened without it",
            "answers, readable = answers.filter(~bad), answers.filter(bad)",
            "answers, readable = answers, answers.filter(bad)",
            "tests/batch/test_bad_tables.py::test_a_row_that_cannot_be_read_is_rejected_and_the_others_are_not",
        ),
        Mutant(
            "batch",
            "a row without a client is screened",
            'if (clients == "").any():',
            "if False:",
            "tests/batch/test_bad_tables.py::test_a_row_that_cannot_be_read_is_rejected_and_the_others_are_not",
        ),
        Mutant(
            "batch",
            "a client in two rows is screened",
            "reject += [one for one in also if len(one)]",
            "reject += [one for one in also if len(one) > 1000]",
            "tests/batch/test_bad_tables.py::test_every_row_of_a_repeated_client_is_rejected",
        ),
        Mutant(
            "batch",
            "a column in another unit is taken",
            "if held >= FEW and out * SHARE >= held and",
            "if held >= FEW and out > held and",
            "tests/batch/test_bad_tables.py::test_numbers_of_another_unit_are_said_and_nothing_is_written",
        ),
        Mutant(
            "batch",
            "parts of another batch are taken up",
            "if before.get(name) != now:",
            "if False:",
            "tests/batch/test_run.py::test_a_changed_table_or_option_is_not_gone_on_with",
        ),
        Mutant(
            "batch",
            "a part that was cut short counts as finished",
            'if record.get("sizes") == sizes else None',
            'if "sizes" in record else None',
            "tests/batch/test_run.py::test_a_finished_part_is_not_done_again",
            "tests/batch/test_run.py::test_a_killed_batch_goes_on_to_the_same_bytes",
        ),
        Mutant(
            "batch",
            "the header again is a client",
            "_plain(line) and not _header(line, columns, separator)",
            "_plain(line)",
            "tests/batch/test_bad_tables.py::test_a_row_that_cannot_be_read_is_rejected_and_the_others_are_not",
        ),
        Mutant(
            "batch",
            "a change of level names the rules of the milder one",
            "higher = after if _level(is_) > _level(was) else before",
            "higher = before if _level(is_) > _level(was) else after",
            "tests/batch/test_change.py::test_the_rules_of_the_more_urgent_level_are_behind_a_change_of_level",
        ),
    ]


def _papers() -> list[Mutant]:
    """Return mistakes in what leaves the house on paper."""
    letter, kept = "tests/render/test_letters_of_cases.py", "tests/cli/test_letter.py"
    return [
        Mutant(
            "render",
            "a letter says why, where that is private",
            "return not self.hidden.isdisjoint(rested)",
            "return False",
            f"{letter}::test_answers_to_private_questions_stay_out_unless_they_are_let_in",
        ),
        Mutant(
            "render",
            "a letter asks the reader for a cause or a test",
            "for one in SENTENCE.split(tell) if not ASKED.search(one)",
            "for one in SENTENCE.split(tell)",
            f"{letter}::test_why_a_client_comes_asks_nothing",
        ),
        Mutant(
            "app",
            "a letter is written from answers that were changed since",
            "if referral is not None and referral.answered_since:",
            "if referral is not None and False:",
            f"{kept}::test_after_other_answers_a_letter_waits_for_the_conclusion",
        ),
        Mutant(
            "render",
            "a client's words are markup",
            "return escape(clean(words))",
            "return clean(words)",
            "tests/render/test_paper.py::test_no_words_break_out_of_the_html",
        ),
        Mutant(
            "app",
            "a paper that cannot be kept is left in its folder",
            "                keep()\n                file.write",
            "                file.write",
            f"{kept}::test_what_cannot_be_kept_is_not_written",
        ),
    ]


def _figures() -> list[Mutant]:
    """Return mistakes in drawing bodies, in checking them, and in sheets."""
    drawn, sheets = "tests/draw/test_figures.py", "tests/render/test_sheets.py"
    return [
        Mutant(
            "draw",
            "a back may break its promise",
            "if wanted not in {BackShape.ANY, is_}:",
            "if wanted is None:",
            f"{drawn}::test_a_planted_fault_is_found",
        ),
        Mutant(
            "draw",
            "a knee bends the other way on the left",
            'turned(thigh, about_z(-angle(pose, "knee", mark)))',
            'turned(thigh, about_z(-sign * angle(pose, "knee", mark)))',
            f"{drawn}::test_a_mirrored_pose_gives_mirrored_points",
        ),
        Mutant(
            "draw",
            "a body may stand beside its feet",
            "if ends and not min(ends) - STANDS <= mid <= max(ends) + STANDS:",
            "if not ends:",
            f"{drawn}::test_a_planted_fault_is_found",
        ),
        Mutant(
            "render",
            "a changed exercise has the figure of the unchanged one",
            "None if one.changed else self.lines.sketch(one.exercise, UNIT, WIDE)\n        when",
            "self.lines.sketch(one.exercise, UNIT, WIDE)\n        when",
            f"{sheets}::test_a_changed_exercise_has_no_figure_and_says_the_change",
        ),
        Mutant(
            "session",
            "a gate that rests on a private answer is named on the trainer's sheet",
            'return facts.session.lines["held_private"].text if private else gate.say',
            "return gate.say",
            f"{sheets}::test_private_answers_stay_off_the_trainers_sheet",
        ),
        Mutant(
            "app",
            "a sheet is written in an emergency",
            'refuse_in_an_emergency(ground, "sheet")',
            "pass",
            "tests/cli/test_sheet.py::test_an_emergency_has_no_sheet_but_what_to_do",
        ),
    ]


def _exercises() -> list[Mutant]:
    """Return mistakes in the catalogue, in its cautions, and in sessions."""
    sessions = "tests/session/test_next_hour.py"
    return [
        Mutant(
            "session",
            "an exercise that is left out is allowed",
            "plan is None or plan.verdict is Verdict.AVOID or plan.open",
            "plan is None or plan.open",
            f"{sessions}::test_nothing_left_out_or_withheld_is_in_it_nor_named_as_another",
        ),
        Mutant(
            "session",
            "what needs a gym is done at home",
            "at_hand(self.knowledge.equipment, exercise, self.place)",
            "at_hand(self.knowledge.equipment, exercise, Place.GYM)",
            f"{sessions}::test_an_alternative_is_milder_where_it_hurts_and_at_hand",
            f"{sessions}::test_an_added_exercise_loads_no_more_than_the_stage_allows",
        ),
        Mutant(
            "session",
            "effort is held down by no gate",
            "return min((most, *(gate.effort for gate in self.gates if gate.effort)))",
            "return most",
            f"{sessions}::test_effort_stays_below_that_of_a_gate",
        ),
        Mutant(
            "session",
            "minutes left over are lost",
            "    length[Phase.CONDITIONING if cardio else Phase.COOL_DOWN] += spare\n",
            "",
            f"{sessions}::test_phases_are_in_order_and_make_the_length",
        ),
        Mutant(
            "load",
            "a caution changes what it is to leave out",
            "AvoidExercise(exercise.id, Firmness.HARD, free)",
            "AvoidExercise(exercise.id, Firmness.SOFT, free)",
            "tests/test_cases.py",
        ),
        Mutant(
            "check",
            "an alternative may train anything",
            "if exercise.trains and not set(exercise.trains) & set(other.trains):",
            "if exercise.trains and not set(exercise.trains):",
            "tests/load/test_bad_input.py",
        ),
        Mutant(
            "check",
            "what loads most is kept with a cue",
            "cue = verdict.note and loads[most] < HARDEST",
            "cue = verdict.note",
            "tests/load/test_bad_input.py",
        ),
        Mutant(
            "web",
            "a form of another page is taken",
            "return origin.lower() != ",
            'return origin.lower() == "null" and origin != ',
            "tests/web/test_guard.py::test_a_form_of_another_page_changes_nothing",
        ),
        Mutant(
            "web",
            "a start link opens more than one browser",
            '        self._link = ""\n        return self.begin(Who.LOCKED)',
            "        return self.begin(Who.LOCKED)",
            "tests/web/test_guard.py::test_a_start_link_opens_one_browser_once",
        ),
        Mutant(
            "web",
            "the trainer's visit outlives a hand-over",
            "        self.end(visit)\n        return self.begin(who",
            "        return self.begin(who",
            "tests/web/test_hand_over.py::test_the_trainers_visit_at_that_browser_is_over",
        ),
        Mutant(
            "web",
            "an amount can be a command",
            "return None if read_command(said) else said",
            "return said",
            "tests/web/test_ways.py::test_what_is_typed_is_no_command_and_no_answer",
        ),
    ]


def _reviews() -> list[Mutant]:
    """Return mistakes in what a signature is worth, in pictures and in bundles."""
    tricks = "tests/cli/test_signatures.py::test_a_trick_is_named_and_the_review_counts_no_more"
    return [
        Mutant(
            "model",
            "a review by anybody counts",
            "return set(found) <= {Doubt.LOGIC_ALONE}",
            "return set(found) <= {Doubt.LOGIC_ALONE, Doubt.UNLISTED, Doubt.EARLY}",
            tricks,
        ),
        Mutant(
            "render",
            "answers joined by any are drawn as if all were needed",
            'text = f"{lead}:" if lead else said[0]',
            'text = "all of:" if lead else said[0]',
            "tests/render/test_rule_picture.py::test_a_condition_is_drawn_as_it_is_joined",
        ),
        Mutant(
            "model",
            "what lies beneath a rule is not signed with it",
            "under = [knowledge.rules[name] for name in dict.fromkeys(below) if name != rule.id]",
            "under = []",
            tricks,
        ),
        Mutant(
            "app",
            "an agreement to what has changed since is signed",
            "        if now != one.seen:",
            "        if not one.seen:",
            "tests/cli/test_bundle_command.py::test_a_rule_changed_since_the_bundle_is_refused_by_name",
        ),
        Mutant(
            "model",
            "what decides whether a question is asked is not signed",
            "for name in _with_gates(knowledge, asked):",
            "for name in asked:",
            "tests/cli/test_signatures.py::test_what_decides_whether_a_question_is_asked_is_signed_too",
        ),
        Mutant(
            "verify",
            "a review waits for no promise",
            "return any(self._in(rule, asked, failure) for failure in proof.failures)",
            "return False",
            "tests/cli/test_lifecycle.py::test_a_rule_of_knowledge_that_breaks_a_promise_is_not_reviewed",
        ),
    ]
