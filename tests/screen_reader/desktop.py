"""A desktop that nobody sees: X server, bus, window manager, Speech Dispatcher and Orca, and no process left behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import DEVNULL, Popen

VOICE = Path(__file__).with_name("voice.py")
AT_SPI = "/usr/libexec/at-spi-bus-launcher"
PROGRAMS = ("Xvfb", "dbus-daemon", "openbox", "speech-dispatcher", "orca", "xdotool", "localedef", AT_SPI)
LOCALES = {"zh": "zh_CN", "en": "en_GB"}
"""Orca speaks the language of its reader, which is that of the pages read."""
MARK = "REPORT_SITE_DESKTOP"
"""In the environment of every process of a desktop, those that the bus starts too: so all are found at the end."""
STARTED_SECONDS = 120
ENDED_SECONDS = 10
MOST_LOGGED = 500
SCREEN = "1280x1000x24"
REMEDY = "scripts/ensure_orca.sh installs them on Debian"
SPEECH = """LogLevel 2
DefaultLanguage "en"
AddModule "writing" "{voice}" "writing.conf"
DefaultModule writing
"""
# No shortcuts of its own, which would take keys from Orca; every window as large as the screen, its lines as long.
WINDOWS = """<openbox_config xmlns="http://openbox.org/3.4/rc"><keyboard/><mouse/>
<applications><application class="*"><maximized>yes</maximized></application></applications></openbox_config>
"""
# The reader asks for what is to be read: read aloud from its beginning, each page would be heard whole.
ORCA = {"sayAllOnLoad": False, "enableKeyEcho": False, "enableBraille": False, "presentDateAndTime": False}


@dataclass(frozen=True, slots=True)
class Desktop:
    """A folder of its own, and the processes in it."""

    home: Path
    environment: dict[str, str]
    started: list[Popen[bytes]] = field(default_factory=list)

    @property
    def spoken(self) -> Path:
        """What was spoken, a line of JSON an utterance: `language`, `text`."""
        return self.home / "spoken.jsonl"

    def start(self, *command: str, kept: Sequence[int] = ()) -> Popen[bytes]:
        """Starts a program that stays; `kept`: file descriptors that it may write to."""
        with self.log_file(command[0]).open("ab") as log:
            process = Popen(command, env=self.environment, stdin=DEVNULL, stdout=log, stderr=log, pass_fds=kept)
        self.started.append(process)
        return process

    def start_telling(self, *command: str) -> str:
        """Starts a program that stays and tells something at its start, in a line to the file descriptor `{fd}`."""
        reading, writing = os.pipe()
        self.start(*(part.format(fd=writing) for part in command), kept=[writing])
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            told = pipe.readline().decode().strip()
        if not told:
            raise RuntimeError(f"{command[0]} didn't start; it said: {self.log(command[0])}")
        return told

    def log(self, program: str) -> str:
        """The end of what the program wrote."""
        return self.log_file(program).read_text("utf-8", "replace")[-MOST_LOGGED:].strip() or "nothing"

    def log_file(self, program: str) -> Path:
        return self.home / f"{Path(program).name}.log"

    def run(self, *command: str) -> str:
        """Runs a program that ends, and returns what it says."""
        done = subprocess.run(
            command, env=self.environment, capture_output=True, encoding="utf-8", timeout=STARTED_SECONDS
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} failed: {done.stderr.strip()}")
        return done.stdout


@contextmanager
def desktop(home: Path, language: str) -> Iterator[Desktop]:
    """A desktop on which Orca speaks `language`; its files are below `home`, whose path has to be short for sockets."""
    if missing := [program for program in PROGRAMS if not shutil.which(program)]:
        raise RuntimeError(f"Orca can't be run, these programs are missing: {', '.join(missing)}; {REMEDY}")
    mark = uuid.uuid4().hex
    made = Desktop(home, {**_environment(home, LOCALES[language]), MARK: mark})
    try:
        _furnish(made, LOCALES[language])
        _switch_on(made)
        yield made
    finally:
        end_all(f"{MARK}={mark}")
        for process in made.started:
            process.wait(ENDED_SECONDS)


def _environment(home: Path, locale: str) -> dict[str, str]:
    """Nothing of the caller's: neither their display and bus nor their settings."""
    return {
        "PATH": f"{home}/programs:{os.defpath}",
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "settings"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "GSETTINGS_BACKEND": "memory",
        "LOCPATH": str(home / "locales"),
        "LC_ALL": f"{locale}.UTF-8",
        "LANGUAGE": locale,
        "SPEECHD_ADDRESS": f"unix_socket:{home}/run/speech",
        "SPOKEN": str(home / "spoken.jsonl"),
    }


def _furnish(place: Desktop, locale: str) -> None:
    """Locale and settings, as each program looks for them."""
    for name in ("run", "data/orca", "locales", "speech/modules", "programs"):
        (place.home / name).mkdir(parents=True)
    # Else buses refuse it.
    (place.home / "run").chmod(0o700)
    place.spoken.touch()
    place.run("localedef", "-i", locale, "-f", "UTF-8", str(place.home / "locales" / f"{locale}.UTF-8"))
    (place.home / "speech/speechd.conf").write_text(SPEECH.format(voice=VOICE), "utf-8")
    (place.home / "speech/modules/writing.conf").touch()
    (place.home / "windows.xml").write_text(WINDOWS, "utf-8")
    # Orca refuses to start where `pgrep` finds another one of the same user's, whichever desktop that one is on.
    (place.home / "programs/pgrep").write_text("#!/bin/sh\nexit 1\n", "utf-8")
    (place.home / "programs/pgrep").chmod(0o755)
    profiles = {"default": {"profile": ["Default", "default"], "pronunciations": {}, "keybindings": {}, **ORCA}}
    settings = {"general": ORCA, "pronunciations": {}, "keybindings": {}, "profiles": profiles}
    (place.home / "data/orca/user-settings.conf").write_text(json.dumps(settings), "utf-8")


def _switch_on(place: Desktop) -> None:
    """One after the other, each when what it needs is there."""
    place.environment["DISPLAY"] = ":" + place.start_telling(
        "Xvfb", "-displayfd", "{fd}", "-screen", "0", SCREEN, "-nolisten", "tcp"
    )
    bus = place.start_telling("dbus-daemon", "--session", "--nofork", "--print-address={fd}")
    place.environment["DBUS_SESSION_BUS_ADDRESS"] = bus
    run, speech = place.home / "run", place.home / "speech"
    place.start(
        "speech-dispatcher", "--run-single", "--config-dir", str(speech), "--communication-method", "unix_socket",
        "--socket-path", str(run / "speech"), "--log-dir", str(run), "--pid-file", str(run / "speech.pid"), "--timeout", "0",
    )  # fmt: skip
    place.start("openbox", "--config-file", str(place.home / "windows.xml"))
    place.start(AT_SPI, "--launch-immediately")
    wait(lambda: (run / "speech").exists(), f"Speech Dispatcher; it said: {place.log('speech-dispatcher')}")
    place.start("orca")
    try:
        wait(lambda: place.spoken.stat().st_size > 0, "Orca's first words")
    except TimeoutError as silence:
        logs = "; ".join(f"{Path(name).name}: {place.log(name)}" for name in PROGRAMS if place.log_file(name).is_file())
        raise TimeoutError(f"{silence} — {logs}") from None


def wait(reached: Callable[[], object], what: str, seconds: float = STARTED_SECONDS) -> None:
    end = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds:g} s in vain for {what}")
        time.sleep(0.02)


def end_all(mark: str, patience: float = ENDED_SECONDS) -> None:
    """Ends every process that has this setting in its environment: asked first, after `patience` seconds forced."""
    for sign, seconds in ((signal.SIGTERM, patience), (signal.SIGKILL, ENDED_SECONDS)):
        for number in _processes(mark):
            with suppress(ProcessLookupError):
                os.kill(number, sign)
        with suppress(TimeoutError):
            return wait(lambda: not _processes(mark), "the end of all processes", seconds)
    raise RuntimeError(f"these processes don't end: {_processes(mark)}")


def _processes(mark: str) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        # Others' can't be read; one that has ended has no environment any more.
        with suppress(OSError):
            if folder.name.isdigit() and mark.encode() in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
    return found
