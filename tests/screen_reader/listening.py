"""A reader with a keyboard and Orca: presses keys and listens."""

from __future__ import annotations

import gettext
import json
import time
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from subprocess import Popen, TimeoutExpired

from checkers import chromium

from .desktop import LOCALES, Desktop, wait

ANSWER_SECONDS = 6
"""How long a reader waits for an answer to a key before they take it for silence."""
QUIET_SECONDS = 0.4
LOADED_SECONDS = 90
CLOSED_SECONDS = 20
POLL_SECONDS = 0.02
TYPING_MS = (50, 200, 600)
SETTINGS = {
    # A browser that asks nothing of its own accord.
    "translate": {"enabled": False},
    "credentials_enable_service": False,
    "browser": {"has_seen_welcome_page": True},
}
OPTIONS = (
    "--no-sandbox", "--test-type", "--no-first-run", "--no-default-browser-check", "--force-renderer-accessibility",
    "--password-store=basic", "--disable-sync", "--disable-component-update", "--disable-background-networking",
    "--disable-features=Translate",
)  # fmt: skip
LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en-GB"}


class UnheardError(AssertionError):
    """What was to be heard wasn't, within as many keys as a reader would press."""


@dataclass(slots=True)
class Listener:
    """One browser window, and all that was pressed and heard."""

    desktop: Desktop
    language: str
    site_url: str
    lines: list[str] = field(default_factory=list)
    keys: int = 0
    browser: Popen[bytes] | None = None

    # --- what is spoken ---

    def _spoken(self) -> list[str]:
        return self.desktop.spoken.read_text("utf-8").splitlines()

    def _said(self, line: str) -> str:
        """One utterance; in brackets the language where it isn't Orca's own."""
        told = json.loads(line)
        language = str(told["language"])
        foreign = language and language.split("-")[0] != self.language
        return f"[{language}: {told['text']}]" if foreign else str(told["text"])

    def _said_since(self, before: int, wanted: Sequence[str]) -> bool:
        return in_order(plain(" ".join(map(self._said, self._spoken()[before:]))), wanted)

    def listen(self, action: str, before: int, *, waited: bool = False) -> str:
        """What is heard from the utterance `before` on until Orca falls silent; `waited`: it may have done so already."""
        heard, last = before, time.monotonic()
        while time.monotonic() - last < (QUIET_SECONDS if heard > before or waited else ANSWER_SECONDS):
            time.sleep(POLL_SECONDS)
            if (now := len(self._spoken())) > heard:
                heard, last = now, time.monotonic()
        said = [self._said(line) for line in self._spoken()[before:heard]]
        self.lines += [f"[{action}]", *said]
        return " ".join(said)

    # --- what is done ---

    @contextmanager
    def reading(self, path: str, profile: Path) -> Iterator[None]:
        """A fresh browser at a page."""
        (profile / "Default").mkdir(parents=True)
        accepted = {"intl": {"accept_languages": LANGUAGE_TAGS[self.language]}}
        (profile / "Default" / "Preferences").write_text(json.dumps({**SETTINGS, **accepted}), "utf-8")
        before = len(self._spoken())
        browser = self.desktop.start(chromium(), *OPTIONS, f"--user-data-dir={profile}", self.site_url + path)
        try:
            self.loaded(f"open {path or 'home page'}", before)
            yield
        finally:
            close(browser)

    def loaded(self, action: str, before: int) -> str:
        """Waits until Orca has said that the page is there, in the words of the Orca that is installed.

        Of a page that is there at once it says nothing but the title: silence for a while is as good.
        """
        orca = gettext.translation("orca", "/usr/share/locale", [LOCALES[self.language]], fallback=True)
        done = plain(orca.gettext("Finished loading %s.").split("%s")[0])
        begun = changed = time.monotonic()
        heard = before
        while not any(done in plain(line) for line in self._spoken()[before:]):
            now = time.monotonic()
            if heard < len(self._spoken()):
                heard, changed = len(self._spoken()), now
            if heard > before and now - changed > ANSWER_SECONDS:
                break
            if now - begun > LOADED_SECONDS:
                raise UnheardError(f"no page is heard within {LOADED_SECONDS} s of {action}")
            time.sleep(POLL_SECONDS)
        return self.listen(action, before)

    def press(self, key: str) -> str:
        """A key, and what is heard after it."""
        before = len(self._spoken())
        self._key(key)
        return self.listen(key, before)

    def _key(self, key: str) -> None:
        self.keys += 1
        self.desktop.run("xdotool", "key", "--clearmodifiers", key)

    def follow(self, key: str = "Return") -> str:
        """A key that leads to another page."""
        before = len(self._spoken())
        self._key(key)
        return self.loaded(key, before)

    def type(self, text: str, *answer: str) -> None:
        """Text into a field, and what the page says to it without being asked.

        On a busy machine characters that no key has are lost now and then: as a person does, the reader then types
        anew, and slower.
        """
        for delay in TYPING_MS:
            before = len(self._spoken())
            self.desktop.run("xdotool", "key", "ctrl+a", "type", "--delay", str(delay), text)
            with suppress(TimeoutError):
                wait(partial(self._said_since, before, answer), text, ANSWER_SECONDS)
            if in_order(plain(self.listen(f"type {text}", before, waited=True)), answer):
                return
        raise UnheardError(f"{' … '.join(answer)}: not heard after typing {text}")

    def until(self, key: str, *wanted: str, most: int) -> str:
        """The same key until all of `wanted` is heard, in this order, `most` times at the most; what the last one said."""
        heard = ""
        for _ in range(most):
            last = self.press(key)
            heard += plain(last)
            if in_order(heard, wanted):
                return last
        raise UnheardError(f"{' … '.join(wanted)}: not heard within {most} × {key}")


def close(browser: Popen[bytes]) -> None:
    browser.terminate()
    try:
        browser.wait(CLOSED_SECONDS)
    except TimeoutExpired:
        browser.kill()
        browser.wait()


def in_order(heard: str, wanted: Sequence[str]) -> bool:
    place = 0
    for text in map(plain, wanted):
        if (found := heard.find(text, place)) < 0:
            return False
        place = found + len(text)
    return True


def plain(text: str) -> str:
    """As it sounds: neither space nor full stop, which stand where Orca ends a line; widths and capitals as one."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if not character.isspace() and character not in ".。")
