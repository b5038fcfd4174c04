"""Pictures of which words alone are left take little of a reader's time."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from browser.modes import opened, read
from browser.speech import accessibility_tree, words
from browser.test_pictures import count, pictures_of

pytestmark = [pytest.mark.browser, pytest.mark.audit]
MOST = 0.07
"""Of the words of the report's pages."""


def test_pictures_take_few_words(browser: Browser, pages: list[str]) -> None:
    of_pictures, of_all = 0, 0
    with opened(browser, 1280) as page:
        for url in pages:
            if 'data-kind="report"' in read(url):
                page.goto(url)
                main = accessibility_tree(page).all("main")[0]
                of_pictures += sum(count(words(picture)) for picture in pictures_of(main))
                of_all += count(words(main))
    assert of_all > 0
    assert of_pictures / of_all <= MOST
