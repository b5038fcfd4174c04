"""PDFs that the intake's tests typeset themselves: every word, table, picture and bookmark of them is known."""

from __future__ import annotations

from pathlib import Path

import pylopdf_fonts_zh_cn
import typst
from PIL import Image, ImageDraw

FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent

PREAMBLE = """
#set document(title: "Lakeside Mills Responsibility Report 2031")
#set page(width: 595pt, height: 842pt, margin: (x: 50pt, top: 70pt, bottom: 70pt),
  header: context if counter(page).get().first() > 1 [#text(7pt)[Lakeside Mills Responsibility Report 2031]],
  footer: context [#text(8pt)[#counter(page).display()]])
#set text(9pt, font: ("Libertinus Serif", "Noto Sans SC"))
#set par(leading: 0.55em, spacing: 1.1em)
#show heading.where(level: 1): set text(20pt)
#show heading.where(level: 2): set text(13pt)
"""

WATER = (
    "Our mills draw water from the lake and return it cleaner than it came.",
    "In 2031 the three mills used 41.7 million litres, which is 12.5 per cent less than in 2029.",
    "Every intake pipe now has a meter that reports each hour to the control room in Aldhaven.",
    "Where a meter fails, the shift leader reads the level by hand and enters it before midnight.",
    "We publish the readings for everybody who lives along the shore, in words and as a table.",
    "Fishermen asked for the temperature as well, so a second sensor was placed at each outlet.",
)
PEOPLE = (
    "Two hundred and six people work at the mills, forty of them on the night shift.",
    "Each of them had at least 18 hours of training, paid as working time.",
    "Nobody was hurt so badly that they had to stay at home for more than three days.",
    "The works council met nine times and agreed on a new roster for the winter months.",
    "Apprentices spend one day a week at the school in Northbridge, and their fares are paid.",
    "A nurse visits on Tuesdays; what she is told stays with her.",
)
ENERGY = (
    "The boilers burn bark that used to be carted away, and little else.",
    "Heat that is left over warms the greenhouse of the village school.",
)
TABLE = (
    ("Indicator", "2029", "2030", "2031"),
    ("Water drawn (million litres)", "47.7", "44.9", "41.7"),
    ("Electricity (GWh)", "8.1", "8.0", "7.4"),
    ("Waste to landfill (tonnes)", "310", "188", "96"),
    ("Lost days", "21", "14", "3"),
)
CHINESE = (
    "湖畔造纸厂在二〇三一年完成了全部取水口的改造，每小时上报一次水位和水温。",
    "全年用水四千一百七十万升，比上一年减少百分之七点一，超额完成了年初确定的目标。",
    "工厂把读数公开在村口的公告栏里，渔民随时可以查看，也可以打电话询问值班人员。",
)


def compiled(folder: Path, body: str, name: str = "report", tags: bool = False, preamble: str = PREAMBLE) -> Path:
    """The PDF of `body`; `tags`: with a structure tree."""
    source, target = folder / f"{name}.typ", folder / f"{name}.pdf"
    source.write_text(preamble + body, "utf-8")
    typst.compile(source, output=target, font_paths=[FONTS], ignore_system_fonts=True, pdf_tags=tags)
    return target


def photograph(path: Path, size: tuple[int, int] = (320, 200), seed: int = 1) -> Path:
    """A picture of many colours, so that it is taken for no plain area."""
    picture = Image.new("RGB", size)
    draw = ImageDraw.Draw(picture)
    for i in range(0, size[0], 4):
        for k in range(0, size[1], 4):
            draw.rectangle([i, k, i + 3, k + 3], fill=((i * 7 + seed * 40) % 256, (k * 5) % 256, (i * k + seed) % 256))
    picture.save(path)
    return path


def table_rows(rows: tuple[tuple[str, ...], ...] = TABLE) -> str:
    return ", ".join(f"[{cell}]" for row in rows for cell in row)
