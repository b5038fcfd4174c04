"""The audits: each finds what its case holds, and nothing on a clean report; every mutated number is named."""

from __future__ import annotations

import posixpath
import random
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import places
from case_files import load_yaml
from report_site.audits import AUDITS, Audit, Evidence, run_audits
from report_site.audits.conservation import _PAIRS
from report_site.audits.evidence import gather, parse_page, resolve
from report_site.audits.glossary import holds, terms_in
from report_site.audits.ignores import UNUSED
from report_site.commands.editor.scaffold import start_folder
from report_site.convert import convert
from report_site.folder.catalogue import load_catalogue, translations_of
from report_site.folder.glossary import Term
from report_site.folder.loading import ReportFolder, load_folder
from report_site.language.numbers import compare
from report_site.model import Page, Text
from report_site.model.errors import InputError
from report_site.model.texts import map_texts
from report_site.publish.addresses import written_out
from report_site.publish.docs import render_site
from report_site.publish.roundtrip import parse_markdown
from report_site.publish.writing import write_folder
from report_site.site.build import build_site
from report_site.source.structure.pages import ID_LETTERS

CASES = places.CASES / "audits"
Case = dict[str, Any]
FAMILIES = ("conservation", "parity", "text", "page", "rulings")
SITE_URL = "https://example.org/sub/"


def load(name: str) -> list[Case]:
    cases: list[Case] = load_yaml(CASES / f"{name}.yml")
    return cases


# --- the small report and its site ---------------------------------------------------------------------------------

SHELL = """<!DOCTYPE html>
<html lang="{tag}"><head><meta charset="utf-8"><title>{title}</title><meta name="description" content="{description}">
<link rel="canonical" href="{base}{here}">
<link rel="alternate" hreflang="{tag}" href="{base}{here}">
<link rel="alternate" hreflang="{other}" href="{base}{twin}">
</head><body><a hreflang="{other}" lang="{other}" href="{switch}">{name}</a>
<main data-kind="{kind}">{body}</main></body></html>"""
TAGS = {"zh": "zh-CN", "en": "en"}
NAMES = {"zh": "English", "en": "中文"}


def address(language: str, slug: str) -> str:
    """`en/water/` from the site's root."""
    return ("en/" if language == "en" else "") + ("" if slug == "index" else f"{slug}/")


@cache
def page_html(language: str, slug: str, markdown: str) -> str:
    """A page with the links and the head that the audits read, without the theme."""
    meta = yaml.safe_load(markdown.split("---\n")[1])
    here, other = address(language, slug), "en" if language == "zh" else "zh"
    main = parse_markdown(markdown, language).css_first("main")
    html = written_out((main and main.inner_html) or "", posixpath.relpath(".", here or "."))
    body = html.replace("&nbsp;", " ")  # cases are written with plain spaces
    assert body

    def to(target: str) -> str:
        path = posixpath.relpath(target or ".", here or ".")
        return path if path.endswith("..") and not target else f"{path}/"

    def link(match: re.Match[str]) -> str:
        return f'href="{to(address(language, match[1]))}{match[2]}"'

    return SHELL.format(
        tag=TAGS[language],
        other=TAGS[other],
        name=NAMES[language],
        base=SITE_URL,
        here=here,
        twin=address(other, slug),
        switch=to(address(other, slug)),
        title=meta["title"],
        description=meta["description"],
        kind=meta["kind"],
        body=re.sub(r'href="([a-z-]+)\.md(#[^"]*)?"', lambda m: link(m).replace("None", ""), body),
    )


def build(folder: ReportFolder, site: Path) -> None:
    """The folder's site in a fraction of MkDocs' time: same Markdown, same parser, another shell."""
    source = folder.profile.language
    translations = translations_of(load_catalogue(folder.catalogue), source)
    site.mkdir(parents=True)
    rendered = render_site(convert(folder, translations))
    for name, data in {**rendered.docs, **dict(rendered.data_files())}.items():
        path = Path(name)
        if path.suffix == ".md":
            language, slug = path.parts[0], path.stem
            root = site if language == source else site / language
            target = root / address("zh", slug) / "index.html"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(page_html(language, slug, data.decode()), "utf-8")
        else:
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_bytes(data)
    (site / "favicon.png").write_bytes(b"")


@dataclass(frozen=True)
class Bench:
    """A copy of the small report, to be changed and checked."""

    root: Path
    site: Path
    untouched: Path
    """The site of the report as it was copied."""

    @property
    def folder(self) -> ReportFolder:
        return load_folder(self.root)

    def check(self, changes: list[dict[str, str]]) -> list[str]:
        """The findings after the changes; the site is built between those of the folder and all others."""
        for change in changes:
            if "report" in change:
                alter(self.root / change["report"], change)
        if any("report" in change for change in changes):
            build(self.folder, self.site)
        else:
            shutil.copytree(self.untouched, self.site)
        for change in changes:
            if "later" in change:
                alter(self.root / change["later"], change)
            if "site" in change:
                alter(self.site / change["site"], change)
        return [str(finding) for finding in run_audits(self.folder, self.site)]


def alter(path: Path, change: dict[str, str]) -> None:
    if "from" in change:
        text = path.read_text("utf-8")
        assert change["from"] in text, f"{path.name} doesn't hold {change['from']!r}"
        path.write_text(text.replace(change["from"], change.get("to", "")), "utf-8")
    elif "to" in change:
        path.write_text(change["to"], "utf-8")
    else:
        path.unlink()


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small report's site, from which most cases start."""
    site = tmp_path_factory.mktemp("untouched") / "site"
    build(load_folder(CASES / "sample"), site)
    return site


@pytest.fixture
def bench(tmp_path: Path, untouched: Path) -> Bench:
    root = tmp_path / "report"
    shutil.copytree(CASES / "sample", root)
    return Bench(root, tmp_path / "site", untouched)


def changes_of(case: Case) -> list[dict[str, str]]:
    changes = case["change"]
    return changes if isinstance(changes, list) else [changes]


# --- findings ------------------------------------------------------------------------------------------------------


def test_a_clean_report_has_no_findings(bench: Bench) -> None:
    assert bench.check([]) == []


MARKED = """# Harbour report 2023

## Aims

Our aims in short:

{items}

What follows from them is told below.
"""
MARKED_ITEMS = {
    "brackets": "(1) Quieter cranes\n(2) 2020 as the year to compare with\n(3) Shore power",
    "one from four": "(4) https://harbour.example/aims/2023",
    "letters": "a) Quieter cranes\nb) 12 new berths\nc) Shore power",
    "points": "3. Quieter cranes\n4. Shore power",
    "circled": "① Quieter cranes\n② Shore power",
    "ideographs": "（一）岸电\n（二）噪声较低的起重机",
    "romans": "(i) Quieter cranes\n(ii) Shore power\n(iii) 12 berths",
}


@pytest.mark.parametrize("items", MARKED_ITEMS.values(), ids=MARKED_ITEMS)
def test_the_printed_marks_of_items_are_no_alteration(items: str, tmp_path: Path) -> None:
    source = tmp_path / "harbour.md"
    source.write_text(MARKED.format(items=items), "utf-8")
    assert conserved(source, tmp_path) == []


@pytest.mark.parametrize("sample", sorted(path.name for path in places.SAMPLES.iterdir()))
def test_an_untouched_report_conserves_its_texts(sample: str, tmp_path: Path) -> None:
    assert conserved(places.SAMPLES / sample, tmp_path) == []


def conserved(source: Path, scratch: Path) -> list[str]:
    """What the audits of conservation find on a report that nobody has touched since it was started."""
    write_folder(start_folder(source).files, scratch / "new")
    folder = load_folder(scratch / "new")
    build(folder, scratch / "built")
    found = run_audits(folder, scratch / "built")
    return [str(finding) for finding in found if finding.code.startswith("conservation")]


@pytest.mark.parametrize(
    "case",
    [case for family in FAMILIES for case in load(family)],
    ids=lambda case: f"{case['code']}: {case['title']}",
)
def test_finds(bench: Bench, case: Case) -> None:
    found = bench.check(changes_of(case))
    own = [finding for finding in found if finding.startswith(f"{case['code']}: ")]
    for finding, expected in zip(own, case["finds"], strict=False):
        assert f"{finding.removeprefix(case['code'] + ': ')} ".startswith(f"{expected} ")
    assert len(own) == len(case["finds"]), "\n".join(own)
    assert {finding.split(": ")[0] for finding in found} - {case["code"]} == set(case.get("also", ()))


@pytest.mark.parametrize("case", load("ignores"), ids=lambda case: case["title"])
def test_lets_stand_what_a_person_has_judged(bench: Bench, case: Case) -> None:
    assert bench.check(changes_of(case)) == case["finds"]


def test_every_code_has_a_case() -> None:
    cases = [case for family in FAMILIES for case in load(family) if case["finds"]]
    assert {case["code"] for case in cases} == set(AUDITS)


@pytest.mark.parametrize("audit", AUDITS.values(), ids=lambda audit: audit.code)
def test_every_audit_says_what_it_asks_and_what_helps(audit: Audit) -> None:
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)+", audit.code)
    assert all([audit.rule, audit.reference, audit.remedy])
    assert "\n" not in audit.rule
    assert audit.code != UNUSED


def test_every_block_type_is_looked_for_in_the_page() -> None:
    assert set(ID_LETTERS) < set(_PAIRS)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("ignores: [{code: links-targets, place: x, why: y}]", "did you mean 'links-target'?"),
        ("ignores: [{code: links-target, place: x}]", "ignores[0].why"),
        ("- {code: links-target}", "expected a mapping"),
    ],
)
def test_a_mistake_in_the_ignores_is_named(bench: Bench, text: str, problem: str) -> None:
    with pytest.raises(InputError) as error:
        bench.check([{"later": "ignores.yml", "to": text}])
    assert problem in str(error.value)


@pytest.mark.parametrize("file", ["ledger.json", "report.json"])
@pytest.mark.parametrize("text", [None, "{", "[]"])
def test_a_broken_site_is_no_traceback(bench: Bench, file: str, text: str | None) -> None:
    change = {"site": file} if text is None else {"site": file, "to": text}
    if file == "report.json" and text == "[]":
        assert any(finding.startswith("conservation-stale") for finding in bench.check([change]))
        return
    with pytest.raises(InputError) as error:
        bench.check([change])
    assert file in str(error.value)


def test_no_site_is_no_traceback(bench: Bench) -> None:
    with pytest.raises(InputError, match="no built site"):
        run_audits(bench.folder, bench.site)


def test_a_site_of_another_wording_is_checked_against_it(bench: Bench, tmp_path: Path) -> None:
    """Same lines and facts in other words: found by id and numbers, and no translation is older than it."""
    other = tmp_path / "official.txt"
    text = (bench.root / "source.md").read_text("utf-8")
    other.write_text(text.replace("修好旧水管", "老旧水管修缮").replace("进渡", "进度"), "utf-8")
    translations = translations_of(load_catalogue(bench.folder.catalogue), "zh")
    rendered = render_site(convert(bench.folder, translations, other))
    files = {**rendered.docs, **dict(rendered.data_files())}
    bench.check([])
    for name in ("ledger.json", "report.json"):
        (bench.site / name).write_bytes(files[name])
    for language in ("zh", "en"):
        target = bench.site / address(language, "water") / "index.html"
        target.write_text(page_html(language, "water", files[f"{language}/water.md"].decode()), "utf-8")
    assert [f.code for f in run_audits(bench.folder, bench.site)] == ["conservation-stale"]
    assert [f.code for f in run_audits(bench.folder, bench.site, other)] == ["rulings-correction"]


# --- deletions and mutations ---------------------------------------------------------------------------------------


def test_any_sentence_deleted_from_any_page_is_found(bench: Bench) -> None:
    """Every sentence of the model, in both languages, taken out of its page in turn."""
    bench.check([])
    evidence = gather(bench.folder, bench.site)
    audit = AUDITS["conservation-text"]
    sentences = 0
    for path in ("water/index.html", "en/water/index.html", "contact/index.html", "en/contact/index.html"):
        html = (bench.site / path).read_text("utf-8")
        start = html.index("<main")
        for match in re.finditer(r"(?<=[>。])[^<>\n]{6,}?(?:。|\.(?= |<)|(?=<))", html[start:]):
            if not _is_reports_own(html[start:], match.start()):
                continue
            sentences += 1
            cut = html[: start + match.start()] + html[start + match.end() :]
            pages = {**evidence.pages, path: replace(parse_page(path, cut), base=SITE_URL)}
            assert audit.findings(replace(evidence, pages=pages)), match[0]
    assert sentences > 40


def _is_reports_own(html: str, at: int) -> bool:
    """Not what the site adds: notes, labels and remarks on what was lost."""
    opened = html.rfind("<", 0, at)
    added = r'<(?:p class="(?:figure-status|case-label|case-end unseen|word-list-note)"|a href="[^"]*\.csv|a [^>]*doc-noteref|span)'
    own = not re.match(added, html[opened:]) and not re.search(r'pictures-lost" role="note">\s*<p>$', html[:at])
    return own and at < html.find("editors-notes") if "editors-notes" in html else own


def corpus() -> list[tuple[str, str]]:
    pairs = load_yaml(CASES / "corpus.yml")
    return [(pair["zh"], pair["en"]) for pair in pairs]


MUTATIONS: dict[str, tuple[str, Callable[[re.Match[str], random.Random], str]]] = {
    # What changes no meaning isn't tried: 近 3 年 is "the last three years", 5-10% is 5%-10%.
    "digit": (r"\d", lambda m, r: r.choice([d for d in "0123456789" if d != m[0]])),
    "sign": (r"(?<=\d) ?[%+](?! ?(?:[-~到至]|to ))|(?<=[\d万亿])余|(?<=[\d万亿])多(?=[万亿个名人家])", lambda m, r: ""),
    "qualifier-zh": (
        r"(?:超过|超|逾|接近|近(?! ?\d 年)|大约|约|至少|不到|不足)(?= ?\d)|(?<=\d) ?以上",
        lambda m, r: "",
    ),
    "qualifier-en": (
        r"\b(?:more than|over|nearly|almost|about|around|approximately|at least|fewer than|less than) (?=[\d¥])",
        lambda m, r: "",
    ),
    "scale-zh": (r"(?<=[\d余多+ ])[万亿]", lambda m, r: "亿" if m[0] == "万" else "万"),
    "scale-en": (r"\b[mb]illion\b", lambda m, r: "billion" if m[0] == "million" else "million"),
}


def mutants(pairs: list[tuple[str, str]], count: int, seed: int) -> Iterator[tuple[int, str, str, str]]:
    """Index of the pair, what was done, and both texts with one place of one of them changed."""
    places = [
        (index, side, kind, match)
        for index, pair in enumerate(pairs)
        for side, text in enumerate(pair)
        for kind, (pattern, _) in MUTATIONS.items()
        for match in re.finditer(pattern, text)
    ]
    chance = random.Random(seed)
    chosen = chance.sample(places, min(count, len(places)))
    chosen += [chance.choice(places) for _ in range(count - len(chosen))]
    for index, side, kind, match in chosen:
        text = pairs[index][side]
        changed = text[: match.start()] + MUTATIONS[kind][1](match, chance) + text[match.end() :]
        both = [*pairs[index]]
        both[side] = changed
        yield index, kind, both[0], both[1]


def test_the_corpus_raises_no_false_alarm() -> None:
    assert [(zh, en, list(map(str, found))) for zh, en in corpus() if (found := compare(zh, en))] == []


def with_texts(evidence: Evidence, pairs: dict[str, tuple[str, str]]) -> Evidence:
    """The evidence with the texts of these ids told otherwise."""

    def changed(text: Text, role: str) -> Text:
        both = pairs.get(text.id)
        return replace(text, source=both[0], translation=both[1]) if both else text

    def page(one: Page) -> Page:
        return replace(
            one, section=replace(one.section, blocks=tuple(map_texts(b, changed) for b in one.section.blocks))
        )

    return replace(evidence, report=replace(evidence.report, pages=tuple(page(one) for one in evidence.report.pages)))


@pytest.mark.parametrize("seed", [2022, 2023, 2024])
def test_every_mutated_number_is_named_with_both_places(bench: Bench, seed: int, thorough: bool) -> None:
    bench.check([])
    evidence = gather(bench.folder, bench.site)
    audit = AUDITS["numbers-value"]
    for _, kind, zh, en in mutants(corpus(), 300 if thorough else 60, seed):
        found = audit.findings(with_texts(evidence, {"water-p1": (zh, en)}))
        assert found, f"{kind}: {zh} / {en}"
        assert {finding.place for finding in found} == {"source.md:5, en.po water#water-p1"}


def test_every_mutated_number_of_the_shipped_report_is_named(shipped: ReportFolder, thorough: bool) -> None:
    language = shipped.profile.language
    catalogue = translations_of(load_catalogue(shipped.catalogue), language)
    pairs = [pair for pair in catalogue.by_context.values() if re.search(r"\d", pair[0])]
    if language != "zh" or not pairs:
        pytest.skip("report/ has no Chinese numbers with their English")
    count = 300 if thorough else 60
    missed = [f"{kind}: {zh} / {en}" for _, kind, zh, en in mutants(pairs, count, 2022) if not compare(zh, en)]
    assert missed == []


# --- parts ---------------------------------------------------------------------------------------------------------

TERMS = (
    Term(zh="公益", en="public welfare", kind="term"),
    Term(zh="公益平台", en="the Public Welfare Platform", kind="product"),
    Term(zh="DOU 有好戏", en="DOU Drama", kind="programme"),
    Term(zh="青年", en="young person", also=("policy for the young",), kind="term"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公益平台上线", ["公益平台"]),
        ("公益平台做公益", ["公益平台", "公益"]),
        ("DOU有好戏开播", ["DOU 有好戏"]),
        ("XDOU 有好戏", []),
        ("没有", []),
    ],
)
def test_the_longest_term_wins(text: str, expected: list[str]) -> None:
    assert [term.zh for term in terms_in(text, TERMS)] == expected


@pytest.mark.parametrize(
    ("text", "zh", "expected"),
    [
        ("A public welfare platform's users", "公益平台", True),
        ("Public-welfare platforms", "公益平台", True),
        ("the public platform", "公益平台", False),
        ("Young persons", "青年", True),
        ("policies for the young", "青年", True),
        ("DOU Dramatic", "DOU 有好戏", False),
    ],
)
def test_a_form_may_be_inflected(text: str, zh: str, expected: bool) -> None:
    (term,) = (term for term in TERMS if term.zh == zh)
    assert holds(text, term) is expected


@pytest.mark.parametrize(
    ("path", "href", "file"),
    [
        ("en/water/index.html", "../contact/#a", "en/contact/index.html"),
        ("en/water/index.html", "./", "en/water/index.html"),
        ("en/water/index.html", "#a", "en/water/index.html"),
        ("en/water/index.html", "../..", "index.html"),
        ("index.html", ".", "index.html"),
        ("index.html", "assets/a.css?v=1", "assets/a.css"),
        ("404.html", "/sub/en/", "en/index.html"),
        ("404.html", "/sub/.", "index.html"),
        ("index.html", f"{SITE_URL}en/water/#a", "en/water/index.html"),
        ("index.html", "https://example.net/", None),
        ("index.html", "mailto:a@example.org", None),
    ],
)
def test_an_address_resolves_to_a_file(path: str, href: str, file: str | None) -> None:
    page = replace(parse_page(path, "<html></html>"), base=SITE_URL)
    target = resolve(page, href)
    assert (target.file if target else None) == file


@pytest.mark.slow
def test_the_theme_adds_nothing_that_an_audit_objects_to(bench: Bench) -> None:
    """The small report through MkDocs and the real theme."""
    translations = translations_of(load_catalogue(bench.folder.catalogue), "zh")
    build_site(render_site(convert(bench.folder, translations)), bench.site, address=places.ADDRESS)
    assert [str(finding) for finding in run_audits(bench.folder, bench.site)] == []
