"""Trials as JUnit XML, for build servers: a suite for each ruleset version, a case for each example and claim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from attrs import frozen

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.language import Language
from ..diagnostics.message import message_of, visible
from .findings import findings_of
from .outcome import Tried


@frozen(repr=False)
class Suite:
    """One file and its trial; None where it does not compile, for the reasons in `findings`."""

    name: str
    tried: Tried | None
    findings: tuple[Diagnostic, ...]


def junit_document(suites: Sequence[Suite], language: Language) -> bytes:
    """The XML document. Names and messages have no characters that XML does not allow."""
    root = Element("testsuites")
    for suite in suites:
        _add_suite(root, suite, language)
    indent(root)
    return bytes(tostring(root, "utf-8", xml_declaration=True)) + b"\n"


def _add_suite(root: Element, suite: Suite, language: Language) -> None:
    element = SubElement(root, "testsuite", name=visible(suite.name))
    if suite.tried is None:
        _add_case(element, suite.name, "ruleset", suite.findings, language)
    else:
        _add_tried(element, suite, suite.tried, language)
    cases = element.findall("testcase")
    element.set("tests", str(len(cases)))
    element.set("failures", str(sum(case.find("failure") is not None for case in cases)))


def _add_tried(element: Element, suite: Suite, tried: Tried, language: Language) -> None:
    for example in tried.examples:
        part = Tried(tried.plan, (example,), (), tried.coverage)
        _add_case(element, example.example.name, f"{suite.name} examples", findings_of(part, language), language)
    for claim in tried.claims:
        part = Tried(tried.plan, (), (claim,), tried.coverage)
        _add_case(element, claim.claim.text, f"{suite.name} claims", findings_of(part, language), language)


def _add_case(element: Element, name: str, group: str, findings: Iterable[Diagnostic], language: Language) -> None:
    case = SubElement(element, "testcase", name=visible(name), classname=visible(group))
    messages = [message_of(finding, language) for finding in findings]
    if messages:
        failure = SubElement(case, "failure", message=messages[0].title)
        failure.text = "\n".join(" ".join(filter(None, (message.title, message.label, message.hint))) for message in messages)
