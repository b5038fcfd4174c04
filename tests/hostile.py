"""Hostile inputs: what a case file says of one is put on the disk, run as a person would run it, and looked at after."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import signal
import stat
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from click.testing import CliRunner, Result
from selectolax.lexbor import LexborHTMLParser, LexborNode

from report_site.commands.cli import main

NAMES = {"REPORT": "report", "OTHER": "other", "SITE": "site", "OUT": "out", "ROOT": "."}
FOREIGN = re.compile(r"\s*(?:javascript|vbscript|data|file):|\s*(?:https?:)?//(?:\w+\.)*evil\.example", re.IGNORECASE)
"""Addresses that act, or that a payload brought along."""
ADDRESSES = ("href", "src", "srcset", "action", "formaction", "xlink:href", "poster", "data", "ping")
ELEMENTS = (
    "iframe, object, embed, base, frame, applet, meta[http-equiv=refresh], main style, main link, main form[action]"
)
OWN_SCRIPTS = ("assets/js/", "application/ld+json")
PATIENCE = 120
"""Seconds on the clock, after which an input has no end."""


def put(root: Path, files: Mapping[str, Any]) -> None:
    """Each file as the case says: a text, or what else stands in its place."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, dict) and "text" not in content and "pieces" not in content:
            _put_strange(path, content)
        else:
            _clear(path)
            path.write_bytes(_bytes_of(content))


def _clear(path: Path) -> None:
    if path.is_symlink() or path.exists():
        path.unlink()


def _bytes_of(content: Any) -> bytes:
    if isinstance(content, str):
        return content.encode("utf-8", "surrogatepass")
    if "hex" in content:
        return bytes.fromhex(content["hex"])
    if "pieces" in content:
        return b"".join(map(_bytes_of, content["pieces"]))
    return str(content["text"]).encode(content.get("in", "utf-8"), "surrogatepass") * int(content.get("times", 1))


def png_with_text(size: int) -> bytes:
    """A picture of one pixel whose remark unpacks to `size` bytes, whole MiB: one of them is packed, the others are its copies."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    once = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    # Adler-32 of nothing but noughts: their number above a one.
    text = b"\x78\xda" + once * (size >> 20) + packer.flush() + (size % 65521 << 16 | 1).to_bytes(4)
    head = b"\0\0\0\1\0\0\0\1\x08\0\0\0\0"
    parts = ((b"IHDR", head), (b"zTXt", b"Comment\0\0" + text), (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in parts)


def _put_strange(path: Path, content: Mapping[str, Any]) -> None:
    _clear(path)
    match content:
        case {"hex": digits}:
            path.write_bytes(bytes.fromhex(digits))
        case {"link": target}:
            path.symlink_to(target)
        case {"folder": True}:
            path.mkdir()
        case {"pipe": True}:
            os.mkfifo(path)
        case {"gone": True}:
            pass
        case {"terms": count}:
            terms = [f"- {{zh: 名{i}, en: Name {i}, kind: term, note: {{zh: 试, en: try}}}}\n" for i in range(count)]
            path.write_text("terms:\n" + "".join(terms), "utf-8")
        case {"messages": count}:
            path.write_text(
                "\n".join(f'msgctxt "p#{i}"\nmsgid "文 {i}"\nmsgstr "Text {i}"\n' for i in range(count)), "utf-8"
            )
        case {"levels": count}:
            items = "".join(f"{'  ' * i}- Level {i}\n" for i in range(count))
            path.write_text(f"# Blue Lake Report 2030\n\n## Water\n\nTwelve wells were dug.\n\n{items}", "utf-8")
        case {"bomb": "png-text"}:
            path.write_bytes(png_with_text(400 << 20))
        case {"picture": [kind, width, height, *rest]}:
            from PIL import Image

            colour = rest[0] if rest else "red"
            Image.new("RGB", (width, height), colour).save(path, kind)
        case _:
            raise ValueError(f"{path}: {content}")


@contextmanager
def in_time(seconds: int = PATIENCE) -> Iterator[None]:
    """What waits for ever fails, and stops nothing else."""

    def ended(number: int, frame: FrameType | None) -> None:
        raise AssertionError(f"no end within {seconds} s")

    before = signal.signal(signal.SIGALRM, ended)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def run(root: Path, line: str) -> Result:
    """The command, `REPORT` and its like standing for the folders below `root`; any end but an exit status is a fault."""
    words = [re.sub(r"^[A-Z]{3,}", lambda m: str(root / NAMES.get(m[0], m[0])), word) for word in shlex.split(line)]
    with in_time():
        result = CliRunner().invoke(main, words)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise AssertionError(f"{line}: {result.exception!r}") from result.exception
    return result


def seconds_of(begin: float) -> float:
    """Of processor time since `begin`."""
    return time.process_time() - begin


def fingerprint(root: Path) -> dict[str, str]:
    """What each path is and holds."""
    return {os.fsdecode(path.relative_to(root)): _held(path) for path in sorted(root.rglob("*"))}


def _held(path: Path) -> str:
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return f"link to {path.readlink()}"
    if stat.S_ISREG(mode):
        return hashlib.sha256(path.read_bytes()).hexdigest()
    return stat.filemode(mode)


def pages_of(site: Path) -> dict[str, LexborHTMLParser]:
    return {str(path.relative_to(site)): LexborHTMLParser(path.read_bytes()) for path in sorted(site.rglob("*.html"))}


def active_in(tree: LexborHTMLParser) -> list[str]:
    """What could run, load or lead astray."""
    found = [str(node.html)[:120] for node in tree.css(ELEMENTS)]
    for node in tree.css("*"):
        found += _acting(node)
    return found


def _acting(node: LexborNode) -> Iterator[str]:
    attributes = node.attributes
    if node.tag == "script":
        own = attributes.get("src") or attributes.get("type") or ""
        if not any(part in own for part in OWN_SCRIPTS):
            yield f"<script> {str(node.html)[:120]}"
    for name, value in attributes.items():
        if name.startswith("on") or name in ("style", "srcdoc") or (name in ADDRESSES and FOREIGN.match(value or "")):
            yield f"{node.tag} {name}={value!r}"


def text_of(trees: Mapping[str, LexborHTMLParser]) -> str:
    """All that the pages show, blanks made one; elements once run together, once apart."""
    bodies = [tree.body for tree in trees.values() if tree.body]
    return "\n".join(" ".join(body.text(separator=between).split()) for between in ("", " ") for body in bodies)
