"""Interviews that earlier versions saved as files: where they are, and taking them over."""

from __future__ import annotations

import os
from pathlib import Path

import click

from screening.app.clients.drafts import drafts_in, load_draft
from screening.app.clients.find_case import name_of
from screening.app.recorded_cases import home
from screening.diagnostics import Diagnostic
from screening.errors import BadInputError
from screening.records import Store, add_client, find_client, start_case, usable_label

TAKEN = ".taken-over"  # added to the name of a file whose interview is in the records


def old_folders() -> tuple[Path, ...]:
    """Return where earlier versions kept drafts."""
    chosen = os.environ.get("SCREENING_HOME")
    before = home() if chosen else Path(click.get_app_dir("screening"))
    return (before / "drafts",)


def left_over() -> tuple[Path, ...]:
    """Return the drafts that are not in the records yet."""
    return tuple(path for folder in old_folders() for path in drafts_in(folder))


def take_over(store: Store, paths: tuple[Path, ...]) -> tuple[list[str], list[Diagnostic]]:
    """Put drafts into the records; return what each is called now, and what cannot be read.

    A file that was taken over gets another name, so that it is not taken over twice. It stays.
    """
    taken: list[str] = []
    unread: list[Diagnostic] = []
    for path in paths:
        try:
            draft = load_draft(path)
        except BadInputError as error:
            unread += error.diagnostics
            continue
        label = usable_label(draft.client)
        found = find_client(store, label) if label else None
        client = add_client(store, label) if found is None else found.id
        case = start_case(store, client, *draft.events)
        path.rename(path.with_name(path.name + TAKEN))
        taken.append(f"{draft.case} is now {name_of(store, case)}")
    return taken, unread
