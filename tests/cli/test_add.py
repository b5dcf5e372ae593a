"""``harvester add DOMAIN``."""

from __future__ import annotations

from pathlib import Path

from harvester.catalogue import load_catalogue
from harvester.replay.server import ReplayServer
from tests.support.harvest.commands import configuration, run

CATALOGUE = """# Whom we watch.
[[service]]
name = "mossnote.example"   # a comment that stays
sources = [{ url = "https://www.mossnote.example/legal/privacy-policy" }]
"""


def test_a_domain_is_entered_and_its_policy_found_where_it_was(tmp_path: Path, sample_archive: ReplayServer) -> None:
    config = configuration(tmp_path / "config", sample_archive.base_url, services=CATALOGUE)
    added = run(config, tmp_path / "data", "add", "kettle.example")
    assert added.returncode == 0, added.stderr
    assert "http://www.kettle.example/privacy.html" in added.stdout
    assert "https://kettle.example/legal/privacy" in added.stdout
    assert (config / "services.toml").read_text().startswith(CATALOGUE)
    assert [one.name for one in load_catalogue(config / "services.toml")] == ["mossnote.example", "kettle.example"]
    again = run(config, tmp_path / "data", "add", "KETTLE.example")
    assert again.returncode == 2
    assert "has kettle.example already" in again.stderr
    done = run(config, tmp_path / "data", "backfill", "kettle.example")
    assert done.returncode == 0, done.stderr
    homes = [one.path for one in sample_archive.log if one.path.endswith(".example/") and one.endpoint == "playback"]
    assert len(homes) == len(set(homes))


def test_what_is_no_domain_is_refused(tmp_path: Path) -> None:
    config = configuration(tmp_path / "config", "http://127.0.0.1:9", services=CATALOGUE)
    refused = run(config, tmp_path / "data", "add", "ftp://kettle.example/")
    assert refused.returncode == 2
    assert (config / "services.toml").read_text() == CATALOGUE
