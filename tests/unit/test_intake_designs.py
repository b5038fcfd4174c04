"""Designs that small typeset PDFs show one by one: strips of figures, margins, tables, tags. The source is the truth."""

from __future__ import annotations

from pathlib import Path

import pytest

from report_site.source.intake import taken_in
from typeset import ENERGY, PEOPLE, WATER, compiled, photograph

Texts = list[str]
PLAIN = """
#set page(width: 500pt, height: 420pt, margin: (x: 50pt, top: 50pt, bottom: 50pt),
  footer: context [#text(8pt)[#counter(page).display()]])
#set text(10pt, font: ("Libertinus Serif", "Noto Sans SC"))
#set par(leading: 0.6em, spacing: 1.2em)
#set table(stroke: none, inset: 5pt)
#show heading.where(level: 1): set text(20pt)
#show heading.where(level: 2): set text(14pt)
"""
TEXT = " ".join(WATER[:3])
MORE = " ".join(PEOPLE[:4])


def taken(folder: Path, body: str, tags: bool = False, preamble: str = PLAIN) -> Texts:
    """The lines of the text that hold something, by PDFium alone."""
    pdf = compiled(folder, body, tags=tags, preamble=preamble)
    lines = taken_in(pdf, second=False).text.split("\n")
    return [line.strip("\f") for line in lines[1:] if line.strip("\f ")]


def pair(value: str, label: str, value_first: bool = True) -> str:
    number, text = f'#text(20pt)[#"{value}"]', f'#text(8pt)[#"{label}"]'
    return f"[{number} \\\n {text}]" if value_first else f"[{text} \\\n {number}]"


def strip(*pairs: str) -> str:
    return f"#grid(columns: {len(pairs)}*(1fr,), {', '.join(pairs)})"


def columns(left: str, right: str) -> str:
    return f"#grid(columns: 2*(1fr,), gutter: 18pt, [{left}], [{right}])"


# --- tags ----------------------------------------------------------------------------------------------------------


def test_a_paragraph_that_goes_on_over_the_page_leaves_the_next_page_s_title_alone(tmp_path: Path) -> None:
    """Marks count anew on each page: the second half of the paragraph bears the numbers of other texts."""
    body = f"= Water\n{' '.join([*WATER, *PEOPLE] * 3)}\n= People\n{MORE}"
    found = taken(tmp_path, body, tags=True)
    assert "# Water" in found
    assert "# People" in found
    assert any(line.startswith(PEOPLE[0]) for line in found[found.index("# People") :])


def test_titles_on_pages_that_follow_each_other_stay_two(tmp_path: Path) -> None:
    body = "\n#pagebreak()\n".join(f"= Chapter of {name}\n{TEXT}" for name in ("water", "people", "fire", "air"))
    found = taken(tmp_path, body, tags=True)
    assert [line for line in found if line.startswith("#")] == [
        f"# Chapter of {name}" for name in ("water", "people", "fire", "air")
    ]


def test_texts_right_in_a_group_are_no_paragraph_together(tmp_path: Path) -> None:
    table = "#table(columns: 2, [Mill], [Workers], [Aldhaven], [206], [Northbridge], [40])"
    body = f"#block[Table 1: Workers]\n{table}\n#block[Table 2: Again]\n{table}\n{TEXT}"
    found = taken(tmp_path, body, tags=True)
    assert "Table 1: Workers" in found
    assert "Table 2: Again" in found


@pytest.mark.parametrize("tags", [True, False])
def test_an_empty_cell_shifts_no_other(tmp_path: Path, tags: bool) -> None:
    rows = "[], [2030], [2031], [Lost days], [14], [3], [Visits], [], [7], [Drills], [6], [9], [Talks], [4], [8]"
    found = taken(tmp_path, f"{TEXT}\n#table(columns: (2fr, 1fr, 1fr), {rows})\n", tags)
    assert [line for line in found if line.startswith("|") and "---" not in line] == [
        "|  | 2030 | 2031 |",
        "| Lost days | 14 | 3 |",
        "| Visits |  | 7 |",
        "| Drills | 6 | 9 |",
        "| Talks | 4 | 8 |",
    ]


def test_a_head_set_again_without_tags_is_the_head_of_its_page_s_rows(tmp_path: Path) -> None:
    rows = ", ".join(f"[Row {chr(65 + n % 26)}{chr(65 + n // 26)}], [{n + 200}]" for n in range(36))
    body = f"#table(columns: (2fr, 1fr), stroke: 0.5pt, table.header([Mill], [Workers]), {rows})\n{TEXT}"
    found = taken(tmp_path, body, tags=True)
    assert "|  |  |" not in found
    assert sum(line.startswith("| Row") for line in found) == 36
    assert all(found[i - 1].startswith("| Mill") for i, line in enumerate(found) if line == "| --- | --- |")


# --- page edges ----------------------------------------------------------------------------------------------------


def test_a_table_s_last_row_in_the_margin_is_no_page_number(tmp_path: Path) -> None:
    low = PLAIN.replace("bottom: 50pt", "bottom: 20pt").replace(
        "footer: context", "footer-descent: 2pt, footer: context"
    )
    rows = ", ".join(f"[Mill {chr(65 + n)}], [{n + 12}], [{n + 31}]" for n in range(17))
    table = f"#table(columns: (2fr, 1fr, 1fr), stroke: 0.5pt, [Mill], [2030], [2031], {rows})"
    pages = "#pagebreak()\n".join(f"{sentence}\n" for sentence in PEOPLE[:4])
    found = taken(tmp_path, f"{table}\n#pagebreak()\n{pages}", preamble=low)
    assert "| Mill Q | 28 | 47 |" in found
    assert [line for line in found if line.isdigit()] == ["1", "2", "3", "4", "5"]


def test_large_type_on_two_pages_is_two_titles(tmp_path: Path) -> None:
    body = f"#text(20pt)[Mills of the lake]\n#pagebreak()\n#text(20pt)[words of the chair]\n\n{TEXT}"
    assert taken(tmp_path, body)[:3:2] == ["# Mills of the lake", "words of the chair"]


# --- strips of key figures -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("value_first", [True, False])
def test_a_strip_above_columns_keeps_its_pairs(tmp_path: Path, value_first: bool) -> None:
    pairs = [("0.42", "injuries in a year"), ("US$1.3bn", "revenue"), ("96%", "of workers\nunder agreement")]
    strips = strip(*(pair(*one, value_first) for one in pairs))
    body = f"= People\n{strips}\n{columns(f'== Health{chr(10)}{TEXT}', f'== Pay{chr(10)}{MORE}')}"
    found = taken(tmp_path, body.replace("workers\nunder", "workers under"))
    wanted = ["0.42", "injuries in a year", "US$1.3bn", "revenue", "96%", "of workers under agreement"]
    wanted = wanted if value_first else [text for i in (0, 2, 4) for text in (wanted[i + 1], wanted[i])]
    assert found[:8] == ["# People", *wanted, "## Health"]


def test_numbers_of_one_size_with_their_text_are_no_strip(tmp_path: Path) -> None:
    body = f"{TEXT}\n\n#text(20pt)[In 12 of 40 mills] \\\n #text(8pt)[as we said]\n\n{MORE}"
    assert "# In 12 of 40 mills" in taken(tmp_path, body)


def test_figures_without_labels_of_their_own_stay_as_they_stand(tmp_path: Path) -> None:
    found = taken(tmp_path, f"{strip('[#text(20pt)[12%]]', '[#text(20pt)[40%]]')}\n\n{TEXT}")
    assert " ".join(found).count("12%") == 1


# --- tables without rules ------------------------------------------------------------------------------------------


def test_tables_below_each_other_with_titles_and_groups(tmp_path: Path) -> None:
    first = (
        "[Measure], [2030], [2031], table.cell(colspan: 3)[Water], [Drawn], [44.9], [41.7], [Returned], [40.1], [39.2]"
    )
    second = "[Measure], [2030], [2031], [Workers], [211], [206], [Drills], [6], [9], [Lost days], [14], [3]"
    tables = [f"#table(columns: (2fr, 1fr, 1fr), {rows})" for rows in (first, second)]
    found = taken(tmp_path, f"= Data\nTable 1: Water\n{tables[0]}\nTable 2: People\n{tables[1]}\n{TEXT}")
    at = found.index("Table 2: People")
    assert found[:2] == ["# Data", "Table 1: Water"]
    assert "| Drawn | 44.9 | 41.7 |" in found[:at] or "<td>Drawn</td><td>44.9</td><td>41.7</td>" in "".join(found[:at])
    assert "| Lost days | 14 | 3 |" in found[at:]


def test_an_index_of_codes_is_a_table(tmp_path: Path) -> None:
    rows = [("GRI 2-1", "Organisation", "2"), ("GRI 2-6", "Activities", "2, 3"), ("GRI 302-1", "Energy", "4–5")]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    found = taken(tmp_path, f"= Index\n#table(columns: (1fr, 3fr, 1fr), {cells})\n{TEXT}")
    assert "| GRI 302-1 | Energy | 4–5 |" in found


def test_two_columns_of_prose_are_no_table(tmp_path: Path) -> None:
    found = taken(tmp_path, columns(TEXT, MORE))
    assert found[:2] == [TEXT, MORE]


# --- margins, lists, letters ---------------------------------------------------------------------------------------


def margin(head: str, text: str) -> str:
    return f'#grid(columns: (90pt, 1fr), gutter: 12pt, [#text(weight: "bold")[{head}]], [{text}])'


def test_heads_in_the_margin_stand_above_their_texts(tmp_path: Path) -> None:
    body = f"= Report\n{MORE}\n\n{margin('Scope', TEXT)}\n{margin('Standards used', MORE)}\n\n{' '.join(ENERGY)}"
    assert taken(tmp_path, body)[:6] == ["# Report", MORE, "## Scope", TEXT, "## Standards used", MORE]


def test_two_columns_with_short_lines_are_no_margin(tmp_path: Path) -> None:
    left = " \\\n".join(["Aldhaven", "Northbridge", "Lakeside", "Millbrook", "Fernhill"])
    found = taken(tmp_path, f"#grid(columns: (120pt, 1fr), gutter: 20pt, [{left}], [{TEXT}])")
    assert TEXT in found


def test_items_that_count_on_are_apart(tmp_path: Path) -> None:
    body = f"{TEXT}\n\n1. New burners in both halls\n2. Lamps that are out by eight\n3. A wind farm\n\n{MORE}"
    assert taken(tmp_path, body)[1:4] == [
        "1. New burners in both halls",
        "2. Lamps that are out by eight",
        "3. A wind farm",
    ]


def test_a_number_at_the_head_of_a_wrapped_line_is_no_item(tmp_path: Path) -> None:
    body = (
        "The mills are named in section \\\n12. of the plan, and the lake is named in section \\\n14. of the same plan."
    )
    assert len(taken(tmp_path, body)) == 2


def test_a_ligature_of_three_letters_is_one_word(tmp_path: Path) -> None:
    sentence = "The office is efficient, and the baffled officer shuffles in traffic."
    assert sentence in taken(tmp_path, f"{sentence} {MORE}")[0]


def test_a_short_chinese_title_beside_a_column_is_no_list_mark(tmp_path: Path) -> None:
    left, right = (
        "湖畔造纸厂完成了全部取水口的改造，每小时上报一次水位和水温。" * 2,
        "全年用水四千一百七十万升，比上一年减少百分之七点一。" * 3,
    )
    found = taken(tmp_path, columns(f'#text(14pt, weight: "bold")[制度建设]\n\n{left}', right))
    assert found[:3] == ["# 制度建设", left, right]


# --- raised numbers, narrow tables, captions -----------------------------------------------------------------------


def test_a_notes_mark_is_no_digit_of_the_number_before_it(tmp_path: Path) -> None:
    body = f"A third are older than 1950.#footnote[By the register of mains.] {MORE}#footnote[By law.]\n\n{TEXT}"
    found = taken(tmp_path, body)
    assert any("older than 1950.¹ " in line for line in found)
    assert [line for line in found if line[:1] in "¹²"] == ["¹By the register of mains.", "²By law."]
    extraction = taken_in(tmp_path / "report.pdf", second=False)
    assert extraction.account.doubts == ()


def test_a_power_stays_one_and_a_small_number_on_the_line_stays_plain(tmp_path: Path) -> None:
    body = f"The lake covers 31 km#super[2], and the lot bears number #text(6pt)[17] in the list. {MORE}"
    found = " ".join(taken(tmp_path, body))
    assert "31 km² , and" in found or "31 km², and" in found
    assert "number 17 in the list" in found


def test_columns_of_wide_numbers_in_a_narrow_table_stay_columns(tmp_path: Path) -> None:
    rows = "[*Indicator*], [*2032*], [*2033*], [*2034*], table.hline(), [Employees], [1,150], [1,187], [1,204], "
    rows += "[Accidents with lost time], [17], [14], [8], [Hours of training], [19.2], [20.6], [22.1]"
    body = f"{TEXT}\n\n#align(center, table(columns: 4, stroke: none, table.hline(), {rows}, table.hline()))\n\n{MORE}"
    found = taken(tmp_path, body)
    assert "| Employees | 1,150 | 1,187 | 1,204 |" in found
    assert "| Hours of training | 19.2 | 20.6 | 22.1 |" in found


@pytest.mark.slow
def test_columns_that_the_second_witness_merges_are_told_apart(tmp_path: Path) -> None:
    rows = "[Measure], [2030], [2031], [Water pumped (million litres)], [8,912], [8,744], "
    rows += "[Leakage (per cent)], [17.9], [14.2], [Samples that failed], [7], [4]"
    body = f"{TEXT}\n\n#table(columns: (2fr, 1fr, 1fr), stroke: none, {rows})\n\n{MORE}"
    for second in (False, True):
        text = taken_in(compiled(tmp_path, body, preamble=PLAIN), second=second).text
        assert "| Water pumped (million litres) | 8,912 | 8,744 |" in text


def test_numbers_in_justified_text_stay_in_their_sentence(tmp_path: Path) -> None:
    body = (
        "#set par(justify: true)\n#block(width: 120pt)[In 2031 118 boats brought 9,400 tonnes, in 2030 97 boats 8,100.]"
    )
    assert " ".join(taken(tmp_path, body)[:-1]) == "In 2031 118 boats brought 9,400 tonnes, in 2030 97 boats 8,100."


def test_a_small_raised_number_is_raised_too(tmp_path: Path) -> None:
    """Where the font has no raised digits of its own, the program sets small ones higher."""
    body = f"Older than 1950.#super(typographic: false)[12] The lake covers 31 km#super(typographic: false)[2]. {MORE}"
    found = " ".join(taken(tmp_path, body))
    assert "1950.¹² The lake" in found
    assert "31 km²." in found


def test_a_sentence_with_a_notes_mark_behind_it_is_finished(tmp_path: Path) -> None:
    """What stands below the picture isn't its rest, nor are captions side by side one text."""
    photograph(tmp_path / "a.png")
    photograph(tmp_path / "b.png", seed=4)
    two = ", ".join(
        f'figure(image("{name}.png", width: 150pt), caption: [{words}], supplement: [图])'
        for name, words in (("a", "乡村小学的图书角"), ("b", "孩子们辨认稻种"))
    )
    body = f"{'志愿者利用周末教孩子辨认稻种。' * 4}#footnote[由系统统计。]\n\n#grid(columns: 2*(1fr,), {two})"
    compiled(tmp_path, body, preamble=PLAIN)
    pictures = taken_in(tmp_path / "report.pdf", second=False).pictures
    assert [picture.caption for picture in pictures] == ["图 1: 乡村小学的图书角", "图 2: 孩子们辨认稻种"]


def test_words_right_below_a_chart_are_its_caption_and_no_label(tmp_path: Path) -> None:
    bars = "".join(
        f"#place(bottom + left, dx: {20 + 70 * i}pt, rect(width: 40pt, height: {h}pt, fill: blue))"
        f"#place(bottom + left, dx: {30 + 70 * i}pt, dy: -{h + 4}pt, text(7pt)[{h}])"
        for i, h in enumerate((60, 45, 30))
    )
    caption = "#text(8pt)[Accidents with lost time, 2032 to 2034]"
    body = f"{TEXT}\n\n#box(width: 240pt, height: 90pt)[{bars}]\\\n#h(4pt){caption}\n\n{MORE}"
    compiled(tmp_path, body, preamble=PLAIN)
    (picture,) = taken_in(tmp_path / "report.pdf", second=False).pictures
    assert picture.caption == "Accidents with lost time, 2032 to 2034"


def test_a_larger_title_between_tables_of_one_width_parts_them(tmp_path: Path) -> None:
    rows = "table.hline(), [Mill], [2030], [2031], table.hline(), {}, table.hline()"
    table = "#table(columns: (1fr, 1fr, 1fr), stroke: none, {})"
    first = table.format(rows.format("[Aldhaven], [310], [188], table.hline(), [Northbridge], [21], [14]"))
    second = table.format(rows.format("[Lake], [44.9], [41.7], table.hline(), [River], [8.0], [7.4]"))
    lines = taken(tmp_path, first + "\n#text(14pt)[*Water drawn*]\n" + second)
    assert "| Northbridge | 21 | 14 |" in lines
    assert not any("Water drawn" in line for line in lines if "|" in line or "<t" in line)
    assert "| Mill | 2030 | 2031 |" in lines


# --- short paragraphs ----------------------------------------------------------------------------------------------


def test_paragraphs_of_one_line_that_are_set_in_are_apart(tmp_path: Path) -> None:
    tight = PLAIN + "#set par(first-line-indent: (amount: 2em, all: true), spacing: 0.7em)\n"
    body = f"{TEXT}\n\nDear neighbours:\n\nWe thank you for the year.\n\nAldhaven in May\n\n{MORE}"
    found = taken(tmp_path, body, preamble=tight)
    assert {"Dear neighbours:", "We thank you for the year.", "Aldhaven in May"} <= set(found)


def test_a_passage_that_is_set_in_as_a_whole_is_one(tmp_path: Path) -> None:
    found = taken(tmp_path, f"{TEXT}\n\n#pad(left: 2em)[{MORE}]\n\n{TEXT}")
    assert MORE in found


def test_a_colon_leads_in_items(tmp_path: Path) -> None:
    tight = PLAIN + "#set par(spacing: 0.7em)\n"
    found = taken(
        tmp_path, f"{TEXT}\n\nThe mills did this:\n\n(a) they changed lamps;\n\n(b) they sealed doors.", preamble=tight
    )
    assert any(line.endswith("(a) they changed lamps;") and "The mills" not in line for line in found)


def test_text_beside_tables_in_small_type_is_no_title(tmp_path: Path) -> None:
    rows = ", ".join(f"[{ENERGY[i % 2]}], [{WATER[i % 6]}]" for i in range(40))
    table = f"#text(8pt)[#table(columns: 2, stroke: 0.5pt, {rows})]"
    found = taken(
        tmp_path, f"{MORE}\n\nThe mills in Aldhaven\n\n{MORE}\n\n#text(14pt)[Lake and river]\n\n{TEXT}\n\n{table}"
    )
    assert "The mills in Aldhaven" in found
    assert any(line.startswith("#") and line.endswith("Lake and river") for line in found)


def test_boxes_to_tick_are_a_choice_and_no_item(tmp_path: Path) -> None:
    found = taken(tmp_path, f"{TEXT}\n\n1. Is the report clear?\n\n□ yes □ partly □ no\n\n2. What is missing?")
    assert "□ yes □ partly □ no" in found
