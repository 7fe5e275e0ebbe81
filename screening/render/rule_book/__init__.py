"""From a knowledge base to the rule book: Markdown pages somebody reviews without the files."""

from screening.render.rule_book.book import MARK, rule_book
from screening.render.rule_book.trace import coverage_page

__all__ = ["MARK", "coverage_page", "rule_book"]
