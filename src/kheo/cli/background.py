"""The background work as a child process that is started again when it dies."""

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from django.db import connections

logger = logging.getLogger(__name__)

LONGEST_PAUSE = 60.0
PATIENCE = 15.0


class Background:
    """Keeps one child process alive until it is stopped."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._stopping = threading.Event()
        self._process: multiprocessing.Process | None = None
        self._watch = threading.Thread(target=self._keep_alive, daemon=True)

    def start(self) -> None:
        """Start the child and the watch over it."""
        self._launch()
        self._watch.start()

    def stop(self) -> None:
        """Ask the child to finish what it does; end it when that takes too long."""
        self._stopping.set()
        if self._process is None:
            return
        self._process.terminate()
        # the watch alone waits for the child: two waiting threads would take it from each other
        self._watch.join(PATIENCE)
        if self._watch.is_alive():
            logger.warning("background work did not end in %s s and was killed", PATIENCE)
            _end_group(self._process.pid)
            self._watch.join()

    def _launch(self) -> None:
        connections.close_all()
        self._process = multiprocessing.Process(
            target=_in_child, args=(self._work, os.getpid()), name="kheo-worker"
        )
        self._process.start()

    def _keep_alive(self) -> None:
        pause = 1.0
        while self._process is not None:
            born = time.monotonic()
            self._process.join()
            _end_group(self._process.pid)
            # a child that lived for long has earned a quick start
            pause = (
                1.0 if time.monotonic() - born > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
            )
            if self._stopping.is_set() or self._stopping.wait(pause):
                return
            logger.error("background work ended (%s); starting again", self._process.exitcode)
            self._launch()


def _in_child(work: Callable[[], None], parent: int) -> None:
    # Ctrl-C reaches the whole group; the parent alone decides when this child ends
    os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    work()


def _end_group(leader: int | None) -> None:
    """End what a child has left behind; the queue gives its tasks out again."""
    if leader is not None:
        with suppress(ProcessLookupError):
            os.killpg(leader, signal.SIGKILL)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(2)
    os.kill(os.getpid(), signal.SIGTERM)
