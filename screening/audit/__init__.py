"""From records to what can be shown of them later: drawn again, explained, compared, verified."""

from screening.audit.keep import Report, conclusion, keep_knowledge, keep_report

__all__ = ["Report", "conclusion", "keep_knowledge", "keep_report"]
