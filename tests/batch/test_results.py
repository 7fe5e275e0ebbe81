"""A row of OUT says what the reference concludes about that client."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import polars as pl
import pytest
from batch_oracle import expected
from complete_clients import complete_clients
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from strategies import cases, knowledge_bases

from screening.batch.results import Screener, by_kind
from screening.engines.columnar import frame
from screening.engines.reference import evaluate
from screening.follow import in_force
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Head, Reading
from screening.model.vocabularies import Truth

SORTED = ("stage", "programme")  # the reference lists these in another order


def answers(knowledge: KnowledgeBase, clients: list[Case]) -> pl.DataFrame:
    rows = pl.Series("row", range(1, len(clients) + 1), dtype=pl.UInt64)
    doing = [";".join(client.programme) or None for client in clients]
    return pl.DataFrame(
        [
            rows,
            rows.cast(pl.String).alias("client"),
            *frame(knowledge, [client.answers for client in clients]),
            pl.Series("programme", doing, dtype=pl.String),
        ]
    )


def same(knowledge: KnowledgeBase, screener: Screener, clients: list[Case]) -> None:
    rows = screener.results(answers(knowledge, clients)).rows
    for client, row in zip(clients, rows.to_dicts(), strict=True):
        wanted = expected(knowledge, client)
        for name, text in wanted.items():
            found = row[name] or ""
            if name in SORTED:
                found = "; ".join(sorted(found.split("; ")))
            assert (name, found) == (name, text)


@settings(max_examples=12, phases=(Phase.generate,))
@given(st.data())
def test_generated_knowledge(data: st.DataObject) -> None:
    knowledge = data.draw(knowledge_bases())
    clients = data.draw(st.lists(cases(knowledge), min_size=1, max_size=6))
    same(knowledge, Screener.of(knowledge), clients)


@pytest.fixture(scope="module")
def screener(shipped: KnowledgeBase) -> Screener:
    return Screener.of(shipped)


def test_complete_clients_of_the_shipped_knowledge(
    shipped: KnowledgeBase, screener: Screener
) -> None:
    same(shipped, screener, list(complete_clients(shipped, range(250))))


def test_partial_intakes_of_the_shipped_knowledge(
    shipped: KnowledgeBase, screener: Screener
) -> None:
    draw = random.Random(5)  # noqa: S311 - reproducible, not secret
    clients = [
        replace(one, answers={q: a for q, a in one.answers.items() if draw.random() < share})
        for one in complete_clients(shipped, range(120))
        for share in (draw.choice((0.1, 0.5, 0.9)),)
    ]
    same(shipped, screener, clients)


def test_counts_are_those_of_the_rows(shipped: KnowledgeBase, screener: Screener) -> None:
    clients = list(complete_clients(shipped, range(60)))
    results = screener.results(answers(shipped, clients))
    counts = by_kind(results.counts)
    assert counts["referral"] == dict(Counter(results.rows["referral"]))
    fired = (truth.rule for c in clients for truth in fired_heads(shipped, c))
    assert counts["rule"] == dict(Counter(fired))


def fired_heads(knowledge: KnowledgeBase, client: Case) -> list[Head]:
    heads = evaluate(knowledge, in_force(knowledge, client)).heads
    return [h for h, t in heads.items() if t is Truth.TRUE and h.reading is Reading.CERTAIN]
