"""From a knowledge base to JSON Schema, by which editors complete and underline rule files."""

from screening.render.editor_schema.rule import rule_schema

__all__ = ["rule_schema"]
