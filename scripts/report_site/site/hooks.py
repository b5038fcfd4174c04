"""MkDocs hooks: each page in its own language, few stylesheets, none of the base theme's files."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import material
from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from rcssmin import cssmin
from rjsmin import jsmin

from report_site.language.parts import marked
from report_site.language.tags import VARIETIES, other_than
from report_site.model import Language
from report_site.publish.addresses import written_out
from report_site.site.citation import citation_of
from report_site.site.headline_values import value_parts
from report_site.site.shell import Edition, Shell, editions_of, lists_of, shell_of_missing, shell_of_page

BASE_THEME = Path(material.__file__).parent


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Only our own templates, which include none of the base theme's: MkDocs needn't list its thousands of files.

    MkDocs asks for the templates once a language. They differ in nothing, so they are compiled for the first only.
    """
    config.theme.dirs = [folder for folder in config.theme.dirs if BASE_THEME not in Path(folder).parents]
    config.theme.get_env = cache(config.theme.get_env)  # type: ignore[method-assign]
    return config


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Tells the blocks extension which language the page is in (MkDocs makes a new parser for each page)."""
    editions = _editions(config)
    language = page.file.src_uri.partition("/")[0]
    other = next((one.tag for code, one in editions.items() if code != language), "")
    config.mdx_configs["report_site.site.blocks"] = {
        "language": language,
        "other_tag": other or VARIETIES[other_than(editions[language].variety.language)].tag,
        "page_mark": editions[language].words["printed_page_mark"],
        "labelled": editions[language].words["labelled"],
        "case_end": editions[language].words["case_end"],
    }
    return markdown


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    return written_out(html, get_relative_url(".", page.url))


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Navigation is made once a language; what stands around the chapters is found when its first page is shown."""
    config.extra.pop("lists", None)
    return nav


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    outline, editions = config.extra["report"], _editions(config)
    language = page.file.src_uri.partition("/")[0]
    lists = config.extra.setdefault("lists", {})
    if language not in lists:
        lists[language] = lists_of(nav, language, editions[language], outline)
    shell = shell_of_page(page, editions, outline, lists[language], config.site_url or "")
    context["shell"], context["citation"] = shell, citation_of(shell)
    return context


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    editions = _editions(config)
    context["editions"] = editions
    context["shell"] = shell_of_missing(editions)
    return context


def _editions(config: MkDocsConfig) -> dict[str, Edition]:
    if "editions" not in config.extra:
        config.extra["editions"] = editions_of(config.extra["report"])
    editions: dict[str, Edition] = config.extra["editions"]
    return editions


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Leaves out what no page uses, and joins the blocks' stylesheets into the one that every page loads."""
    env.trim_blocks = env.lstrip_blocks = True
    env.autoescape = True
    env.filters["parts"] = _parts
    env.filters["headline"] = _headline
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
    for file in list(files):
        if _is_unused(file):
            files.remove(file)
        elif file.src_uri.startswith("assets/js/"):
            file.content_string = script(file.content_string)
    if config.theme.custom_dir:
        for name, css in stylesheets(Path(config.theme.custom_dir) / "assets" / "css").items():
            files.append(File.generated(config, f"assets/{name}", content=css))
    return env


@pass_context
def _parts(context: Context, text: Hashable) -> Markup:
    """The text with each run of the other language marked as such."""
    shell: Shell = context["shell"]
    return _marked(text, shell.edition.variety.language, shell.other_tag)


@lru_cache(maxsize=2**12, typed=True)
def _marked(text: Hashable, language: Language, other_tag: str) -> Markup:
    """Every page repeats the titles of others. `typed`: markup and plain text may read alike and are not the same."""
    return marked(text, language, other_tag)


@pass_context
def _headline(context: Context, value: str) -> Markup:
    """A value set large, its words and unit in spans of their own."""
    said = value_parts(value)
    spans = {"qualifier": said.qualifier, "amount": said.number, "unit": said.unit}
    filled = ((name, text) for name, text in spans.items() if text)
    span = Markup('<span class="{}">{}</span>')
    return Markup(" ").join(span.format(name, _parts(context, text)) for name, text in filled)


def _is_unused(file: File) -> bool:
    return file.src_uri.startswith(("assets/css/", "pdf/")) or file.src_uri.endswith((".json", ".csv"))


def script(source: str) -> str:
    """Without comments and blanks; its strings and template literals stay as they are."""
    return str(jsmin(source))


def stylesheets(folder: Path) -> dict[str, str]:
    """The sheets that pages load, by name: sheets.txt tells what each is joined from, and names every file once."""
    plan = (line.split(":") for line in (folder / "sheets.txt").read_text("utf-8").splitlines())
    parts = {sheet: names.split() for sheet, names in plan}
    listed = [name for names in parts.values() for name in names]
    if sorted(listed) != (there := sorted(path.name for path in folder.glob("*.css"))):
        odd = sorted({name for name in listed if listed.count(name) > 1} | set(listed) ^ set(there))
        raise PluginError(f"{folder / 'sheets.txt'} and the folder differ, or a file stands twice: {', '.join(odd)}")
    return {
        sheet: str(cssmin("".join((folder / name).read_text("utf-8") for name in names)))
        for sheet, names in parts.items()
    }
