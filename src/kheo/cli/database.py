"""`kheo database`: migrating, backing up and checking the database."""

import argparse
import os
import shutil
import subprocess
from datetime import datetime
from gettext import gettext as _
from pathlib import Path

from kheo.cli.errors import CommandError


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun to the command."""
    parser = nouns.add_parser("database", help=_("migrate, back up or check the database"))
    verbs = parser.add_subparsers(
        title=_("what to do"), metavar=_("VERB"), dest="verb", required=True
    )
    migrate = verbs.add_parser("migrate", help=_("make the tables or bring them up to date"))
    migrate.set_defaults(run=run_migrate)
    backup = verbs.add_parser(
        "backup",
        help=_("copy the database and the files while people work"),
        description=_(
            "Copies the database and the evidence files to a new directory, while people work. "
            "PostgreSQL is copied with pg_dump. See docs/operation.md for the way back."
        ),
    )
    backup.add_argument(
        "--to",
        metavar=_("DIRECTORY"),
        type=Path,
        help=_("where the new directory is made (default: backups, in the data directory)"),
    )
    backup.add_argument(
        "--without-files", action="store_true", help=_("leave the evidence files out")
    )
    backup.set_defaults(run=run_backup)
    check = verbs.add_parser("check", help=_("look for damage and for pending migrations"))
    check.set_defaults(run=run_check)


def run_migrate(_arguments: argparse.Namespace) -> int:
    """Bring the tables up to date."""
    from kheo.cli.preparation import migrate

    migrate()
    print(_("The database is up to date."))
    return 0


def run_backup(arguments: argparse.Namespace) -> int:
    """Write the database and the files to a directory named after the moment."""
    from django.conf import settings
    from django.utils import timezone

    parent = arguments.to or Path(settings.DATA_DIR) / "backups"
    target = _new_directory(parent, timezone.localtime())
    _copy_database(target)
    files = Path(settings.MEDIA_ROOT)
    if not arguments.without_files and files.is_dir():
        shutil.copytree(files, target / "files")
    print(_("Backed up to %s") % target)
    return 0


def run_check(_arguments: argparse.Namespace) -> int:
    """Print what is wrong with the database; the status is 1 if something is."""
    faults = [*_damage(), *_pending_migrations()]
    for fault in faults:
        print(fault)
    if not faults:
        print(_("The database is sound and up to date."))
    return 1 if faults else 0


def _new_directory(parent: Path, moment: datetime) -> Path:
    target = parent / f"kheo-{moment:%Y-%m-%d-%H%M%S}"
    try:
        target.mkdir(parents=True, mode=0o700)
    except OSError as error:
        raise CommandError(
            _("cannot make %(path)s: %(error)s") % {"path": target, "error": error.strerror}
        ) from error
    return target


def _copy_database(target: Path) -> None:
    from django.db import connection

    if connection.vendor == "postgresql":
        _dump(connection.settings_dict, target / "kheo.dump")
        return
    with connection.cursor() as cursor:
        # a copy of one moment, also while others write
        cursor.execute("VACUUM INTO %s", [str(target / "kheo.sqlite3")])


def _dump(database: dict[str, str], target: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise CommandError(_("pg_dump is missing; install the PostgreSQL client programs."))
    given = {"-h": database["HOST"], "-p": str(database["PORT"]), "-U": database["USER"]}
    options = [part for name, value in given.items() if value for part in (name, value)]
    command = [program, "--format=custom", f"--file={target}", *options, database["NAME"]]
    environment = os.environ | {"PGPASSWORD": database["PASSWORD"]}
    done = subprocess.run(  # noqa: S603 - the program of that name, with our own settings
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CommandError(_("pg_dump failed: %s") % done.stderr.strip())


def _damage() -> list[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("SELECT 1")
            return []
        cursor.execute("PRAGMA integrity_check")
        rows = [row[0] for row in cursor.fetchall() if row[0] != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        rows += [
            _("a row of %(table)s points to a missing row of %(target)s")
            % {"table": row[0], "target": row[2]}
            for row in cursor.fetchall()
        ]
        return rows


def _pending_migrations() -> list[str]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [_("not yet migrated: %s") % migration for migration, _backwards in plan]
