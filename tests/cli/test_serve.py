"""`kheo serve` runs in earnest: it starts, keeps its worker alive, and stops cleanly."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

PATIENCE = 180


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str) -> tuple[int, dict[str, str], str]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, headers, answer.read().decode(errors="replace")


def until(condition: Callable[[], object]) -> object:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(OSError, HTTPException):
            if found := condition():
                return found
        time.sleep(0.05)
    raise AssertionError("it did not come to pass in time")


def children(pid: int) -> list[int]:
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for listed in lists for child in listed.read_text().split()]


def is_running(pid: int) -> bool:
    with suppress(FileNotFoundError):
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    return False


@contextmanager
def serving(environment: dict[str, str], *options: str) -> Iterator[tuple[subprocess.Popen, int]]:
    port = free_port()
    command = [sys.executable, "-m", "kheo.cli.main", "serve", "--port", str(port), *options]
    with subprocess.Popen(  # noqa: S603 - our own command
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            until(lambda: get(port, "/account/sign-in")[0])
            yield process, port
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()


def test_an_empty_directory_becomes_a_running_system(
    environment: dict[str, str], data: Path
) -> None:
    with serving(environment) as (process, port):
        family = [process.pid, *children(process.pid)]
        grandchildren = until(lambda: [kid for pid in family[1:] for kid in children(pid)])
        status, headers, page = get(port, "/account/first-run")
        assert status == 200
        assert "<html" in page
        style = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page)
        assert style, "static files carry a fingerprint"
        status, headers, _text = get(port, style[1])
        assert (status, headers["content-encoding"]) == (200, "gzip")
        assert "immutable" in headers["cache-control"]
        started = time.monotonic()
    assert time.monotonic() - started < 20
    assert process.returncode == 0
    until(lambda: not [pid for pid in [*family, *grandchildren] if is_running(pid)])
    assert data.stat().st_mode & 0o077 == 0, "nobody else on the machine may read the data"


def test_it_prints_the_address_and_the_code_of_the_first_run(
    environment: dict[str, str], migrated: Path
) -> None:
    with serving(environment, "--no-worker") as (process, port):
        lines = [process.stdout.readline() for _line in range(4)]
    said = "".join(lines)
    assert f"http://127.0.0.1:{port} " in said
    assert f"http://127.0.0.1:{port}/account/first-run" in said
    assert re.search(r"mã dùng một lần: [2-9A-Z]{4}(-[2-9A-Z]{4}){2}\n", said)


def test_background_work_that_dies_is_started_again(
    environment: dict[str, str], migrated: Path
) -> None:
    with serving(environment) as (process, _port):
        worker = until(lambda: [pid for pid in children(process.pid) if children(pid)])[0]
        left = children(worker)
        os.kill(worker, signal.SIGKILL)
        until(lambda: [pid for pid in children(process.pid) if pid != worker and children(pid)])
        until(lambda: not [pid for pid in left if is_running(pid)])


def test_without_worker_no_queue_is_run(environment: dict[str, str], migrated: Path) -> None:
    with serving(environment, "--no-worker") as (process, _port):
        assert not [pid for pid in children(process.pid) if children(pid)]


def test_a_taken_port_is_told_before_anything_else(kheo: Callable, data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = kheo("serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "Hãy chọn --port khác" in done.stderr
    assert not (data / "kheo.sqlite3").exists()


@pytest.mark.parametrize("kept", [True, False])
def test_preparation_is_skipped_only_while_nothing_changed(
    environment: dict[str, str], migrated: Path, kept: bool
) -> None:
    with serving(environment, "--no-worker"):
        pass
    stamp = migrated / "prepared"
    before = stamp.stat().st_mtime_ns
    if not kept:
        stamp.write_text("an older version")
    with serving(environment, "--no-worker"):
        pass
    assert (stamp.stat().st_mtime_ns == before) is kept
