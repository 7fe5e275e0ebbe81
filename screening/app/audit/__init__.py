"""From records to what can be shown of them later: drawn again, explained, compared, verified."""

from screening.app.audit.record_conclusion import Report, conclusion, keep_knowledge, keep_report

__all__ = ["Report", "conclusion", "keep_knowledge", "keep_report"]
