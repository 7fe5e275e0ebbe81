"""From a knowledge base to the rule book: Markdown pages somebody reviews without the files."""

from screening.render.book.book import MARK, rule_book

__all__ = ["MARK", "rule_book"]
