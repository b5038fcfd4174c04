"""An extraction as files: extraction.md, pictures/, account.json."""

from __future__ import annotations

import json
from dataclasses import asdict

from .extraction import Extraction, Picture

TEXT, PICTURES, ACCOUNT = "extraction.md", "pictures", "account.json"


def files_of(extraction: Extraction) -> dict[str, bytes]:
    """Content by path; decoration is listed in the account, its pixels are not kept."""
    files = {TEXT: extraction.text.encode("utf-8"), ACCOUNT: account_json(extraction)}
    files |= {f"{PICTURES}/{p.name}": p.data for p in extraction.pictures if p.name and not p.decoration}
    return files


def account_json(extraction: Extraction) -> bytes:
    account = extraction.account
    data = {
        "engines": account.engines,
        "lacks": account.lacks,
        "words": account.words,
        "taken": account.taken,
        "pages": [asdict(page) for page in account.pages],
        "missing": [{**asdict(m), "box": m.box.rounded()} for m in account.missing],
        "doubts": [{**asdict(d), "box": d.box.rounded() if d.box else None} for d in account.doubts],
        "pictures": [_picture(picture) for picture in extraction.pictures],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _picture(picture: Picture) -> dict[str, object]:
    return {
        "name": "" if picture.decoration else picture.name,
        "page": picture.page,
        "printed_page": picture.printed_page,
        "line": picture.line,
        "box": picture.box.rounded(),
        "caption": picture.caption,
        "offered": picture.offered,
        "alt": picture.alt,
        "decoration": picture.decoration,
        "drawing": picture.drawing,
    }


def todo_of(extraction: Extraction) -> list[str]:
    """What of it needs a person, one item a line."""
    items = [f"{PICTURES}/{p.name}: {_where(p)}: write its alternative text" for p in extraction.pictures if _unsaid(p)]
    items += [f"page {m.page} of the file: not taken over ({m.reason}): {m.words}" for m in extraction.account.missing]
    items += [f"page {d.page} of the file: {d.message}" for d in extraction.account.doubts]
    return [*(f"lacks {lack}" for lack in extraction.account.lacks), *items]


def _unsaid(picture: Picture) -> bool:
    return not picture.decoration and not picture.alt


def _where(picture: Picture) -> str:
    printed = f"printed page {picture.printed_page}" if picture.printed_page else f"page {picture.page} of the file"
    return f"{printed}, line {picture.line} of source.md"


def summary(extraction: Extraction) -> list[str]:
    """What came in, in a few lines."""
    account = extraction.account
    kept = [picture for picture in extraction.pictures if not picture.decoration]
    captions = sum(bool(picture.caption) for picture in kept)
    lines = [
        f"{len(account.pages)} pages by {' and '.join(account.engines)}: {account.taken} of {account.words} words, "
        f"{len(kept)} pictures ({captions} with caption), {len(extraction.pictures) - len(kept)} decorations"
    ]
    lines += [f"lacks {lack}" for lack in account.lacks]
    lines += [f"page {m.page}, box {m.box.rounded()}: {m.reason}: {m.words[:60]}" for m in account.missing]
    return lines
