"""Topics: the form of the phrase files, what a phrase finds, and the labels of a passage."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import harvester
from harvester.cli import main
from harvester.diffing.text.blocks import read_blocks
from harvester.errors import ConfigurationError
from harvester.insight.topics.assign import (
    NAMED,
    OPP115,
    OTHER,
    opp115_labels,
    topics,
    topics_beyond_opp115,
    topics_of,
    topics_of_blocks,
)
from harvester.insight.topics.matcher import Matcher
from harvester.insight.topics.phrases_file import GAP, read_phrases
from tests.support.paths import SAMPLE

PHRASES = Path(harvester.__file__).parent / "insight" / "topics" / "phrases"
COMPANIES = {"google", "facebook", "twitter", "adobe", "truste", "verisign", "microsoft", "meta"}


def found(phrase: str, text: str) -> bool:
    """Whether a phrase is found in a text."""
    [topic] = read_phrases(f"@kin = child | young people\n[t] Topic\n1 {phrase}", "test")
    return bool(Matcher(topic.phrases).find(text))


@pytest.mark.parametrize(
    ("phrase", "text", "there"),
    [
        ("we sell data", "Never will WE SELL data!", True),
        ("we sell data", "we sell. Data", False),
        ("we may? sell", "we sell", True),
        ("we may? sell", "we may sell", True),
        ("we may? sell", "we never sell", False),
        ("sell/rent data", "to rent data", True),
        ("disclos*", "our disclosures", True),
        ("disclos*", "we close", False),
        ("a @kin may", "a young people may", True),
        ("share ... with", "share your name with", True),
        ("share ... with", "share. Together with", False),
        ("share ... with", f"share {'very ' * GAP}with", True),
        ("share ... with", f"share {'very ' * (GAP + 1)}with", False),
        ("share ... with ... firms", "we share names with other firms", True),
        ("share ... with", "with whom we share", False),
        ("^ to improve", "to improve things", True),
        ("^ to improve", "in order to improve things", False),
        ("things $", "to improve things", True),
        ("children's", "children’s privacy", True),
    ],
)
def test_a_phrase_is_found_as_its_form_says(phrase: str, text: str, there: bool) -> None:
    assert found(phrase, text) is there


@given(st.lists(st.sampled_from(["we", "share", "data", ".", "with", "you"]), max_size=30))
def test_a_phrase_with_a_gap_is_found_exactly_where_a_search_by_hand_finds_it(words: list[str]) -> None:
    by_hand = any(
        words[i] == "share" and words[j] == "with" and "." not in words[i:j]
        for i in range(len(words))
        for j in range(i + 1, min(i + GAP + 2, len(words)))
    )
    assert found("share ... with", " ".join(words)) is by_hand


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("[t] T\n0 nothing", "line 2: a weight of 0"),
        ("[t] T\n1 maybe?", "line 2: each part of a phrase needs a word"),
        ("[t] T\n1 @unknown", "line 2: @unknown is not defined"),
        ("1 early", "line 1: a phrase needs a [topic] above it"),
        ("prose", "line 1: a line is"),
        ("[t] T\n1 " + " ".join(["a/b"] * 20), "split the phrase"),
    ],
)
def test_a_slip_in_a_phrase_file_is_named_with_its_line(line: str, says: str) -> None:
    with pytest.raises(ConfigurationError, match="test, ") as error:
        read_phrases(line, "test")
    assert says in str(error.value)


def test_the_phrase_files_can_be_read_and_every_topic_has_a_title_and_a_sum() -> None:
    assert {topic.key for topic in topics()} >= {*OPP115, "arbitration", "model-training", "precise-location"}
    assert all(topic.title for topic in topics())
    assert all(0 < topic.short <= topic.long for topic in topics() if topic.key != OTHER)


def test_the_names_of_opp_115_are_those_of_its_data(shared: Path) -> None:
    lines = (shared / "topics" / "opp115-valid.jsonl").read_text("utf-8").splitlines()
    used = {label for line in lines for label in json.loads(line)["label"]}
    assert used == {topic.title for topic in topics() if topic.key in OPP115}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("We use what you write to train our models.", "model-training"),
        ("We honor Global Privacy Control signals.", "global-privacy-control"),
        ("Any dispute is settled by binding arbitration.", "arbitration"),
        ("We keep your account for 24 months after you leave.", "retention-periods"),
        ("Nous ne vendons pas vos données.", "sale"),
        ("Wir setzen Cookies ein.", "tracking"),
        ("Conservamos sus datos durante cinco años.", "retention-periods"),
        ("Non è destinato a minori di 16 anni; età minima 16.", "age"),
        ("Utilizamos inteligência artificial.", "model-training"),
        ("Wij delen uw gegevens niet met derden.", "third-party-sharing"),
    ],
)
def test_topics_beyond_opp_115_and_beyond_english(text: str, key: str) -> None:
    assert key in {one.topic.key for one in topics_of(text)}


def test_a_topic_names_the_phrases_that_decided_and_their_weights_add_up() -> None:
    text = "We may share your personal information with third parties for advertising."
    found = topics_of(text)
    assert found
    for one in found:
        assert one.score == sum(weight for _, weight in one.phrases) >= one.topic.needed(len(text.split()))


def test_a_long_passage_needs_more_than_a_short_one() -> None:
    [topic] = [topic for topic in topics() if topic.key == "first-party"]
    assert topic.short == topic.needed(0) < topic.needed(50) < topic.needed(100) == topic.needed(1000) == topic.long


WORDS = ["we", "sell", "your", "data", "cookies", ".", "arbitration", "not", "train", "models", "30", "days", "keep"]


@given(st.lists(st.sampled_from(WORDS)))
def test_the_topics_beyond_opp_115_are_found_alike_by_themselves(words: list[str]) -> None:
    text = " ".join(words)
    assert topics_beyond_opp115(text) == tuple(
        one.topic for one in topics_of(text) if one.topic.key not in {*OPP115, NAMED}
    )


def test_a_passage_that_names_third_parties_has_the_topic_with_their_names() -> None:
    [named] = [
        one
        for one in topics_of("We share it with partners such as Acme Metrics and Zebrix, and with partners of theirs.")
        if one.topic.key == NAMED
    ]
    assert [name for name, _ in named.phrases] == ["Acme Metrics", "Zebrix"]
    assert NAMED not in {one.topic.key for one in topics_of("We share it with partners, by contract.")}


def test_there_is_every_topic_that_readers_asked_for() -> None:
    asked = """automated-decisions model-training biometrics age precise-location sale global-privacy-control
        arbitration government-requests international-transfers retention-periods breach-notice tracking"""
    assert {topic.key for topic in topics()} == {*OPP115, *asked.split(), NAMED}


def test_no_phrase_names_a_company() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in PHRASES.glob("*.txt"))
    found = {word for word in re.findall(r"[\w-]+", sources.lower()) if word in COMPANIES}
    assert not found


def test_a_passage_that_no_phrase_speaks_of_is_other() -> None:
    assert opp115_labels("xyzzy") == ["Other"]
    assert topics_of("xyzzy") == ()


def test_a_block_counts_the_words_of_the_heading_over_it() -> None:
    heading, item = topics_of_blocks(read_blocks("## Data retention\n\n  * It depends.\n"))
    assert "retention" in {one.topic.key for one in heading.found}
    assert "retention" in {one.topic.key for one in item.found}
    assert item.heading == "Data retention"


def ended(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    return int(end.value.code or 0)


def test_lines_are_written_back_in_order_with_labels_and_all_that_they_had(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "lines.jsonl"
    rows: list[dict[str, Any]] = [
        {"text": "We do not respond to Do Not Track signals.", "id": 7},
        {"text": "Über uns", "label": ["x"]},
    ]
    file.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", "utf-8")
    assert ended("topics", "--lines", str(file)) == 0
    written = [json.loads(line) for line in capfdbinary.readouterr().out.decode().splitlines()]
    assert [row["text"] for row in written] == [row["text"] for row in rows]
    assert written[0]["id"] == 7
    assert "Do Not Track" in written[0]["label"]
    assert written[1]["label"] == ["Other"]


@pytest.mark.parametrize("body", [b"{", b'{"text": 3}', b'"text"', b"\xff"])
def test_a_line_that_is_no_object_with_a_text_is_named(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], body: bytes
) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_bytes(b'{"text": "fine"}\n' + body)
    assert ended("topics", "--lines", str(file)) == 2
    assert f"{file}, line 2: ".encode() in capfdbinary.readouterr().err


def test_a_service_is_shown_block_by_block_and_the_same_as_json(
    sample_data: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    places = ("--config", str(SAMPLE), "--data", str(sample_data), "topics", "kettle.example")
    assert ended(*places, "--json") == 0
    shown = json.loads(capfdbinary.readouterr().out)
    assert ended(*places) == 0
    lines = capfdbinary.readouterr().out.decode().splitlines()
    assert len([line for line in lines if not line.startswith("    ")]) == len(shown["blocks"])
    keys = [", ".join(one["key"] for one in block["topics"]) for block in shown["blocks"] if block["topics"]]
    assert [line.strip() for line in lines if line.startswith("    ")] == keys
    assert keys
    assert ended(*places, "--why") == 0
    explained = capfdbinary.readouterr().out.decode()
    assert len(explained) > len("\n".join(lines)), "the phrases that decided are named"


def test_topics_needs_a_service_or_lines_and_not_both(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert ended("topics") == 2
    assert ended("topics", "kettle.example", "--lines", "-") == 2
    assert b"name a service, or a file with --lines" in capfdbinary.readouterr().err
