"""Targets of notices at the desk: edited in the file, their secrets never shown, and nobody's edit lost."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi import FastAPI

from harvester.catalogue.present_settings import PresentSettings
from harvester.service.notify import targets
from harvester.service.notify.delivery import NotDelivered
from harvester.service.notify.messages import Message
from harvester.settings import TargetSettings, load_settings
from tests.support.web.desk import Visitor, hidden_fields
from tests.support.web.hostile import PAYLOADS
from tests.support.web.site import BERT

NEW = "/desk/new-target"
TEAM = "/desk/notices/team"
REMOVE = "/desk/remove-target/team"
ADDRESS = "https://hooks.example/x?key=hidden-1"
TYPED = {"name": "team", "url": ADDRESS, "secret": "hidden-2", "kind-substantive": "yes", "min_words": "1"}
EDIT = {"kind-minor": "yes", "min_words": "4", "digest": "daily", "services": "kettle.example"}
TEXT = """\
# ours
[notify.team]  # of Anna
url = "https://hooks.example/x?key=hidden-1"
secret = "hidden-2"
# much is noise
min_words = 9
"""


@pytest.fixture
def file(config: Path) -> Path:
    return config / "harvester.toml"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[TargetSettings]:
    """What tests are sent to, without sending."""
    found: list[TargetSettings] = []

    def keep(message: Message, target: TargetSettings, now: object) -> None:
        found.append(target)
        if "deaf" in target.url.get_secret_value():
            raise NotDelivered("the webhook deaf did not answer")

    monkeypatch.setattr(targets, "send", keep)
    return found


def target(file: Path, name: str = "team") -> TargetSettings:
    return load_settings(file.parent, file.parent).notify[name]


def test_a_target_is_added_tested_changed_and_removed_without_its_secrets_being_shown(
    anna: Visitor, file: Path, sent: list[TargetSettings], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="harvester.web.desk")
    running = PresentSettings(load_settings(file.parent, file.parent))
    assert anna.send(NEW, NEW, **TYPED).headers["location"] == "/desk/notices?said=target-added"
    assert target(file).url.get_secret_value() == ADDRESS
    assert running.now().notify == {"team": target(file)}, "the scheduler has it without a restart"
    answer = anna.send(TEAM, TEAM, **EDIT | {"do": "test"})
    assert answer.headers["location"] == "/desk/notices?said=target-changed-tested"
    changed = target(file)
    assert (changed.kinds, changed.min_words, changed.digest) == (("minor",), 4, "daily")
    assert (changed.services, sent) == (("kettle.example",), [changed])
    assert changed.secret is not None, "a field left empty keeps what it does not show"
    shown = "".join(anna.get(one).text for one in ("/desk/notices", TEAM, "/desk/example-notice/team", REMOVE))
    assert "hidden-" not in shown
    anna.send(TEAM, TEAM, **EDIT | {"url": "https://hooks.example/deaf", "forget": "yes"})
    assert (target(file).url.get_secret_value(), target(file).secret) == ("https://hooks.example/deaf", None)
    failed = anna.send("/desk/notices", "/desk/test-target/team")
    assert (failed.status_code, "the webhook deaf did not answer" in failed.text) == (502, True)
    assert anna.send(REMOVE, REMOVE).headers["location"] == "/desk/notices?said=target-removed"
    assert load_settings(file.parent, file.parent).notify == {}
    assert anna.get(TEAM).status_code == 404
    said = [one.getMessage() for one in caplog.records if one.name == "harvester.web.desk"]
    assert list(dict.fromkeys(said)) == [
        f"Anna {what} the target team" for what in ("added", "changed", "tested", "removed")
    ]


@pytest.mark.parametrize("name", ["legal/team", "légal team?", "team/remove", "team/example", "team/test"])
def test_a_target_of_any_name_has_its_pages(anna: Visitor, file: Path, sent: list[TargetSettings], name: str) -> None:
    file.write_text(TEXT + TEXT.replace("[notify.team]", f'[notify."{name}"]'))
    page, remove = (f"/desk/{what}/{quote(name)}" for what in ("notices", "remove-target"))
    listed = anna.get("/desk/notices/").text
    assert f'href="{page}"' in listed
    assert f'href="{remove}"' in listed
    assert anna.get(page).status_code == anna.get(f"/desk/example-notice/{quote(name)}").status_code == 200
    tested = anna.send("/desk/notices", f"/desk/test-target/{quote(name)}")
    assert tested.headers["location"] == "/desk/notices?said=tested"
    assert anna.send(page, page, **EDIT).status_code == 303
    assert (len(sent), target(file, name).min_words, target(file).min_words) == (1, 4, 9)
    assert anna.send(remove, remove).headers["location"] == "/desk/notices?said=target-removed"
    assert list(load_settings(file.parent, file.parent).notify) == ["team"]


def test_an_edit_keeps_every_other_line_of_the_file(anna: Visitor, file: Path) -> None:
    file.write_text(TEXT)
    form = {"kind-substantive": "yes", "min_words": "3", "types": "imprint", "only_reviewed": "yes"}
    assert anna.send(TEAM, TEAM, **form).status_code == 303
    wanted = TEXT.replace("min_words = 9", "min_words = 3")
    assert file.read_text() == wanted + 'types = ["imprint"]\nonly_reviewed = true\n'


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"name": "the team"}, "name", "letters"),
        ({"url": ""}, "url", "Type an address"),
        ({"url": "team@example.org hidden-3"}, "url", "not an address that Apprise understands"),
        ({"url": "https:// hidden-3"}, "url", "no http:// or https:// address"),
        ({"kind-substantive": ""}, "kinds", "one kind"),
        ({"services": "kettel.example"}, "services", "no entry of services.toml"),
        ({"tags": "sonnets"}, "tags", "no entry of services.toml"),
        ({"types": "sonnets"}, "types", "not a type"),
        ({"watches": "sale"}, "watches", "no watch sale"),
        ({"min_words": "many"}, "min_words", "valid integer"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(writer: Visitor, fields: dict[str, str], field: str, says: str) -> None:
    answer = writer.send(NEW, NEW, **TYPED | fields)
    assert answer.status_code == 422
    said = unescape(answer.text.partition(f'id="{field}-wrong">')[2].partition("</span>")[0])
    assert says in said
    assert "hidden-" not in answer.text


def test_of_two_who_edit_at_once_nobody_loses_anything(anna: Visitor, desk_app: FastAPI, file: Path) -> None:
    anna.send(NEW, NEW, **TYPED)
    bert = Visitor(desk_app)
    bert.sign_in(BERT)
    of_bert = hidden_fields(bert.get(TEAM).text, TEAM)
    assert anna.send(TEAM, TEAM, **EDIT | {"url": "https://anna.example/hidden-4"}).status_code == 303
    answer = bert.post(TEAM, of_bert | EDIT | {"services": "", "url": "https://bert.example/hidden-5"})
    assert answer.status_code == 409
    assert "edited meanwhile" in answer.text
    assert 'kinds = ["minor"]' in unescape(answer.text).partition("As it is now")[2]
    assert "hidden-" not in answer.text
    assert target(file).url.get_secret_value() == "https://anna.example/hidden-4"
    of_bert = hidden_fields(bert.get(TEAM).text, TEAM)
    anna.send(TEAM, TEAM, **EDIT | {"url": "https://anna.example/hidden-6"})
    assert bert.post(TEAM, of_bert | EDIT).status_code == 409, "another address is another target, though none is shown"
    assert bert.send(TEAM, TEAM, **EDIT).status_code == 303
    stale = hidden_fields(anna.get(TEAM).text, TEAM)
    assert bert.send(REMOVE, REMOVE).status_code == 303
    assert "removed meanwhile" in anna.post(TEAM, stale | EDIT).text


def test_forms_of_strangers_and_hostile_words_do_nothing(anna: Visitor, visitor: Visitor, file: Path) -> None:
    assert visitor.post(NEW, TYPED).headers["location"].startswith("/desk/sign-in")
    assert anna.post(NEW, TYPED).status_code == 403
    assert anna.send(NEW, NEW, origin="http://evil.example", **TYPED).status_code == 403
    assert not file.exists()
    hostile = dict.fromkeys(("name", "services", "tags", "types", "watches", "min_words"), "\n".join(PAYLOADS))
    page = anna.send(NEW, NEW, **TYPED | hostile).text
    assert "window.pwned" in page
    assert "<script>w" not in page
    assert "<img" not in page


def test_a_file_that_cannot_be_used_is_said_and_not_written_over(anna: Visitor, file: Path) -> None:
    anna.send(NEW, NEW, **TYPED)
    assert anna.get(TEAM).status_code == 200
    file.write_text("[notify.team\n")
    assert "not TOML" in anna.get("/desk/notices").text
    assert anna.send(TEAM, TEAM, **EDIT).status_code == 409
    assert anna.send(REMOVE, REMOVE).status_code == 409
    assert file.read_text() == "[notify.team\n"


def test_the_status_says_that_the_settings_are_refused_and_shows_no_secret(anna: Visitor, file: Path) -> None:
    file.write_text(TEXT)
    assert "settings refused" not in anna.get("/status").text
    file.write_text(TEXT.replace("min_words = 9", 'min_words = "hidden-3"'))
    page = anna.get("/status?n=1").text
    assert "settings refused" in page
    assert "[notify.team] min_words: must be a valid integer" in page
    said = anna.get("/api/v1/status").json()["settings_problem"]
    assert said in unescape(page)
    assert "hidden-" not in page
    file.write_text(TEXT)
    assert "settings refused" not in anna.get("/status?n=2").text
    assert anna.get("/api/v1/status?limit=99").json()["settings_problem"] is None


def test_what_the_environment_sets_is_named_and_left_to_it(
    anna: Visitor, desk_app: FastAPI, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARVESTER_NOTIFY__TEAM__URL", "https://env.example/hidden-7")
    monkeypatch.setenv("HARVESTER_NOTIFY__OTHER__URL", "https://env.example/hidden-8")
    file.write_text("[notify.team]\nmin_words = 9\n")
    settings = load_settings(file.parent, file.parent)
    site = desk_app.state.site
    monkeypatch.setattr(desk_app.state, "site", type(site)(
        PresentSettings(settings.model_copy(update={"web": site.settings.web})), site.database, site.clock,
        site.templates,
    ))  # fmt: skip
    page = anna.get(TEAM).text
    assert "<code>HARVESTER_NOTIFY__TEAM__URL</code>" in page
    assert "hidden-" not in page
    assert anna.send(TEAM, TEAM, **EDIT).status_code == 303
    assert "url" not in file.read_text()
    assert target(file).min_words == 4
    assert "change it there" in anna.get("/desk/notices/other").text


def test_addresses_of_apprise_are_checked_without_being_told() -> None:
    targets.refuse_unusable("mailto://user:password@mail.example.org?to=team@example.org")
