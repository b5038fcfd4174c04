"""Hand-written pages hold text: whatever could run, load or lead astray is refused with file and line."""

from __future__ import annotations

import pytest

from report_site.folder.loading import ReportFolder
from report_site.model.errors import InputError
from report_site.publish.written_pages import require_harmless, require_own_addresses


def told(text: str) -> list[str]:
    try:
        require_harmless({"zh/about.md": f"---\ntitle: 关于\n---\n\n# 关于\n\n{text}\n"})
    except InputError as error:
        return [str(problem) for problem in error.problems]
    return []


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "文字 <script src=x></script>",
        "<SCRIPT>alert(1)</SCRIPT>",
        "<img src=x onerror=alert(1)>",
        "文字 <b onclick=alert(1)>x</b>",
        "<div>x</div>",
        "<svg onload=alert(1)>",
        "<iframe src='https://example.com'></iframe>",
        "<form action='https://example.com'><input></form>",
        "<meta http-equiv=refresh content='0;url=https://example.com'>",
        "<base href='https://example.com'>",
        "<style>*{display:none}</style>",
        "- 一\n- <object data=x></object>",
        "> <embed src=x>",
        "| 一 | 二 |\n|---|---|\n| <script>x</script> | 三 |",
        "<!DOCTYPE html>",
        "<?php x ?>",
        "<a\nhref='javascript:x'>x</a>",
        "/// note\n    kind: editor\n\n<script>x</script>\n\n///",
    ],
)
def test_no_html(text: str) -> None:
    lines = told(text)
    assert lines
    assert all("holds HTML" in line or "holds the" in line for line in lines)
    assert all(line.startswith("pages/zh/about.md:") for line in lines)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("文字\n{: onclick=alert(1) }", "the attribute onclick"),
        ("[x](https://example.com){: onmouseover=alert(1) }", "the attribute onmouseover"),
        ("# 题 {: style=color:red }", "the attribute style"),
        ("[x](https://example.com){: target=_blank ping=x }", "the attribute"),
        ("/// note\n    kind: editor\n    attrs: {onclick: x}\n\n文字\n\n///", "the attribute onclick"),
        ("[x](javascript:alert(1))", "the address 'javascript:alert(1)'"),
        ("[x](JaVaScRiPt:alert(1))", "the address"),
        ("[x](java&#115;cript:alert(1))", "the address"),
        ("[x](&#1;javascript:alert(1))", "the address"),
        ("[x](java&Tab;script:alert(1))", "the address"),
        ("[x](vbscript:x)", "the address"),
        ("[x](data:text/html,x)", "the address"),
        ("[x][1]\n\n[1]: javascript:x", "the address"),
        ("<javascript:alert(1)>", "holds"),
        ("![x](https://example.com/x.png)", "the address"),
        ("![x](//example.com/x.png)", "the address"),
        (r"![x](\\\\example.com/x.png)", "the address"),
        ("![x](data:image/svg+xml,x)", "the address"),
        ("![x](a.png){: srcset='a.png 1x, https://example.com/b.png 2x' }", "the address"),
    ],
)
def test_no_attribute_and_no_address_that_acts(text: str, says: str) -> None:
    assert any(says in line for line in told(text))


@pytest.mark.parametrize(
    "text",
    [
        "[x](https://example.com/a?b=c&d=e#f), <https://example.com>, [m](mailto:a@b.org), [t](tel:+861)",
        "[x](about.md#ids), [y](#here), [z](../water/)",
        "![池](../pictures/pond-480.png){: width=480 height=270 loading=lazy }",
        "文字 **粗** *斜* `<script>` &lt;script&gt; & 5 < 6 > 4",
        "    <script>quoted as code</script>",
        "| 一 | 二 |\n|---|---|\n| 三 | 四 |\n",
        "- 一\n- 二\n\n1. 三\n\n> 引\n\n---\n",
        "## 题 {: #ids .wide lang=en }",
        "<!-- a remark of the editor -->",
        "/// note | 题\n    attrs: {id: x}\n    kind: editor\n\n文字\n\n///",
        "{{ config.site_name }} {% include 'x' %}",
    ],
)
def test_text_links_and_pictures_stay(text: str) -> None:
    assert told(text) == []


def test_the_line_is_the_one_that_holds_it() -> None:
    (line,) = told("文字\n\n更多 <i>文字</i>\n")
    assert line.startswith("pages/zh/about.md:9: holds HTML: <i>")


def test_no_page_takes_the_address_of_another() -> None:
    require_own_addresses({"zh/about.md": ""}, {"zh/water.md": b""})
    with pytest.raises(InputError, match=r"pages/zh/water\.md: has the address of a chapter"):
        require_own_addresses({"zh/about.md": "", "zh/water.md": ""}, {"zh/water.md": b""})


def test_what_ships_is_harmless(shipped: ReportFolder) -> None:
    pages = shipped.root / "pages"
    for folder in (pages, pages / "official"):
        found = {
            f"{one}/{path.name}": path.read_text("utf-8")
            for one in ("zh", "en")
            for path in (folder / one).glob("*.md")
        }
        require_harmless(found)
