#!/usr/bin/python3
"""An output module of Speech Dispatcher that writes down what it is given to say, a line of JSON an utterance.

It speaks the protocol of output modules over standard input and output, and every utterance is over at once: what the
reader was told is all there, however fast the next key follows. `SPOKEN` names the file.
"""

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

TAG = re.compile(r"<[^>]*>")
ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
# Commands after which lines follow, up to a full stop: what is said before them and after.
SETTINGS = {
    "AUDIO": ("207 OK RECEIVING AUDIO SETTINGS", "203 OK AUDIO INITIALIZED"),
    "LOGLEVEL": ("207 OK RECEIVING LOGLEVEL SETTINGS", "203 OK LOG LEVEL SET"),
    "SET": ("203 OK RECEIVING SETTINGS", "203 OK SETTINGS RECEIVED"),
}
UTTERANCES = {"SPEAK", "CHAR", "KEY", "SOUND_ICON"}
ANSWERS = {
    "INIT": ("299-writes down what is said", "299 OK LOADED SUCCESSFULLY"),
    "LIST VOICES": ("200-writing\tzh-CN\tnone", "200-writing\ten-GB\tnone", "200 OK VOICE LIST SENT"),
    "QUIT": ("210 OK QUIT",),
    # Neither has an answer: there is never anything left to stop.
    "STOP": (),
    "PAUSE": (),
}


def main() -> None:
    language = ""
    with Path(os.environ["SPOKEN"]).open("a", encoding="utf-8") as spoken:
        for command in map(str.strip, iter(sys.stdin.readline, "")):
            if command in SETTINGS:
                before, after = SETTINGS[command]
                answer(before)
                told = dict(line.partition("=")[::2] for line in block())
                language = told.get("language", language)
                answer(after)
            elif command in UTTERANCES:
                answer("202 OK RECEIVING MESSAGE")
                text = plain("\n".join(block()))
                spoken.write(json.dumps({"language": language, "text": text}, ensure_ascii=False) + "\n")
                spoken.flush()
                answer("200 OK SPEAKING", "701 BEGIN", "702 END")
            else:
                answer(*ANSWERS.get(command, ("300 ERR UNKNOWN COMMAND",)))
            if command == "QUIT":
                return


def block() -> Iterator[str]:
    for line in iter(sys.stdin.readline, ""):
        if line.rstrip("\n") == ".":
            return
        # A full stop at the beginning of a line is doubled.
        yield line.rstrip("\n").removeprefix("." if line.startswith("..") else "")


def plain(ssml: str) -> str:
    text = TAG.sub("", ssml)
    for entity, character in ENTITIES.items():
        text = text.replace(entity, character)
    return " ".join(text.split())


def answer(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
