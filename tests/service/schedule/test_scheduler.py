"""`harvester serve` as a process: polls at the pace of the catalogue, which may be edited."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.support.archive_server.fixtures import StartArchive
from tests.support.service.installations import Place, history_of, until
from tests.support.service.schedules import job, polls, serving


def test_each_service_is_polled_at_its_pace_and_its_health_is_kept(place: Place, harsh_archive: StartArchive) -> None:
    serving(place, harsh_archive, "quick.example", "slow.example", every="2s")
    catalogue = place.config / "services.toml"
    slow = 'name = "slow.example"\nevery = '
    catalogue.write_text(catalogue.read_text().replace(f'{slow}"2s"', f'{slow}"7d"'))
    process = place.start("serve")

    def both() -> bool:
        return len(polls(place, "quick.example")) >= 2 and bool(polls(place, "slow.example"))

    until(both, why=lambda: place.log(process))
    process.terminate()
    assert process.wait(60) == 0, place.log(process)
    found = job(place, "quick.example")
    assert found.failures == 0
    assert found.last_success is not None
    assert found.last_start is not None
    assert found.next_run is not None
    assert len(polls(place, "slow.example")) == 1
    assert job(place, "slow.example").next_run > datetime.now(UTC) + timedelta(days=6)  # type: ignore[operator]


def test_an_edited_catalogue_is_taken_up_and_a_broken_one_is_not(place: Place, harsh_archive: StartArchive) -> None:
    archive = serving(place, harsh_archive, "a.example")
    history_of(archive, "b.example")
    place.has_settings(harsh_archive(archive).base_url)
    process = place.start("serve")
    until(lambda: bool(polls(place, "a.example")), why=lambda: place.log(process))
    (place.config / "services.toml").write_text("[[service]\n")
    until(lambda: "the edited catalogue is invalid" in place.log(process), why=lambda: place.log(process))
    place.watches("a.example", "b.example")
    until(lambda: bool(polls(place, "b.example")), why=lambda: place.log(process))
    place.watches("b.example")
    until(lambda: "1 services are polled" in place.log(process), why=lambda: place.log(process))
    assert job(place, "a.example").next_run is None
