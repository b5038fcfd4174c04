"""From the text extraction of a designed report to an accessible bilingual website."""

__version__ = "0.6.0"
