"""Dockerfile and docker-compose.yml: read, held to their promises, and their commands run against local servers."""

from __future__ import annotations

import os
import re
import socket
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from tests.support.forked import Command
from tests.support.paths import ROOT
from tests.support.service.brokers import REDIS
from tests.support.service.installations import Place, until
from tests.support.service.ports import free_port

OURS = ("web", "scheduler", "worker")
PORTS = re.compile(r"\b(8000|9101)\b")


def compose() -> dict[str, Any]:
    found = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    assert isinstance(found, dict)
    return found


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions with their arguments, continued lines joined."""
    text = re.sub(r"\\\n", " ", (ROOT / "Dockerfile").read_text())
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(name, rest.strip()) for name, _, rest in (line.partition(" ") for line in lines)]


@pytest.mark.parametrize("name", ["postgres", "redis", *OURS])
def test_each_container_is_checked_bounded_and_unprivileged(name: str) -> None:
    service = compose()["services"][name]
    assert service["healthcheck"]["test"][0] == "CMD"
    assert service["read_only"] is True
    assert service["user"].split(":")[0] not in ("", "0", "root")
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory", "pids"}
    assert service["restart"] == "unless-stopped"
    assert service["init"] is True
    assert set(service["logging"]["options"]) == {"max-size", "max-file"}
    assert not service["image"].partition(":")[2] or re.search(r":\d+\.\d+(\.\d+)?-\w+$", service["image"])
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


def test_secrets_come_as_files() -> None:
    found = compose()
    assert found["services"]["postgres"]["environment"]["POSTGRES_PASSWORD_FILE"] == "/run/secrets/postgres_password"
    for name in OURS:
        assert found["services"][name]["environment"]["HARVESTER_DATABASE_URL_FILE"] == "/run/secrets/database_url"
        assert found["services"][name]["secrets"] == ["database_url"]
    operations = (ROOT / "docs" / "operations.md").read_text()
    for secret in found["secrets"].values():
        assert f"> {secret['file'].removeprefix('./')}\n" in operations


def test_the_units_share_one_user_and_one_folder() -> None:
    units = re.findall(r"```ini\n(.*?)```", (ROOT / "docs" / "operations.md").read_text(), re.S)
    assert len(units) == 2
    for key in ("User", "DynamicUser", "StateDirectory", "Environment", "EnvironmentFile", "CapabilityBoundingSet"):
        values = [re.findall(rf"^{key}=(.*)$", unit, re.M) for unit in units]
        assert values[0] == values[1]
        assert len(values[0]) == 1, key
    assert re.search(r"^User=harvester$", units[0], re.M)


def test_volumes_and_networks_are_declared_and_the_store_is_inside() -> None:
    found = compose()
    for service in found["services"].values():
        named = [volume.partition(":")[0] for volume in service.get("volumes", [])]
        assert all(volume in found["volumes"] or volume.startswith("./") for volume in named)
        assert set(service["networks"]) <= set(found["networks"])
    assert found["networks"]["inside"]["internal"] is True
    for name in ("postgres", "redis"):
        assert found["services"][name]["networks"] == ["inside"]
        assert "ports" not in found["services"][name]
    for name in OURS:
        waits = found["services"][name]["depends_on"]
        assert {one["condition"] for one in waits.values()} == {"service_healthy"}


def test_the_image_has_what_is_locked_and_runs_as_nobody_in_particular() -> None:
    steps = instructions()
    stages = [rest for name, rest in steps if name == "FROM"]
    assert stages == ["python:${PYTHON} AS build", "python:${PYTHON}"]
    (base,) = [rest for name, rest in steps if name == "ARG"]
    assert re.fullmatch(r"PYTHON=3\.\d+\.\d+-slim-\w+", base)
    last = steps[[index for index, step in enumerate(steps) if step[0] == "FROM"][-1] :]
    assert ("USER", "10001:10001") in last
    assert last.index(("USER", "10001:10001")) > max(i for i, (name, _) in enumerate(last) if name in ("RUN", "COPY"))
    assert any("--require-hashes -r requirements-service.lock" in rest for name, rest in steps if name == "RUN")
    copied = [rest.split()[:-1] for name, rest in steps if name == "COPY" and "--from" not in rest]
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for source in (one for sources in copied for one in sources):
        assert (ROOT / source).exists(), source
        assert source in kept
    assert "config" not in kept, "settings hold secrets: they are mounted, not baked in"
    lock = (ROOT / "requirements-service.lock").read_text()
    pinned = re.split(r"\n(?=[a-z])", lock.strip())
    assert all("--hash=sha256:" in one for one in pinned)


@pytest.mark.timeout(240)
def test_every_command_of_the_composition_works_with_its_environment(place: Place) -> None:
    parts = urlsplit(REDIS)
    try:
        socket.create_connection((parts.hostname, parts.port), timeout=30).close()
    except OSError:
        assert not os.environ.get("CI"), f"CI has {REDIS}"
        pytest.skip(f"no Redis answers at {REDIS}")
    place.watches("a.example")
    place.has_settings("http://127.0.0.1:9")
    ports = {"8000": str(free_port()), "9101": str(free_port())}

    def here(text: str) -> str:
        return PORTS.sub(lambda found: ports[found[0]], text).replace("0.0.0.0", "127.0.0.1")

    checks = {}
    for name in OURS:
        service = compose()["services"][name]
        environment = {key: value.replace("redis://redis:6379", REDIS) for key, value in service["environment"].items()}
        secret = place.data / "database_url"
        secret.write_text(place.database_url + "\n")
        environment["HARVESTER_DATABASE_URL_FILE"] = str(secret)
        # The servers may be shared with other tests, whose tasks and states are not ours.
        for key, number in (("HARVESTER_REDIS_URL", "10"), ("HARVESTER_BROKER_URL", "11")):
            environment[key] = environment[key].rpartition("/")[0] + f"/{number}"
        process = place.start(*(here(word) for word in service["command"]), **environment)
        assert service["healthcheck"]["test"][1] == "harvester"
        checks[name] = (process, [here(word) for word in service["healthcheck"]["test"][2:]], environment)
    for name, (process, words, environment) in checks.items():

        def is_ready(words: list[str] = words, environment: dict[str, str] = environment) -> bool:
            checked = place.run(*words, **environment)
            return (checked.returncode, checked.stdout) == (0, "ready\n")

        def why(process: Command = process) -> str:
            return place.log(process)

        until(is_ready, 90, why)
        assert process.poll() is None, f"{name} ended: {place.log(process)}"
    for process, _, _ in checks.values():
        process.terminate()
    for name, (process, _, _) in checks.items():
        assert process.wait(60) == 0, f"{name}: {place.log(process)}"


def test_the_health_check_says_what_is_wrong(small_place: Place) -> None:
    small_place.watches("a.example")
    small_place.has_settings("http://127.0.0.1:9", top='redis_url = "redis://127.0.0.1:9/0"')
    checked = small_place.run("ready", HARVESTER_DATABASE_URL="postgresql://me:hidden@127.0.0.1:9/none")
    assert checked.returncode == 3
    assert "127.0.0.1:9" in checked.stderr
    assert "Redis" in checked.stderr
    assert "hidden" not in checked.stderr
    elsewhere = small_place.run("ready", "http://127.0.0.1:9/readyz")
    assert (elsewhere.returncode, elsewhere.stderr.count("\n")) == (3, 1)
