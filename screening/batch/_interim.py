"""Interim evaluator until engines/columnar lands; deleted then."""

from __future__ import annotations
import polars as pl
from functools import reduce
import operator
from screening.batch.answers import NUMBER
from screening.model.circuit import *
from screening.model.circuit import parts


def wires(circuit, frame, wanted):
    n = len(frame)
    out = {}

    def const(v):
        return pl.repeat(v, n, dtype=pl.Boolean, eager=True)

    for w in circuit.needed(wanted):
        g = circuit.gates[w]
        match g:
            case Every(ps):
                s = reduce(operator.and_, (out[p] for p in ps)) if ps else const(True)
            case Some(ps):
                s = reduce(operator.or_, (out[p] for p in ps)) if ps else const(False)
            case Opposite(p):
                s = ~out[p]
            case Enough(k, ps):
                t = sum(out[p].cast(pl.UInt8) for p in ps)
                s = t >= k
            case IsAsked(q):
                s = frame[q].is_not_null() if q in frame.columns else const(False)
            case IsOneOf(q, words):
                if q not in frame.columns:
                    s = const(False)
                elif frame[q].dtype == NUMBER:
                    from screening.load.answer import SPECIAL
                    from screening.batch.answers import UNKNOWN_NUMBERS

                    s = (
                        frame[q]
                        .is_in([UNKNOWN_NUMBERS[SPECIAL[x]] for x in words])
                        .fill_null(False)
                    )
                else:
                    s = (
                        frame[q]
                        .is_in(pl.Series(sorted(words), dtype=frame[q].dtype).implode())
                        .fill_null(False)
                    )
            case InRange(q, lo, hi):
                s = (
                    frame[q].is_between(lo, hi).fill_null(False)
                    if q in frame.columns
                    else const(False)
                )
        out[w] = s
    return pl.DataFrame({str(w): out[w] for w in dict.fromkeys(wanted)})
