"""What `make orca` rests on and needs no Orca: the voice that writes down, what counts as heard, the line that names what is missing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from places import ROOT
from screen_reader.desktop import PROGRAMS, VOICE, desktop, end_all
from screen_reader.listening import in_order, plain


def test_the_voice_writes_down_what_it_is_given(tmp_path: Path) -> None:
    """As Speech Dispatcher talks to its modules: settings, a message with markup and a doubled full stop, an unknown command."""
    told = [
        "INIT", "LIST VOICES", "AUDIO", "audio_output_method=server", ".", "SET", "language=zh-cn", "rate=0", ".",
        "SPEAK", '<speak><mark name="0:3"/>A &lt;b&gt;', "..  &amp;amp; 水</speak>", ".", "STOP", "WHAT", "QUIT", "INIT",
    ]  # fmt: skip
    spoken = tmp_path / "spoken.jsonl"
    done = subprocess.run(
        [sys.executable, VOICE], input="\n".join(told) + "\n", env={"SPOKEN": str(spoken)},
        capture_output=True, encoding="utf-8", timeout=60, check=True,
    )  # fmt: skip
    assert [json.loads(line) for line in spoken.read_text("utf-8").splitlines()] == [
        {"language": "zh-cn", "text": "A <b> . &amp; 水"}
    ]
    codes = [line.split(" ")[0].split("-")[0] for line in done.stdout.splitlines()]
    assert codes == [
        "299",
        "299",
        "200",
        "200",
        "200",
        "207",
        "203",
        "203",
        "203",
        "202",
        "200",
        "701",
        "702",
        "300",
        "210",
    ]


@pytest.mark.parametrize(
    ("heard", "wanted", "found"),
    [
        ("Wells dug. 12 description value.", ("wells dug", "12"), True),
        ("12 description value. Wells dug.", ("Wells dug", "12"), False),
        ("（图片未保留） 水井", ("(图片未保留)", "水井"), True),
        ("12", ("12", "12"), False),
    ],
)
def test_what_counts_as_heard(heard: str, wanted: tuple[str, ...], found: bool) -> None:
    """In order, each for itself; widths, capitals and the full stops that Orca sets at the end of a line don't count."""
    assert in_order(plain(heard), wanted) is found


def test_a_missing_part_is_named_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be installed: `apt-get` isn't on the path."""
    for name in ("bash", "id", "env"):
        (tmp_path / name).symlink_to(f"/usr/bin/{name}")
    script = ROOT / "scripts" / "ensure_orca.sh"
    done = subprocess.run(["/bin/bash", script], env={"PATH": str(tmp_path)}, capture_output=True, encoding="utf-8")
    (line,) = done.stderr.splitlines()
    assert done.returncode == 1
    assert "apt install" in line
    assert {"orca", "xvfb", "xdotool", "openbox"} <= set(line.split())
    monkeypatch.setenv("PATH", str(tmp_path))
    with (
        pytest.raises(RuntimeError, match=f"missing: {PROGRAMS[0]}, .*ensure_orca"),
        desktop(tmp_path / "desk", "en"),
    ):
        raise AssertionError("a desktop without its programs")
    assert not (tmp_path / "desk").exists()


def test_every_process_is_ended_however_it_was_started() -> None:
    """Its grandchild too, which asks for more than a request to end."""
    command = 'trap "" TERM; sh -c \'trap "" TERM; echo up; sleep 60; :\' & wait'
    with subprocess.Popen(
        ["sh", "-c", command], env={"PATH": "/usr/bin:/bin", "A_MARK": "x"}, stdout=subprocess.PIPE
    ) as one:
        assert one.stdout
        assert one.stdout.readline() == b"up\n"
        end_all("A_MARK=x", patience=0.5)
        assert one.wait(10) != 0
        assert one.stdout.read() == b"", "whoever could write to it has ended"
