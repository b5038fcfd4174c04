"""Pictures as Markdown: what is shown of each, and how it is said that one was lost without saying it over again."""

from __future__ import annotations

from collections.abc import Container, Sequence

from ..language.strings import counted, words
from ..model import Block, Figure, Page
from ..model.texts import blocks_of
from .fences import attributes, caption_marks, caption_of, fence, quoted
from .inline import PageContext, escape, escape_marked


def figure(block: Figure, context: PageContext) -> str:
    picture = context.pictures.get(block.picture or "")
    options = [f"attrs: {{id: {block.id}}}", *caption_marks(block.caption, context)]
    alternative = context.say(block.alternative) if block.alternative else ""
    if picture:
        options += [
            f"src: {quoted(picture.src)}",
            f"width: {picture.width}",
            f"height: {picture.height}",
            f"alt: {quoted(alternative)}",
        ]
        options += [
            f"{name}: {quoted(value)}" for name, value in (("srcset", picture.srcset), ("webp", picture.webp)) if value
        ]
    else:
        options.append(f"lost: {quoted(words('diagram-lost' if block.words else 'picture-lost', context.voice))}")
    body = [escape(alternative)] if alternative and not picture else []
    body += [escape_marked(text, context) for text in block.description]
    if block.words:
        body.append(words("words-in-picture", context.voice))
        body.append("\n".join(f"- {escape_marked(word, context)}" for word in block.words))
    return fence("figure", caption_of(block.caption, context), options, "\n\n".join(body))


def lost_pictures(pages: Sequence[Page], context: PageContext) -> list[str]:
    """Says once, at the head of a document, how many of its pictures are missing."""
    figures = (block for page in pages for block in blocks_of(page) if isinstance(block, Figure))
    count = sum(context.pictures.get(one.picture or "") is None for one in figures)
    said = counted("pictures-lost", context.voice, count)
    return [fence("note", "", ["kind: pictures-lost"], said)] if count else []


def runs(
    blocks: Sequence[Block], *, begins: Container[str], shown: Container[str], remarked: Container[str]
) -> list[tuple[Block, ...]]:
    """The blocks in their order: pictures that stand together and left nothing but captions as one run, the rest alone.

    A printed page that begins between two of them parts them (`begins`: ids of blocks); one with a remark of its own
    (`remarked`) stays by itself. `shown`: names of the pictures that there are.
    """
    found: list[tuple[Block, ...]] = []
    before = False
    for block in blocks:
        alone = _left_a_caption(block, shown) and block.id not in remarked
        if alone and before and block.id not in begins:
            found[-1] = (*found[-1], block)
        else:
            found.append((block,))
        before = alone
    return found


def _left_a_caption(block: Block, shown: Container[str]) -> bool:
    return (
        isinstance(block, Figure)
        and block.caption is not None
        and (block.picture or "") not in shown
        and not (block.alternative or block.description or block.words)
    )


def caption_list(run: Sequence[Block], context: PageContext) -> str:
    """A run of such pictures: one mark, then their captions; each keeps its id."""
    items = [
        f"- {escape_marked(one.caption, context)}\n  {attributes(one.id, one.caption, context)}"
        for one in run
        if isinstance(one, Figure) and one.caption
    ]
    return fence("pictures", words("pictures-lost-here", context.voice), [], "\n".join(items))
