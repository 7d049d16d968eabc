"""A server as people run it, and clients that write to it at the same time."""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings

STARTS_WITHIN = 60
WORKERS, THREADS = 2, 4
# any secret will do, if cookie and form agree
TOKEN = "b" * 32


@dataclass
class Outcome:
    """What came of many requests: times in milliseconds by answer, and how long it all took."""

    times: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Return successful requests a second."""
        return len(self.times) / self.seconds if self.seconds else 0.0


class Visitor:
    """One signed-in browser, with its connection kept open."""

    def __init__(self, port: int, session: str) -> None:
        self.port = port
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={TOKEN}"
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=25)

    def post(self, path: str, values: dict[str, object]) -> int:
        """Send a form and return the status of the answer, 0 if none came in time."""
        body = urlencode(values | {"csrfmiddlewaretoken": TOKEN}).encode()
        headers = {
            "Cookie": self.cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": f"http://127.0.0.1:{self.port}{path}",
        }
        try:
            self.connection.request("POST", path, body, headers)
            answer = self.connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            return 0
        return answer.status


@contextmanager
def running_server() -> Iterator[int]:
    """Serve as `kheo serve` does, on a free port of this machine, and stop at the end."""
    port = _free_port()
    command = [
        sys.executable, "-m", "kheo.cli.main", "serve", "--no-worker",
        f"--port={port}", f"--workers={WORKERS}", f"--threads={THREADS}",
    ]  # fmt: skip
    environment = os.environ | {"KHEO_DATA_DIR": str(settings.DATA_DIR)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        _await(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def at_once(jobs: Sequence[Callable[[Outcome], None]]) -> Outcome:
    """Let each job run in a thread of its own and put together what came of them."""
    outcome, lock = Outcome(), threading.Lock()

    def run(job: Callable[[Outcome], None]) -> None:
        mine = Outcome()
        job(mine)
        with lock:
            outcome.times += mine.times
            outcome.failures += mine.failures

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    outcome.seconds = time.perf_counter() - start
    return outcome


def note(outcome: Outcome, status: int, started: float, expected: int = 302) -> bool:
    """Write one answer down; tell whether it was the expected one."""
    if status != expected:
        outcome.failures.append(f"status {status}")
        return False
    outcome.times.append((time.perf_counter() - started) * 1000)
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server did not start")
