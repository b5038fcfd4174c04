"""The report's own Markdown blocks (pymdown-extensions' block API) and the HTML that they become.

A block's argument and options are plain text, never markup: they go into the tree as atomic strings. Its body is
Markdown. README.md is the reference of the format; each class names the accessibility criteria that it serves.
"""

from __future__ import annotations

from markdown import Markdown
from pymdownx.blocks import BlocksExtension, BlocksProcessor
from pymdownx.blocks.block import Block

from ...language.tags import VARIETIES, other_than
from . import abbreviations
from .afterwards import LanguageOfParts, LineBreaks, ListIdentities
from .charts import ChartBlock
from .figures import FigureBlock, KeyFiguresBlock, LostPicturesBlock
from .parsing import GrowingBlocksManager, PlainTexts, Released, parse_in_parts
from .tables import TableBlock
from .texts import CaseBlock, NoteBlock, NotesBlock, PageBreakBlock, QuoteBlock, WordListBlock

OWN_BLOCKS: tuple[type[Block], ...] = (
    TableBlock,
    KeyFiguresBlock,
    FigureBlock,
    LostPicturesBlock,
    ChartBlock,
    CaseBlock,
    WordListBlock,
    NotesBlock,
    NoteBlock,
    QuoteBlock,
    PageBreakBlock,
)


class ReportBlocks(BlocksExtension):
    """Registers the blocks and the marking of languages with Python-Markdown."""

    def __init__(self, **options: object) -> None:
        self.config = {
            "language": ["zh", "The page's language; a hook sets it for each page."],
            "other_tag": ["", "Tag of what is foreign on the page; by default that of the other language."],
            "labelled": ["{label}: {text}", "How a label stands before what it names."],
            "case_end": ["", "What says that a case study is over, to the ear."],
            "page_mark": ["", "What stands for the eye before the number of a printed page."],
        }
        self._expansions: dict[str, str] = {}
        super().__init__(**options)

    def reset(self) -> None:
        """Before each page."""
        self._expansions.clear()

    def register_block_mgr(self, md: Markdown) -> BlocksProcessor:
        manager = GrowingBlocksManager()
        manager.extendMarkdown(md)
        return manager.extension

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: BlocksProcessor) -> None:
        for block in OWN_BLOCKS:
            block_mgr.register(block, self.getConfigs())
        parse_in_parts(md, (block.NAME for block in OWN_BLOCKS))

    def extendMarkdown(self, md: Markdown) -> None:
        super().extendMarkdown(md)
        md.registerExtension(self)
        self._expansions = abbreviations.register(md)
        md.treeprocessors.register(PlainTexts(md), "plain-texts", 21)
        md.treeprocessors.register(ListIdentities(md), "list-identities", 7)
        language = self.getConfig("language")
        other_tag = self.getConfig("other_tag") or VARIETIES[other_than(language)].tag
        md.treeprocessors.register(LineBreaks(md, language), "line-breaks", 6)
        md.treeprocessors.register(LanguageOfParts(md, language, other_tag), "language-of-parts", 5)
        md.treeprocessors.register(Released(md), "released", -100)


def makeExtension(**options: object) -> ReportBlocks:  # noqa: N802 (Python-Markdown looks for this name)
    """For `markdown_extensions: [report_site.site.blocks]`."""
    return ReportBlocks(**options)
