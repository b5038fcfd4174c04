"""The pages about accessibility are those that the committed results give: no sentence on them is anyone's own."""

from __future__ import annotations

from places import ROOT
from statement.__main__ import written
from statement.model import evaluate, load_map
from statement.results import RESULTS, load


def test_the_pages_say_what_was_tested() -> None:
    for path, text in written(load(RESULTS), ROOT / "report").items():
        assert path.read_text("utf-8") == text, f"{path.relative_to(ROOT)}: run `make statement`"


def test_there_are_results_and_each_names_its_day_and_version() -> None:
    found = load(RESULTS)
    assert found
    assert all(len(one.date) == 10 and one.commit and one.gear for one in found)
    assert evaluate(*load_map(), found).checked
