"""The findings that reports are tested with serve the narrative too."""

from tests.report.conftest import created, findings_of

__all__ = ["created", "findings_of"]
