"""Use cases: what happens in an interview, a follow-up, a referral or an audit.

A driver, such as the command line, writes `from screening import app` and calls
`app.referrals.cleared(...)`. The module of a topic, with all it rests on, is imported by the first
call and not before (PEP 562), so that `--help` waits for none of them. What cannot be done raises
an error of `screening.errors`, from here or from what is called; the driver says it.

Below it is no command line: a web page or a test calls the same functions.
The map: docs/architecture.md.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screening.app import (
        agreement,
        audit,
        authoring,
        bundles,
        calendar,
        chosen_case,
        client_records,
        conclude,
        consent_form,
        desk,
        desk_day,
        editing,
        examples,
        explanations,
        extras,
        figures,
        forms,
        hang_ups,
        knowledge,
        knowledge_diff,
        knowledge_files,
        knowledge_pages,
        letters,
        look_back,
        pack_changes,
        pack_effects,
        pictures,
        printout,
        programme_file,
        proofs,
        receive,
        recorder,
        referrals,
        reviews,
        rule_book,
        rule_life,
        rule_tests,
        session_inputs,
        session_questions,
        sessions,
        settings,
        sheets,
        sitting,
        start_interview,
        stores,
        tables,
        trainers,
        who_asks,
    )

__all__ = [
    "agreement", "audit", "authoring", "bundles", "calendar", "chosen_case", "client_records",
    "conclude", "consent_form", "desk", "desk_day", "editing", "examples", "explanations",
    "extras", "figures", "forms", "hang_ups", "knowledge", "knowledge_diff", "knowledge_files",
    "knowledge_pages", "letters", "look_back", "pack_changes", "pack_effects", "pictures",
    "printout", "programme_file", "proofs", "receive", "recorder", "referrals", "reviews",
    "rule_book", "rule_life", "rule_tests", "session_inputs", "session_questions", "sessions",
    "settings", "sheets", "sitting", "start_interview", "stores", "tables", "trainers", "who_asks",
]  # fmt: skip


def __getattr__(topic: str) -> ModuleType:
    if topic not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {topic!r}")
    return import_module(f"{__name__}.{topic}")
