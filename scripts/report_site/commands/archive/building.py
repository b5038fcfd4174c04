"""Each report built by a worker of Dask, here or on a cluster; all of them put in place at once.

The folders and the target are named to the workers by path: on a cluster they lie on a disk that all machines share.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ...model.errors import InputError, Problem, system_problem
from ...publish.writing import MARKER, replacing, require_ours, write_files
from ..making import make_site
from .front import entry_of, front_pages

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = "10s"
"""With a scheduler that doesn't answer."""
MISSING = Problem(
    "report-site archive", "Dask isn't installed", 'run: pip install "dask[distributed]==2026.8.0" (or make archive)'
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one report."""

    name: str
    seconds: float = 0.0
    """On its worker."""
    problems: tuple[Problem, ...] = ()
    is_built: bool = True
    is_kept: bool = False
    """It failed, and the archive goes on with the edition that it had."""


def build_one(name: str, folder: str, site: str, address: str) -> Outcome:
    """Runs on a worker; a folder's mistake comes back as problems, each with the folder in its place."""
    begin = time.perf_counter()
    try:
        report = make_site(Path(folder), Path(site), address, in_archive=True)
    except InputError as error:
        return Outcome(name, time.perf_counter() - begin, _in_folder(error.problems, folder), is_built=False)
    except OSError as error:
        return Outcome(name, time.perf_counter() - begin, (system_problem(error),), is_built=False)
    lost = report.ledger.lost
    remedy = "say what the line is under `lines` in report.yml"
    problems = tuple(
        Problem(f"{folder}: line {number} of the source", f"on no page: {' '.join(tokens[:8])}", remedy)
        for number, tokens in lost.items()
    )
    return Outcome(name, time.perf_counter() - begin, problems)


def _in_folder(problems: tuple[Problem, ...], folder: str) -> tuple[Problem, ...]:
    return tuple(
        one if folder in one.place else Problem(f"{folder}: {one.place}", one.message, one.remedy) for one in problems
    )


def make_archive(
    folders: Mapping[str, Path],
    site: Path,
    address: str,
    client: Callable[[], AbstractContextManager[Client]],
    told: Callable[[Outcome, int], None],
) -> list[Outcome]:
    """Builds every folder into `site`; `told` hears of each as it ends, with how many have ended.

    A report that fails keeps the edition that the archive had of it. `InputError` where none is left to publish.
    """
    require_ours(site, folders.values())
    with replacing(site) as work:
        new = work / "new"
        new.mkdir()
        outcomes: list[Outcome] = []
        with client() as connected:
            for outcome in _built(folders, new, address, connected):
                outcomes.append(_kept(outcome, site, new))
                told(outcomes[-1], len(outcomes))
        entries = [entry_of(new / name, name) for name in folders if (new / name).is_dir()]
        if not entries:
            raise InputError(*(problem for outcome in outcomes for problem in outcome.problems))
        files = front_pages(new, entries, address)
        write_files({**files, MARKER: b"Made by report-site, which replaces all of it.\n"}, new)
    return outcomes


def _built(folders: Mapping[str, Path], new: Path, address: str, client: Client) -> Iterator[Outcome]:
    from distributed import as_completed

    futures = {
        client.submit(
            build_one, name, str(folder.resolve()), str(new / name), f"{address}{name}/" if address else "", pure=False
        ): name
        for name, folder in folders.items()
    }
    for future in as_completed(futures):
        if future.status == "finished":
            yield future.result()
        else:
            error = future.exception()
            message = " ".join(f"{type(error).__name__}: {error}".split())
            place = str(folders[futures[future]])
            yield Outcome(futures[future], 0.0, (Problem(place, message, "report this as a bug"),), is_built=False)


def _kept(outcome: Outcome, site: Path, new: Path) -> Outcome:
    """Of a report that failed, what the archive holds of it stays."""
    if outcome.is_built:
        return outcome
    shutil.rmtree(new / outcome.name, ignore_errors=True)
    old = site / outcome.name
    if not (old / MARKER).is_file():
        return outcome
    shutil.copytree(old, new / outcome.name)
    return Outcome(outcome.name, outcome.seconds, outcome.problems, is_built=False, is_kept=True)


@contextmanager
def local_client(workers: int) -> Iterator[Client]:
    """Processes of this machine, ended with the block."""
    with _dask():
        from distributed import Client, LocalCluster
    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster,
        Client(cluster) as client,
    ):
        yield client


@contextmanager
def cluster_client(scheduler: str) -> Iterator[Client]:
    """A cluster that runs already; its workers need this package."""
    with _dask():
        from distributed import Client
    try:
        client = Client(scheduler, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        remedy = "give the scheduler's address as tcp://HOST:PORT, and see that it runs"
        raise InputError(Problem(scheduler, "no Dask scheduler answers", remedy)) from error
    with client:
        yield client


@contextmanager
def _dask() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        raise InputError(MISSING) from error
