"""What the intake hands on: the text in its dialect, the pictures, and the account of both. Frozen values only."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page: points (1/72 inch) from the page's top left corner, as a reader sees it."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def __or__(self, other: Box) -> Box:
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def __and__(self, other: Box) -> Box:
        """The common part; of negative size where there is none."""
        return Box(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def grown(self, by: float) -> Box:
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def meets(self, other: Box) -> bool:
        common = self & other
        return common.width > 0 and common.height > 0

    def holds(self, other: Box) -> bool:
        """The other's middle lies inside."""
        x, y = other.middle
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def covers(self, other: Box, slack: float = 1.0) -> bool:
        grown = self.grown(slack)
        return (grown | other) == grown

    def share_of(self, other: Box) -> float:
        """How much of `other` lies inside."""
        common = self & other
        meets = common.width > 0 and common.height > 0
        return common.area / other.area if other.area and meets else 0.0

    def rounded(self) -> tuple[int, int, int, int]:
        return round(self.left), round(self.top), round(self.right), round(self.bottom)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the source, taken in or not, with the reason."""

    name: str
    """File name, empty when no file is kept."""
    data: bytes
    page: int
    """Page of the file, from 1."""
    printed_page: int | None
    box: Box
    caption: str = ""
    offered: tuple[str, ...] = ()
    """Other lines that may be the caption: the editor's to choose."""
    alt: str = ""
    """The source's own alternative text. Never made from a caption."""
    decoration: str = ""
    """Why it is none of the report's pictures; empty when it is one."""
    line: int = 0
    """Line of the text at which it stands; 0 for decoration."""
    drawing: bool = False
    """Rendered from a vector drawing."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Words of the source that the text doesn't hold."""

    page: int
    box: Box
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place where the intake chose between readings: the editor's to look at."""

    page: int
    message: str
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class PageAccount:
    """Words of one page by PDFium, and how many of them came in."""

    page: int
    printed_page: int | None
    words: int
    taken: int
    pictures: int = 0
    decorations: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    engines: tuple[str, ...]
    lacks: tuple[str, ...] = ()
    """What an engine that isn't there would have given."""
    pages: tuple[PageAccount, ...] = ()
    missing: tuple[Missing, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def words(self) -> int:
        return sum(page.words for page in self.pages)

    @property
    def taken(self) -> int:
        return sum(page.taken for page in self.pages)


@dataclass(frozen=True, slots=True)
class Extraction:
    """A source taken in."""

    text: str
    pictures: tuple[Picture, ...] = ()
    account: Account = field(default_factory=lambda: Account(()))
