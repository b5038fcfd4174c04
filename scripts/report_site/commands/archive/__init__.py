"""Many reports to one site: a folder a report, a front page that lists them, a search over all of them."""

from .building import Outcome, make_archive
from .names import named

__all__ = ["Outcome", "make_archive", "named"]
