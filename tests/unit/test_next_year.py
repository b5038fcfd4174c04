"""The next year's report: what people settled for the old one holds for all that is the same."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from report_site.commands.cli import main
from report_site.commands.editor.editions.alike import nearest
from report_site.commands.editor.editions.catalogue import carried_catalogue
from report_site.commands.editor.editions.lines import Moved, same_lines
from report_site.folder.catalogue import Message, load_catalogue, new_catalogue
from report_site.folder.loading import load_folder
from report_site.folder.po import Catalogue, Entry, dump_po
from stages import received

TOPICS = ("节水", "节电", "培训", "安全", "社区", "采购", "质量", "治理", "研发", "物流")
PLACES = ("东厂区", "西厂区", "南厂区", "北厂区", "总部")


def paragraphs() -> list[str]:
    return [f"{place}围绕{topic}开展工作，员工按月记录，管理层逐项核对。" for topic in TOPICS for place in PLACES]


def text_of(texts: list[str], year: int) -> str:
    """Three chapters, with a key figure, a diagram and an error of the print."""
    third = len(texts) // 3
    parts = [
        f"# 晨星集团 {year} 社会责任报告",
        f"# 责任管理\n\n本报告介绍 {year} 年的工作。",
        *texts[:third],
        "# 绿色运营\n\n## 能源与水",
        *texts[third : 2 * third],
        "厂区共有 3 座净水也。\n\n图：净水流程",
        "# 员工成长",
        *texts[2 * third :],
    ]
    return "\n\n".join(parts) + "\n"


PROFILE = {
    "language": "zh",
    "year": 2030,
    "title": {"zh": "晨星集团 2030 社会责任报告", "en": "Morning Star Social Responsibility Report 2030"},
    "publisher": {"zh": "晨星集团", "en": "Morning Star"},
    "contact": "csr@example.org",
    "site": {"name": {"zh": "读报社", "en": "Report Readers"}, "contact": "readers@example.org"},
}
"""With places that `settings` adds."""


BESIDE = {
    "style.zh.yml": "words: []\n",
    "style.en.md": "Plain words.\n",
    "names.txt": "晨星集团\n",
    "CNAME": "reports.example.org\n",
    "pages/official/zh/about.md": "# 关于本站\n\n出版者的文字。\n",
    "pages/official/en/about.md": "# About this site\n\nThe publisher's words, of 2030.\n",
    "interview.docx": "notes of an editor",
}
"""Files that people edit, beside those that a folder needs."""
KEPT, CHANGED, GONE = paragraphs()[0], paragraphs()[3], paragraphs()[6]


def judged(folder: Path, catalogue: Catalogue, source: str) -> None:
    """Findings that somebody lets stand, and translations for the publisher's wording, of a text that stays, of one
    that changes, of one that goes.
    """
    contexts = {entry.id: entry.context for entry in catalogue}
    ignores = [
        {"code": "glossary-term", "place": f"source.md:{line_of(source, text)}, en.po {contexts[text]}", "why": text}
        for text in (KEPT, CHANGED, GONE)
    ]
    gone = contexts[GONE].replace("#", "/index.html#")
    ignores += [{"code": "glossary-term", "place": place, "why": place} for place in ("about/index.html", gone, "*")]
    ignores += [{"code": "translation-missing", "place": "about/index.html", "why": "told next week"}]
    told = yaml.safe_dump({"ignores": ignores}, allow_unicode=True)
    (folder / "ignores.yml").write_text(f"# Looked at in May.\n{told}", "utf-8")
    official = {contexts[text]: f"Told of {i}." for i, text in enumerate((KEPT, CHANGED, GONE))}
    with (folder / "report.yml").open("a", encoding="utf-8") as profile:
        profile.write(yaml.safe_dump({"official": official}, allow_unicode=True))


def line_of(source: str, wanted: str) -> int:
    return next(number for number, line in enumerate(source.split("\n"), 1) if wanted in line)


def settings(source: str) -> dict[str, object]:
    at = {name: line_of(source, name) for name in ("责任管理", "绿色运营", "能源与水", "员工成长", "净水也")}
    error = {
        "at": f"{at['净水也']} 厂区共有",
        "wrong": "净水也",
        "right": "净水池",
        "why": {"zh": "误字", "en": "Misprint"},
    }
    energy = {"at": f"{at['能源与水']} 能源与水", "slug": "energy", "kind": "section", "page": True}
    chapters = [
        {"at": f"{at['责任管理']} 责任管理", "slug": "governance", "kind": "chapter"},
        {"at": f"{at['绿色运营']} 绿色运营", "slug": "green", "kind": "chapter", "sections": [energy]},
        {"at": f"{at['员工成长']} 员工成长", "slug": "people", "kind": "chapter"},
    ]
    summaries = {"green": {"zh": "本章讲水和电。", "en": "About water and power."}, "people": {"zh": "本章讲人。"}}
    return {**PROFILE, "outline": chapters, "corrections": [error], "summaries": summaries, "published": 2031}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Last year's folder, translated."""
    folder = tmp_path_factory.mktemp("years") / "old"
    source = text_of(paragraphs(), 2030)
    drawing = {
        "at": f"{line_of(source, '净水流程')} 净水流程",
        "alternative": {"zh": "三步净水。", "en": "Three steps."},
    }
    files: Mapping[str, object] = {
        "report.yml": settings(source),
        "figures.yml": {"figures": [drawing]},
        "glossary.yml": {"terms": [{"zh": "晨星集团", "en": "Morning Star", "kind": "organisation"}]},
        "style.en.yml": {"words": [{"word": "utilise", "instead": "use", "why": "plain words"}]},
    }
    (folder / "pages/zh").mkdir(parents=True)
    (folder / "pages/en").mkdir()
    (folder / "source.md").write_text(source, "utf-8")
    (folder / "pages/zh/about.md").write_text("# 关于本站\n\n本站由编辑部制作。\n", "utf-8")
    (folder / "pages/en/about.md").write_text("# About this site\n\nMade by the editors.\n", "utf-8")
    for name, data in files.items():
        (folder / name).write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    for name, text in BESIDE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    done = run("convert", "--report", folder, "--docs", folder.parent / "docs")
    assert done.exit_code == 0, done.output
    catalogue = load_catalogue(folder / "en.po")
    judged(folder, catalogue, source)
    told = tuple(Entry(m.context, m.id, f"Text {i}.", extracted=m.extracted) for i, m in enumerate(catalogue.messages))
    (folder / "en.po").write_bytes(dump_po(Catalogue(catalogue.header, told)))
    return folder


def this_year() -> list[str]:
    """Of fifty paragraphs 35 are the same, five differ in words, five are gone; six are new."""
    texts = paragraphs()
    changed = {i: texts[i].replace("按月记录", "按周记录") for i in range(3, 50, 10)}
    gone = set(range(6, 50, 10))
    new = {i: f"今年第{i}项新举措由各部门共同推进，年底完成验收。" for i in range(8, 50, 5)}
    kept = [changed.get(i, new.get(i, text)) for i, text in enumerate(texts) if i not in gone]
    return ["集团首次发布供应商名录，接受公众监督。", *kept]


@pytest.fixture(scope="module")
def carried(old: Path) -> tuple[Path, Result]:
    folder = old.parent / "new"
    source = old.parent / "new.txt"
    source.write_text(text_of(this_year(), 2031), "utf-8")
    done = run("new", folder, "--from", old, "--source", source)
    assert done.exit_code == 0, done.output
    return folder, done


def test_every_text_that_is_the_same_keeps_its_translation(old: Path, carried: tuple[Path, Result]) -> None:
    before = {entry.id: entry.string for entry in load_catalogue(old / "en.po")}
    after = list(load_catalogue(carried[0] / "en.po"))
    same = [entry for entry in after if entry.id in before]
    assert len(same) >= 35
    assert all(entry.string == before[entry.id] and not entry.fuzzy for entry in same)


def test_a_changed_text_is_fuzzy_beside_its_old_source(old: Path, carried: tuple[Path, Result]) -> None:
    before = {entry.id: entry.string for entry in load_catalogue(old / "en.po")}
    after = load_catalogue(carried[0] / "en.po")
    changed = [entry for entry in after if "按周记录" in entry.id]
    assert len(changed) == 5
    assert all(entry.fuzzy and entry.previous == entry.id.replace("按周", "按月") for entry in changed)
    assert all(entry.string == before[entry.previous or ""] for entry in changed)
    assert all(not entry.string for entry in after if "新举措" in entry.id)


def test_what_no_text_needs_stays_as_obsolete(old: Path, carried: tuple[Path, Result]) -> None:
    after = load_catalogue(carried[0] / "en.po")
    used = {entry.id for entry in after} | {entry.previous for entry in after}
    gone = {entry.id: entry.string for entry in load_catalogue(old / "en.po") if entry.id not in used}
    assert gone
    assert {entry.id: entry.string for entry in after.obsolete} == gone


def test_headings_keep_slug_kind_and_level(carried: tuple[Path, Result]) -> None:
    profile = load_folder(carried[0]).profile
    found = [(entry.slug, entry.kind, entry.page) for top in profile.outline for entry in top.walk()]
    wanted = [("governance", "chapter"), ("green", "chapter"), ("energy", "section"), ("people", "chapter")]
    assert [(slug, kind) for slug, kind, _ in found if slug in dict(wanted)] == wanted
    assert ("energy", "section", True) in found


def test_settings_are_those_of_the_new_year(carried: tuple[Path, Result]) -> None:
    profile = load_folder(carried[0]).profile
    assert profile.year == 2031
    assert profile.title.en == "Morning Star Social Responsibility Report 2031"
    assert profile.publisher is not None
    assert profile.publisher.en == "Morning Star"
    assert profile.contact == "csr@example.org"
    assert profile.site.contact == "readers@example.org"


def test_rulings_figures_and_written_pages_carry_over(old: Path, carried: tuple[Path, Result]) -> None:
    folder = load_folder(carried[0])
    source = (carried[0] / "source.md").read_text("utf-8")
    (correction,), (figure,) = folder.profile.corrections, folder.figures
    assert correction.at.first == line_of(source, "净水也")
    assert figure.at.first == line_of(source, "净水流程")
    assert figure.alternative is not None
    for name in ("glossary.yml", "style.en.yml", "pages/zh/about.md", "pages/en/about.md"):
        assert (carried[0] / name).read_bytes() == (old / name).read_bytes()


def test_every_file_that_people_edit_carries_over(old: Path, carried: tuple[Path, Result]) -> None:
    for name in BESIDE.keys() - {"interview.docx"}:
        assert (carried[0] / name).read_bytes() == (old / name).read_bytes(), name
    assert "dropped: file: interview.docx" in carried[1].output
    assert not (carried[0] / "interview.docx").exists()


def test_findings_that_stand_carry_over_with_their_texts(carried: tuple[Path, Result]) -> None:
    ignores = yaml.safe_load((carried[0] / "ignores.yml").read_text("utf-8"))["ignores"]
    source = (carried[0] / "source.md").read_text("utf-8")
    context = next(entry.context for entry in load_catalogue(carried[0] / "en.po") if entry.id == KEPT)
    assert [one["place"] for one in ignores] == [
        f"source.md:{line_of(source, KEPT)}, en.po {context}",
        "about/index.html",
    ]
    assert "ignores: 2 of 7 still apply" in carried[1].output
    assert sum(line.startswith("- dropped: ignores: ") for line in todo_of(carried)) == 5


def test_what_would_hide_all_of_the_new_report_is_not_carried_over(carried: tuple[Path, Result]) -> None:
    assert {"- dropped: ignores: glossary-term *", "- dropped: ignores: translation-missing about/index.html"} <= set(
        todo_of(carried)
    )


def test_summaries_and_official_translations_stay_where_their_page_or_text_does(carried: tuple[Path, Result]) -> None:
    profile = load_folder(carried[0]).profile
    context = next(entry.context for entry in load_catalogue(carried[0] / "en.po") if entry.id == KEPT)
    assert dict(profile.official) == {context: "Told of 0."}
    assert profile.summaries["green"].en == "About water and power."
    assert profile.summaries["people"].zh == "本章讲人。"
    assert "- changed: summaries: people" in todo_of(carried)
    assert "- changed: summaries: green" not in todo_of(carried)
    assert "- dropped: published: 2031" in todo_of(carried)
    assert profile.published is None


def test_a_written_page_that_names_the_old_year_is_to_be_looked_at(carried: tuple[Path, Result]) -> None:
    assert "- changed: pages/official/en/about.md:3: names 2030" in todo_of(carried)


def todo_of(carried: tuple[Path, Result]) -> list[str]:
    return (carried[0] / "todo.md").read_text("utf-8").split("\n")


def test_says_what_is_new_changed_and_gone(carried: tuple[Path, Result]) -> None:
    output = carried[1].output
    assert "corrections: 1 of 1 still apply" in output
    assert "new: text: 集团首次发布供应商名录" in output
    assert "changed: text: 东厂区围绕" in output or "changed: text: 北厂区围绕" in output
    todo = (carried[0] / "todo.md").read_text("utf-8")
    assert todo.count("- changed: text: ") >= 5
    assert todo.count("- new: text: ") == 6
    assert "texts to translate" not in todo


def test_the_folder_builds_in_both_languages(carried: tuple[Path, Result], tmp_path: Path) -> None:
    done = run("build", "--report", carried[0], "--site", tmp_path / "site")
    assert done.exit_code == 0, done.output
    assert done.output.strip().endswith("0 unaccounted")
    for slug in ("governance", "green", "energy", "people"):
        assert (tmp_path / "site" / slug / "index.html").exists()
        assert (tmp_path / "site/en" / slug / "index.html").exists()


def test_what_was_a_guess_is_one_still(carried: tuple[Path, Result], tmp_path: Path) -> None:
    """Only what a person has settled is sure; what the rules guessed anew says so."""
    first, second, source = tmp_path / "first", tmp_path / "second", tmp_path / "new.txt"
    source.write_text(text_of(paragraphs(), 2031), "utf-8")
    assert run("new", first, "--source", source).exit_code == 0
    profile = first / "report.yml"
    profile.write_text(profile.read_text("utf-8").replace("# guess (high)", "# guess (low)"), "utf-8")
    assert run("new", second, "--from", first, "--source", source).exit_code == 0
    headings = [line for line in (second / "report.yml").read_text("utf-8").split("\n") if "at: " in line]
    assert headings
    assert all("# guess (" in line for line in headings)
    settled = [line for line in (carried[0] / "report.yml").read_text("utf-8").split("\n") if "员工成长" in line]
    assert len(settled) == 1
    assert "guess" not in settled[0]


def test_another_language_is_refused(old: Path, tmp_path: Path) -> None:
    source = tmp_path / "en.txt"
    source.write_text("# Water\n\nEvery site measured its water and reported the result to the board.\n", "utf-8")
    done = run("new", tmp_path / "new", "--from", old, "--source", source)
    assert done.exit_code == 2
    assert "is in zh, the new report in en" in done.output
    assert not (tmp_path / "new").exists()


def test_compare_writes_a_page_and_a_table(old: Path, carried: tuple[Path, Result], tmp_path: Path) -> None:
    done = run("compare", old, carried[0], "--out", tmp_path / "page.html", "--language", "en")
    assert done.exit_code == 0, done.output
    assert "figures in both" in done.output
    assert "Figures of 2030 and 2031" in (tmp_path / "page.html").read_text("utf-8")
    assert (tmp_path / "page.csv").read_bytes().startswith(b"\xef\xbb\xbflabel,")


def test_compare_refuses_the_name_of_the_table(old: Path, tmp_path: Path) -> None:
    done = run("compare", old, old, "--out", tmp_path / "page.csv")
    assert done.exit_code == 2
    assert "name the page" in done.output
    assert list(tmp_path.iterdir()) == []


# --- parts ---------------------------------------------------------------------------------------------------------


def test_lines_are_the_same_wherever_they_stand() -> None:
    old, new = received("# 水\n\n河水清。\n\n井水甜。\n"), received("前言。\n\n井水甜。\n\n# 水\n\n河水清。\n")
    assert same_lines(old, new) == {1: 5, 3: 7, 5: 3}


def test_a_range_carries_over_whole_or_not_at_all() -> None:
    old = received("甲。\n\n乙。\n\n丙。\n")
    moved = Moved.between(old, received("前。\n\n甲。\n\n乙。\n\n丙。\n"))
    assert moved.place("1-5 甲", "tables") == "3-7 甲"
    broken = Moved.between(old, received("甲。\n\n新。\n\n乙。\n\n丙。\n"))
    assert broken.place("1-5 甲", "tables") is None
    assert broken.ends("1-5 甲", "tables") == "1-7 甲"


def test_a_correction_that_the_new_print_made_itself_is_dropped(old: Path, tmp_path: Path) -> None:
    source = tmp_path / "new.txt"
    source.write_text(text_of(paragraphs(), 2031).replace("净水也", "净水池"), "utf-8")
    done = run("new", tmp_path / "new", "--from", old, "--source", source)
    assert done.exit_code == 0, done.output
    assert "corrections: 0 of 1 still apply" in done.output
    assert "dropped: corrections: " in done.output
    assert load_folder(tmp_path / "new").profile.corrections == ()


def test_near_texts_are_each_used_once() -> None:
    texts = ["东厂区全年节水五成。", "东厂区全年节水六成。", "毫不相干的一句话。"]
    assert nearest(texts, ["东厂区全年节水四成。"]) == {"东厂区全年节水五成。": "东厂区全年节水四成。"}


def test_another_paragraph_under_the_same_id_gets_no_translation() -> None:
    entry = Entry("p#p1", "东厂区全年节水五成。", "The east site saved half.")
    old = Catalogue(new_catalogue("en").header, (entry,))
    done = carried_catalogue(old, [Message("p#p1", "员工参加培训。"), Message("p#p2", "东厂区全年节水五成。")])
    assert [(m.id, m.string, m.fuzzy) for m in done.catalogue] == [
        ("员工参加培训。", "", False),
        ("东厂区全年节水五成。", "The east site saved half.", False),
    ]
