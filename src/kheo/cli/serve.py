"""`kheo serve`: everything one machine needs, in one command."""

import argparse
import gc
import multiprocessing
import os
import socket
from gettext import gettext as _

from kheo.cli.errors import CommandError

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun to the command."""
    parser = nouns.add_parser(
        "serve",
        help=_("serve the pages, do background work, make or upgrade the database first"),
        description=_(
            "Makes or upgrades the database, gathers static files, serves the pages and does the "
            "background work until Ctrl-C. On an empty database it prints a one-time code for the "
            "page that makes the first administrator."
        ),
    )
    parser.add_argument(
        "--host", default="127.0.0.1", metavar=_("ADDRESS"), help=_("address to listen on")
    )
    parser.add_argument(
        "--port", type=int, default=8000, metavar=_("NUMBER"), help=_("port to listen on")
    )
    parser.add_argument(
        "--workers",
        type=int,
        default=1,
        metavar=_("NUMBER"),
        help=_("processes that serve pages; one for each core when there are many users"),
    )
    parser.add_argument(
        "--threads",
        type=int,
        default=4,
        metavar=_("NUMBER"),
        help=_("requests that one process handles at the same time"),
    )
    parser.add_argument(
        "--no-worker", action="store_true", help=_("leave background work to “kheo worker”")
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Prepare, tell where the pages are, and serve until told to stop."""
    from django.conf import settings

    from kheo.cli.preparation import prepare

    _refuse_taken_port(arguments.host, arguments.port)
    if not os.environ.get("KHEO_PUBLIC_URL"):
        settings.PUBLIC_URL = _address(arguments)
    if prepare():
        _say(_("Database and static files are ready in %s") % settings.DATA_DIR)
    _say(_("Khéo listens on %s – stop it with Ctrl-C") % _address(arguments))
    _offer_first_run(arguments)
    _serve(arguments)
    return 0


def _serve(arguments: argparse.Namespace) -> None:
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from kheo.cli.background import Background
    from kheo.cli.worker import work

    _load_once()
    connections.close_all()
    background = Background(work)
    if not arguments.no_worker:
        background.start()
    try:
        Granian(
            "kheo.config.wsgi:application",
            address=arguments.host,
            port=arguments.port,
            interface=Interfaces.WSGI,
            workers=arguments.workers,
            blocking_threads=arguments.threads,
            backpressure=max(arguments.threads * 16, 64),
            respawn_failed_workers=True,
            workers_kill_timeout=10,
            log_level=LogLevels.warning,
        ).serve()
    finally:
        background.stop()


def _load_once() -> None:
    """Load the whole application before the processes part, so that they share its memory."""
    from django.core.servers.basehttp import get_internal_wsgi_application
    from django.urls import get_resolver

    if "fork" in multiprocessing.get_all_start_methods():
        multiprocessing.set_start_method("fork", force=True)
    get_internal_wsgi_application()
    _patterns = get_resolver().url_patterns
    gc.collect()
    gc.freeze()


def _offer_first_run(arguments: argparse.Namespace) -> None:
    from django.urls import reverse

    from kheo.accounts.actions import make_first_run_code
    from kheo.accounts.models import User

    if User.objects.exists():
        return
    page = _address(arguments) + reverse("accounts:first-run")
    _say(_("Nobody can sign in yet. Make the first administrator at %s") % page)
    _say(_("with this one-time code: %s") % make_first_run_code())


def _refuse_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                _("cannot listen on %(host)s, port %(port)s (%(error)s). Choose another --port.")
                % {"host": host, "port": port, "error": error.strerror}
            ) from error


def _address(arguments: argparse.Namespace) -> str:
    host = "127.0.0.1" if arguments.host == "0.0.0.0" else arguments.host  # noqa: S104
    return f"http://[{host}]:{arguments.port}" if ":" in host else f"http://{host}:{arguments.port}"


def _say(line: str) -> None:
    print(line, flush=True)
