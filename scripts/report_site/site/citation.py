"""How a page of the site is cited: one value, from which every style of reference is printed.

What a page says is the publisher's where it stands in the publisher's own words; restated or translated, it is a work
of the edition that rests on the report; pages about the site are the edition's own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from report_site.language.joining import filled
from report_site.language.strings import ended
from report_site.site.shell import Shell

Role = Literal["", "title", "printed", "range", "day", "url"]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a reference; by its role a script fills in the paragraph and the day of access."""

    text: str
    role: Role = ""


Style = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Original:
    """The report as its publisher issued it."""

    title: str
    tag: str
    author: str
    """Empty while nobody has named it."""


@dataclass(frozen=True, slots=True)
class Citation:
    key: str
    """Letters, digits and hyphens."""
    of: Literal["part", "whole", "site"]
    """A page of the report, all of it, or a page about the site."""
    title: str
    """Of the page; of the whole it is the report's."""
    report: str
    tag: str
    """Language of the page."""
    publisher: str
    """Of the report, in the page's language; empty while nobody has named it."""
    maker: str
    """Who made the edition; empty where nobody is named."""
    derivation: str
    """`restated by …`; empty where the words are the publisher's own."""
    restated: bool
    translated: bool
    published: int | None
    """Year in which the report came out; None: not known."""
    dated: str
    """When the edition was made, `2031`, `2031-04` or `2031-04-05`; empty: not said."""
    undated: str
    """What GB/T 7714 says of an unknown year."""
    printed: str
    """Printed pages, `13–24`."""
    address: str
    original: Original

    @property
    def author(self) -> str:
        return self.maker if self.of == "site" else self.publisher

    @property
    def is_derived(self) -> bool:
        return bool(self.derivation) and self.of != "site"

    @property
    def issued(self) -> str:
        """Of what is cited: a restatement or translation has the edition's date, the publisher's words their own."""
        return self.dated if self.is_derived or self.of == "site" else str(self.published or "")

    @property
    def source_year(self) -> str:
        """Year of the report that a derived work rests on, as APA wants it beside the work's own."""
        return str(self.published or "n.d.") if self.is_derived and self.dated else ""

    # --- styles for people -------------------------------------------------------------------------------------------

    @property
    def gbt(self) -> Style:
        """GB/T 7714: the year is the report's, the edition's date stands in brackets."""
        author = f"{ended(self.author)} " if self.author else ""
        title = self.title if self.of == "whole" else f"{self.report}: {self.title}"
        if self.of == "site":
            head = f"{author}{self.title}: {self.report}[EB/OL]. "
            year = "" if self.dated else self.undated
        else:
            derived = f"{ended(self.derivation[:1].upper() + self.derivation[1:])} " if self.is_derived else ""
            head = f"{author}{title}[R/OL]. {derived}"
            year = str(self.published or self.undated)
        pages = (Part(": "), Part(self.printed, "printed")) if self.printed else ()
        dated = f"({self.dated})" if self.dated else ""
        return (
            Part(head + year),
            *pages,
            Part(dated),
            Part("", "day"),
            Part(". "),
            Part(self.address, "url"),
            Part("."),
        )

    @property
    def apa(self) -> Style:
        year = self.issued[:4] or "n.d."
        derived = f" ({self.derivation})" if self.is_derived else ""
        head = f"{ended(self.author)} ({year}). " if self.author else ""
        tail = "" if self.author else f" ({year})"
        parts = [Part(head)]
        if self.of == "whole":
            parts += [Part(self.report, "title"), Part(derived + tail)]
        else:
            parts += [Part(f"{self.title}{derived}{tail}. In "), Part(self.report, "title")]
        if self.printed:
            kind = "pp." if "–" in self.printed else "p."
            parts += [Part(" ("), Part(kind, "range"), Part(" "), Part(self.printed, "printed"), Part(")")]
        parts += [Part(". "), Part(self.address, "url")]
        if self.source_year:
            parts.append(Part(f" (Original work published {self.source_year})"))
        return tuple(parts)

    # --- styles for programs -----------------------------------------------------------------------------------------

    @property
    def bibtex(self) -> Style:
        kind = {"part": "incollection", "whole": "techreport", "site": "misc"}[self.of]
        note = "; ".join(filter(None, (self.derivation if self.is_derived else "", self._source_note)))
        fields = (
            ("author", Part(_protected(self.author))),
            ("title", Part(_protected(self.title))),
            (
                "booktitle" if self.of == "part" else "howpublished",
                Part("" if self.of == "whole" else _tex(self.report)),
            ),
            ("institution", Part(_protected(self.author) if self.of == "whole" else "")),
            ("pages", Part(self.printed.replace("–", "--"), "printed")),
            ("year", Part(self.issued[:4])),
            ("note", Part(_tex(note))),
            ("url", Part(self.address, "url")),
        )
        lines = [(Part(f"{name} = {{"), part, Part("},\n")) for name, part in fields if part.text]
        return (Part(f"@{kind}{{{self.key},\n"), *(part for line in lines for part in line), Part("}\n"))

    @property
    def ris(self) -> Style:
        kind = {"part": "CHAP", "whole": "RPRT", "site": "ELEC"}[self.of]
        first, _, last = self.printed.partition("–")
        fields = (
            ("AU", Part(self.author)),
            ("TI", Part(self.title)),
            ("T2", Part("" if self.of == "whole" else self.report)),
            ("A4", Part(self.maker if self.translated and self.is_derived else "")),
            ("PY", Part(self.issued[:4])),
            ("SP", Part(first, "printed")),
            ("EP", Part(last or first, "printed")),
            ("N1", Part(self.derivation if self.is_derived else "")),
            ("LA", Part(self.tag)),
            ("UR", Part(self.address, "url")),
        )
        lines = [(Part(f"{name}  - "), part, Part("\n")) for name, part in fields if part.text]
        return (Part(f"TY  - {kind}\n"), *(part for line in lines for part in line), Part("ER  -\n"))

    @property
    def csl(self) -> Style:
        """CSL-JSON, an array of one item, as Zotero and Pandoc read it."""
        kind = {"part": "chapter", "whole": "report", "site": "webpage"}[self.of]
        names = {"author": self.author}
        if self.is_derived and self.translated:
            names["translator"] = self.maker
        data: dict[str, object] = {"id": self.key, "type": kind, "title": self.title}
        data |= {"container-title": self.report} if self.of != "whole" else {}
        data |= {role: [{"literal": name}] for role, name in names.items() if name}
        dates = {"issued": self.issued}
        if self.is_derived and self.published:
            dates["original-date"] = str(self.published)
        data |= {name: {"date-parts": [[int(part) for part in at.split("-")]]} for name, at in dates.items() if at}
        if self.is_derived:
            data |= {"original-title": self.original.title, "note": self.derivation}
        data |= {"page": self.printed.replace("–", "-")} if self.printed else {}
        data |= {"language": self.tag, "URL": self.address}
        return tuple(_located(json.dumps([data], ensure_ascii=False) + "\n", self))

    @property
    def _source_note(self) -> str:
        return f"original work published {self.source_year}" if self.source_year else ""

    # --- for search engines ------------------------------------------------------------------------------------------

    def linked_data(self, root: str) -> dict[str, object]:
        """The report as schema.org has it, at the address of this language; derived, a work on the publisher's."""
        data: dict[str, object] = {"@type": "Report", "name": self.report, "inLanguage": self.tag, "url": root}
        if not (self.restated or self.translated):
            return data | self._issue(self.publisher)
        original: dict[str, object] = {"@type": "Report", "name": self.original.title, "inLanguage": self.original.tag}
        original |= self._issue(self.original.author)
        if self.maker:
            maker = _organisation(self.maker)
            data |= {"publisher": maker, "translator" if self.translated else "contributor": maker}
        data |= {"datePublished": self.dated} if self.dated else {}
        data["isBasedOn"] = original
        return data | ({"translationOfWork": original} if self.translated else {})

    def _issue(self, author: str) -> dict[str, object]:
        named: dict[str, object] = {}
        if author:
            named = {"author": _organisation(author), "publisher": _organisation(author)}
        return named | ({"datePublished": str(self.published)} if self.published else {})


def _organisation(name: str) -> Mapping[str, str]:
    return {"@type": "Organization", "name": name}


def _located(text: str, citation: Citation) -> Iterator[Part]:
    """The text with printed pages and address as parts of their own: both stand at its end, each once."""
    marks: Sequence[tuple[str, Role]] = (
        (citation.printed.replace("–", "-"), "printed"),
        (citation.address, "url"),
    )
    for mark, role in marks:
        field = {"printed": '"page": ', "url": '"URL": '}[role] + json.dumps(mark, ensure_ascii=False)
        if mark and field in text:
            before, _, text = text.rpartition(field)
            yield Part(before + field[: -len(mark) - 1])
            yield Part(mark, role)
            text = '"' + text
    yield Part(text)


_TEX = str.maketrans(
    {char: f"\\{char}" for char in "&%$#_{}"}
    | {"\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}"}
)


def _tex(text: str) -> str:
    return text.translate(_TEX)


def _protected(text: str) -> str:
    """In braces of its own: names aren't taken apart, titles keep their capitals."""
    return f"{{{_tex(text)}}}" if text else ""


def citation_of(shell: Shell) -> Citation:
    """How the page is cited; the page that holds the whole report, and the home page, stand for all of it."""
    edition, first = shell.edition, shell.editions[0]
    whole = shell.kind in ("home", "print")
    key = f"report-{shell.year}" if shell.year else "report"
    done = "_".join(["restated"] * shell.restated + ["translated"] * shell.translated)
    by = edition.maker or edition.words["this_site"]
    return Citation(
        key=f"{key}-{shell.slug or 'page'}-{shell.language}",
        of="whole" if whole else "part" if shell.holds == "report" else "site",
        title=edition.report if whole else shell.title,
        report=edition.report,
        tag=edition.tag,
        publisher=edition.publisher,
        maker=edition.maker,
        derivation=filled(edition.words[f"by_{done}"], by=by) if done else "",
        restated=shell.restated,
        translated=shell.translated,
        published=shell.published,
        dated=shell.dated,
        undated=edition.words["undated"],
        printed=shell.printed,
        address=shell.address,
        original=Original(first.report, first.tag, first.publisher),
    )
