"""From a folder to a published site by someone who knows the commands alone: what they say, take and refuse."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click import Context
from click.testing import CliRunner, Result
from selectolax.lexbor import LexborHTMLParser

from places import ROOT, SAMPLES
from report_site.commands.cli import build, main
from report_site.commands.starter import own_requirement, repository_files

CHINESE = SAMPLES / "numbered-zh.txt"
ENGLISH = SAMPLES / "levelled-en.md"


def run(*arguments: object, code: int = 0) -> Result:
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert done.exit_code == code, done.output
    return done


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that one is in, outside the repository; no platform says where a site will stand."""
    monkeypatch.chdir(tmp_path)
    for name in ("SITE_URL", "GITHUB_REPOSITORY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def canonical(site: Path) -> str:
    link = LexborHTMLParser((site / "index.html").read_text("utf-8")).css_first("link[rel=canonical]")
    assert link is not None
    return link.attributes["href"] or ""


# --- the report that one stands in ---------------------------------------------------------------------------------


def test_the_folder_that_one_is_in_is_the_report(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("new", "foods", "--source", ENGLISH)
    monkeypatch.chdir(home / "foods")
    said = run("build").output
    assert "Harbour Foods" in (home / "foods" / "site" / "index.html").read_text("utf-8")
    assert "site: built; next: report-site check" in said


def test_a_folder_report_beside_one_is_the_report(home: Path) -> None:
    run("new", "report", "--source", ENGLISH)
    run("build", "--url", "https://foods.org/2031")
    assert canonical(home / "site") == "https://foods.org/2031/"
    assert not (home / "site" / "robots.txt").exists()
    assert run("check").output.endswith("0 findings\n")


def test_new_says_what_comes_next(home: Path) -> None:
    said = run("new", "foods", "--source", ENGLISH).output
    assert said.endswith(
        f"foods: started; go through {Path('foods/todo.md')}, then: report-site build --report foods\n"
    )
    assert f"{Path('foods/docs')}: written; next: report-site build" in run("convert", "--report", "foods").output


def test_help_shows_the_way_in_whole_sentences() -> None:
    said = run("--help").output
    assert "report-site new foods --source report.pdf" in said
    assert "..." not in said.partition("Commands:")[2]
    assert all(option.get("help") for name in main.commands for option in described(name))


def described(name: str) -> list[dict[str, Any]]:
    options = main.commands[name].to_info_dict(Context(main))["params"]
    return [option for option in options if option["param_type_name"] == "option"]


# --- the address ---------------------------------------------------------------------------------------------------


def test_a_placeholder_is_a_finding_and_stops_deploy(home: Path) -> None:
    run("new", "report", "--source", ENGLISH)
    run("build")
    assert "address-placeholder: index.html" in run("check", code=1).output
    said = run("deploy", "--check", code=2).output
    assert re.search(
        r"error: site.index\.html: the address https://example\.github\.io/report/ is no address .* --url", said
    )
    assert run("deploy", code=2).output == said


def test_the_platform_tells_the_address(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("new", "report", "--source", ENGLISH)
    monkeypatch.setenv("GITHUB_REPOSITORY", "Foods/reports")
    run("build")
    assert canonical(home / "site") == "https://foods.github.io/reports/"
    assert run("check").output.endswith("0 findings\n")
    assert "ready for https://foods.github.io/reports/" in run("deploy", "--check").output


def test_deploy_makes_the_site_a_branch(home: Path) -> None:
    run("new", "report", "--source", ENGLISH)
    run("build", "--url", "https://reports.foods.org")
    for command in (
        ["init", "-q", "--bare", "remote"],
        ["init", "-q"],
        ["remote", "add", "origin", str(home / "remote")],
    ):
        subprocess.run(["git", *command], check=True)
    for name, value in (("user.name", "A"), ("user.email", "a@foods.org")):
        subprocess.run(["git", "config", name, value], check=True)
    assert "pushed to origin gh-pages" in run("deploy").output
    shown = subprocess.run(
        ["git", "--git-dir", "remote", "ls-tree", "-r", "--name-only", "gh-pages"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert {"index.html", "CNAME", ".nojekyll", "assets/site.css"} <= set(shown)


def test_deploy_without_a_repository_is_one_line(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(home.parent))
    run("new", "report", "--source", ENGLISH)
    run("build", "--url", "https://reports.foods.org")
    said = run("deploy", code=2).output
    assert said.startswith("error: origin: ")
    assert said.count("\n") == 1


# --- a repository of one's own -------------------------------------------------------------------------------------


def test_init_makes_a_repository_that_builds(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("init", "foods", "--source", ENGLISH, "--url", "https://reports.foods.org")
    made = {path.relative_to(home / "foods").as_posix() for path in (home / "foods").rglob("*") if path.is_file()}
    around = {".github/workflows/pages.yml", ".gitignore", "requirements.txt", "README.md", "CNAME"}
    assert {name for name in made if not name.startswith("report/")} == around
    assert not [name for name in made - {"report/preflight.html"} if name.endswith((".py", ".html", ".css"))]
    monkeypatch.chdir(home / "foods")
    run("build")
    assert canonical(home / "foods" / "site") == "https://reports.foods.org/"
    robots = (home / "foods" / "site" / "robots.txt").read_text("utf-8")
    assert robots.endswith("Sitemap: https://reports.foods.org/sitemap.xml\n")
    assert run("check").output.endswith("0 findings\n")


def test_init_takes_a_report_that_is_there(home: Path) -> None:
    run("new", "old", "--source", CHINESE)
    run("convert", "--report", "old", "--docs", "old/docs")
    run(
        "init",
        "own",
        "--report",
        "old",
        "--url",
        "https://foods.org/reports",
        "--requirement",
        "report-site @ git+https://x.org/t@v1",
    )
    assert (home / "own/report/source.md").read_bytes() == (home / "old/source.md").read_bytes()
    assert not (home / "own/report/docs").exists()
    assert (home / "own/requirements.txt").read_text("utf-8") == "report-site @ git+https://x.org/t@v1\n"
    workflow = yaml.safe_load((home / "own/.github/workflows/pages.yml").read_text("utf-8"))
    assert workflow["jobs"]["build"]["env"] == {"SITE_URL": "https://foods.org/reports/"}
    assert (home / "own/README.md").read_text("utf-8").startswith("# 无障碍")


def test_init_leaves_what_is_there(home: Path) -> None:
    (home / "own").mkdir()
    (home / "own" / "notes.txt").write_text("mine", "utf-8")
    assert "not empty" in run("init", "own", "--source", ENGLISH, code=2).output
    assert [path.name for path in (home / "own").iterdir()] == ["notes.txt"]
    assert "needs one report" in run("init", "other", code=2).output
    run("init", "other", "--source", home / "missing.md", code=2)
    assert not (home / "other").exists()


def test_the_requirement_names_this_version() -> None:
    assert re.fullmatch(r"report-site(==| @ git\+).+", own_requirement())


# --- the workflows -------------------------------------------------------------------------------------------------

WORKFLOWS = {
    "the project's": (ROOT / ".github/workflows/pages.yml"),
    "a repository's of one's own": (ROOT / "scripts/report_site/commands/starter/pages.yml"),
}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_is_pinned_limited_cached_and_guarded(name: str) -> None:
    if not WORKFLOWS[name].exists():
        pytest.fail(f"{WORKFLOWS[name]} is missing")
    workflow = yaml.safe_load(WORKFLOWS[name].read_text("utf-8"))
    jobs = workflow["jobs"]
    assert "workflow_dispatch" in workflow[True]  # YAML 1.1 reads the key `on` so.
    assert all(job["timeout-minutes"] <= 60 for job in jobs.values())
    assert jobs["deploy"]["needs"] == "build"
    assert workflow["permissions"] == {"contents": "read"}
    steps = [step for job in jobs.values() for step in job["steps"]]
    assert all(re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", step["uses"]) for step in steps if "uses" in step)
    runs = [step["run"] for step in jobs["build"]["steps"] if "run" in step]
    assert runs[-1].endswith("deploy --check")
    assert not any("make test" in command for command in runs)
    assert any(step.get("with", {}).get("cache") == "pip" for step in jobs["build"]["steps"])


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_publishes_the_copies_with_the_site(name: str) -> None:
    """`build` makes PDF and e-book unless told not to; what it made is what is uploaded."""
    steps = yaml.safe_load(WORKFLOWS[name].read_text("utf-8"))["jobs"]["build"]["steps"]
    runs = [recipe for step in steps if "run" in step for recipe in _recipes(step["run"])]
    builds = [run for run in runs if re.search(r"report[-_]site build\b", run)]
    assert builds
    assert not any("--no-copies" in run or "--site" in run for run in builds)
    (upload,) = [step for step in steps if "upload-pages-artifact" in step.get("uses", "")]
    assert upload["with"] == {"path": "site"}
    copies = next(option for option in build.params if option.name == "copies")
    assert copies.default is True


def _recipes(command: str) -> list[str]:
    """The command, or what the Makefile runs for it and what it needs."""
    if not command.startswith("make "):
        return [command]
    rules = dict(re.findall(r"^([\w-]+): (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    target = command.removeprefix("make ")
    needed = [recipe for one in rules[target].split() if one in rules for recipe in _recipes(f"make {one}")]
    body = re.search(rf"^{target}:.*\n((?:\t.*\n)*)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    return [*needed, *(body[1].splitlines() if body else ())]


def test_both_workflows_use_the_same_actions() -> None:
    used = [set(re.findall(r"uses: (\S+@\S+)", path.read_text("utf-8"))) for path in WORKFLOWS.values()]
    assert used[0] == used[1]


EVERY_WORKFLOW = [*sorted((ROOT / ".github/workflows").glob("*.y*ml")), WORKFLOWS["a repository's of one's own"]]
STEP_KEYS = {"uses", "run", "with", "if", "id", "name", "env", "shell", "working-directory", "continue-on-error"}
JOB_KEYS = {
    "runs-on",
    "steps",
    "timeout-minutes",
    "needs",
    "if",
    "permissions",
    "concurrency",
    "environment",
    "container",
}


@pytest.mark.parametrize("path", EVERY_WORKFLOW, ids=lambda path: path.name + " of " + path.parent.name)
def test_a_workflow_is_one(path: Path) -> None:
    """Keys that GitHub knows, jobs that there are, steps that do one thing, least permissions, a time limit."""
    workflow = yaml.safe_load(path.read_text("utf-8"))
    assert set(workflow) <= {"name", True, "permissions", "jobs"}
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert set(job) <= JOB_KEYS
        assert re.fullmatch(r"ubuntu-\d\d\.\d\d", job["runs-on"])
        assert job["timeout-minutes"] <= 60
        assert {job["needs"]} <= workflow["jobs"].keys() if "needs" in job else True
        for step in job["steps"]:
            assert set(step) <= STEP_KEYS
            assert ("uses" in step) != ("run" in step)


def test_every_action_is_pinned_by_commit_and_by_the_same_everywhere() -> None:
    """With its version behind it: Dependabot reads and renews both."""
    lines = [
        line.strip() for path in EVERY_WORKFLOW for line in path.read_text("utf-8").splitlines() if "uses:" in line
    ]
    pins = [re.fullmatch(r"(?:- )?uses: (actions/[\w-]+)@([0-9a-f]{40})  # (v\d+\.\d+\.\d+)", line) for line in lines]
    assert [line for line, pin in zip(lines, pins, strict=True) if pin is None] == []
    found = {pin.groups() for pin in pins if pin}
    assert len({name for name, _, _ in found}) == len(found)
    renewed = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text("utf-8"))["updates"]
    assert {"package-ecosystem": "github-actions", "directory": "/", "schedule": {"interval": "monthly"}} in renewed


def test_what_the_workflows_run_is_there() -> None:
    """Targets of the Makefile, and commands of the tool with options that they have."""
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for path in EVERY_WORKFLOW:
        steps = [step for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values() for step in job["steps"]]
        for run_line in (step["run"] for step in steps if "run" in step):
            if match := re.search(r"^make (\S+)$", run_line):
                assert match[1] in targets
            if match := re.search(r"report[-_]site (\w+)((?: --[\w-]+)*)$", run_line):
                options = {name for option in main.commands[match[1]].params for name in option.opts}
                assert set(match[2].split()) <= options


def test_a_repository_needs_no_setting_where_github_tells_the_address() -> None:
    files = repository_files("en", "report-site==1", "https://foods.github.io/")
    assert "CNAME" not in files
    assert b"SITE_URL: " in files[".github/workflows/pages.yml"]
    assert b"SITE_URL" not in repository_files("en", "report-site==1")[".github/workflows/pages.yml"]


# --- other machines ------------------------------------------------------------------------------------------------


def test_the_module_is_a_command(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "PYTHONIOENCODING": "cp1252"}
    command = [sys.executable, "-m", "report_site", "new", "report", "--source", str(CHINESE)]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="cp1252")
    assert done.returncode == 0, done.stderr
    assert "\\u" in done.stdout
