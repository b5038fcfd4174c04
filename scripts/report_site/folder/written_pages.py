"""Pages that somebody wrote by hand, `pages/zh/about.md`: front matter with keys of its own, else the h1 is the title.

What their Markdown may hold is judged where it is rendered (`publish/written_pages.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import ConfigDict, Field, ValidationError

from ..model import Language
from ..model.errors import InputError, Problem
from ..model.slugs import FOLDERS, SLUG
from .files import read_text
from .layout import PAGES_NAME
from .profile import ShortWords
from .strict_yaml import Document, read_yaml
from .validation import Checked, told

OFFICIAL_NAME = "official"
LANGUAGES: tuple[Language, ...] = ("zh", "en")
_FRONT_MATTER = re.compile(r"^-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
"""As MkDocs reads it (`mkdocs.utils.meta`, whose import takes longer than a conversion)."""
_HEADING = re.compile(r"^# +(?P<title>\S.*?)(?:\s+#+)?(?:\s*\{:[^}]*\})?\s*$", re.MULTILINE)


class PageText(str):
    """A page with whole front matter, which knows how many lines its file hasn't."""

    __slots__ = ("above",)
    above: int


_WHOLE = frozenset(("title", "kind", "slug", "template_kind"))
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)


class FrontMatter(Checked):
    """What a page says of itself; all of it is known, since templates act on it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: ShortWords | None = None
    description: Annotated[str, Field(max_length=1000)] = ""
    kind: Literal["site"] = "site"
    slug: str = ""
    """The page's file says it; given, it has to agree."""
    template_kind: Literal["page"] = "page"
    noindex: bool = False


def load_written_pages(root: Path) -> dict[str, str]:
    """Path in the docs folder -> Markdown with whole front matter; `InputError` names all mistakes of all pages."""
    return _load(root / PAGES_NAME, root)


def load_official_pages(root: Path) -> dict[str, str]:
    """Likewise, the pages that take the place of others where the publisher's own wording is published."""
    return _load(root / PAGES_NAME / OFFICIAL_NAME, root)


def _load(folder: Path, root: Path) -> dict[str, str]:
    if not folder.exists():
        return {}
    pages: dict[str, str] = {}
    problems = list(_strays(folder))
    for language in LANGUAGES:
        for path in sorted((folder / language).glob("*.md")):
            try:
                pages[f"{language}/{path.name}"] = _read_page(path, root)
            except InputError as error:
                problems += error.problems
    if problems := [*problems, *_alone(folder)]:
        raise InputError(*problems)
    return pages


def _strays(folder: Path) -> Iterator[Problem]:
    """What stands in pages/ and would be passed over without a word."""
    for path in sorted(folder.glob("*")):
        if path.suffix.lower() == ".md" or (path.is_dir() and path.name not in (*LANGUAGES, OFFICIAL_NAME)):
            yield Problem(_shown(path), "pages stand in pages/zh and pages/en", "put it there")
    for language in LANGUAGES:
        for path in sorted((folder / language).glob("*")):
            if path.stem in FOLDERS:
                yield Problem(_shown(path), f"the site itself has a folder {path.stem!r}", "give the page another name")
            elif not path.name.startswith(".") and (path.suffix != ".md" or not SLUG.fullmatch(path.stem)):
                remedy = "name it with small letters, digits and single hyphens, such as about.md"
                yield Problem(_shown(path), "is no name of a page", remedy)


def _alone(folder: Path) -> Iterator[Problem]:
    """A report in one language has its pages in that one."""
    names = {language: {path.name for path in (folder / language).glob("*.md")} for language in LANGUAGES}
    if not all(names.values()):
        return
    for language, other in (LANGUAGES, LANGUAGES[::-1]):
        for name in sorted(names[language] - names[other]):
            remedy = f"every page stands in both languages, as {language}/{name} does"
            yield Problem(_shown(folder / other / name), "is missing", remedy)


def _shown(path: Path) -> str:
    return str(path).encode("utf-8", "backslashreplace").decode()


def _read_page(path: Path, root: Path) -> str:
    text = read_text(path, root)
    if not text.strip():
        raise InputError(Problem(str(path), "is empty", "write the page, or remove the file"))
    block = _FRONT_MATTER.match(text)
    if block is None and _FENCE.match(text):
        raise InputError(Problem(f"{path}:1", "the front matter doesn't end", "end it with a line `---`"))
    body = text[block.end() :] if block else text
    meta = _front_matter(block[1], path) if block else FrontMatter()
    if meta.slug not in ("", path.stem):
        message = f"the page's address is its file's name, {path.stem!r}, not {meta.slug!r}"
        raise InputError(Problem(f"{path}:{_line_of('slug:', text)}", message, "take out `slug`, or rename the file"))
    title = meta.title or _title(body)
    if title is None:
        raise InputError(Problem(f"{path}:1", "has no title", "begin it with a line `# Title`"))
    if block and meta.model_fields_set >= _WHOLE and block[0].startswith("---\n") and block[0].endswith("\n---\n"):
        return text
    whole = {"title": title, "description": meta.description, "kind": meta.kind, "slug": path.stem}
    whole = {key: value for key, value in whole.items() if value} | {"template_kind": meta.template_kind}
    told_apart: dict[str, object] = {**whole, **({"noindex": True} if meta.noindex else {})}
    dumped = yaml.safe_dump(told_apart, allow_unicode=True, sort_keys=False, width=1000)
    page = PageText(f"---\n{dumped}---\n\n{body.lstrip()}")
    page.above = page.count("\n") - text.count("\n")
    return page


def _title(body: str) -> str | None:
    match = _HEADING.search(body)
    return match["title"] if match else None


def _front_matter(text: str, path: Path) -> FrontMatter:
    if not text.strip():
        return FrontMatter()
    document = _below_fence(text, path)
    try:
        return FrontMatter.model_validate(document.data)
    except ValidationError as error:
        raise InputError(*told(path, document, FrontMatter, error)) from error


def _below_fence(text: str, path: Path) -> Document:
    """The front matter's data; the fence above it counts as a line."""
    return read_yaml("\n" + text, path)


def _line_of(wanted: str, text: str) -> int:
    return text[: text.find(wanted)].count("\n") + 1
