"""Many clients at once: the circuit compiled to Polars expressions. Only here and in `batch`."""

from screening.engines.columnar.engine import ColumnarEngine

__all__ = ["ColumnarEngine"]
