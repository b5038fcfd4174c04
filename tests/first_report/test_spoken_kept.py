"""The transcripts of `make orca` that are kept: of each task in each language, and each task done."""

import pytest

from .test_spoken_tasks import KEPT, LANGUAGES, TASKS


def test_each_task_has_its_transcript() -> None:
    files = {path.relative_to(KEPT).as_posix() for path in KEPT.rglob("*.txt")}
    assert files == {f"{language}/{task}.txt" for language in LANGUAGES for task in TASKS}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("task", TASKS)
def test_each_was_done(language: str, task: str) -> None:
    first, *_, last = (KEPT / language / f"{task}.txt").read_text("utf-8").splitlines()
    assert first == f"# {TASKS[task][1].__doc__}"
    assert last.startswith("# passed, ")
