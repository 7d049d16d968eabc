"""Compiles the catalogues of messages, and tells which messages they lack.

`python tools/messages.py` compiles each .po to .mo; building the wheel does so too.
`python tools/messages.py --extract` compares the catalogues with the messages in the code (this
needs GNU gettext) and fails when one is not translated.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
# Messages are written in English, so English needs no catalogue.
LOCALES = ("vi",)

Key = tuple[str, str]


@dataclass
class Gaps:
    """What one app's catalogue of one locale lacks, or holds in vain."""

    missing: list[str] = field(default_factory=list)
    fuzzy: list[str] = field(default_factory=list)
    faulty: list[str] = field(default_factory=list)
    obsolete: list[str] = field(default_factory=list)

    def untranslated(self) -> list[str]:
        """Return the messages a reader of this locale would see in English or see wrongly."""
        return [*self.missing, *self.fuzzy, *self.faulty]


def compile_catalogues(root: Path = ROOT) -> list[Path]:
    """Write the .mo beside each .po of the package and return their paths."""
    sources = sorted((root / "src/kheo").glob("*/locale/*/LC_MESSAGES/*.po"))
    return [_compile(source) for source in sources]


def _compile(source: Path) -> Path:
    target = source.with_suffix(".mo")
    catalogue = _read(source, source.parents[1].name)
    # a server or a test that reads meanwhile must find the old file or the new one, whole
    with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as file:
        part = Path(file.name)
        try:
            write_mo(file, catalogue)
        except BaseException:
            part.unlink()
            raise
    part.chmod(0o644)
    return part.replace(target)


def missing_messages(root: Path = ROOT) -> dict[str, list[str]]:
    """Return the messages without a good translation, by "app/locale"; empty when complete."""
    gaps = {name: found.untranslated() for name, found in find_gaps(root).items()}
    return {name: messages for name, messages in gaps.items() if messages}


def find_gaps(root: Path = ROOT) -> dict[str, Gaps]:
    """Return the gaps of every catalogue that the code asks for or that stands there."""
    package = root / "src/kheo"
    gaps = {}
    for app, asked in sorted(_extract(package).items()):
        for locale in LOCALES:
            source = package / app / "locale" / locale / "LC_MESSAGES/django.po"
            if len(asked) or source.exists():
                gaps[f"{app}/{locale}"] = _compare(asked, _read(source, locale), locale)
    return gaps


def _extract(package: Path) -> dict[str, Catalog]:
    """Let Django collect the messages of each app, in a copy that has no catalogues yet."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "kheo"
        shutil.copytree(package, copy, ignore=shutil.ignore_patterns("locale", "static", "*.pyc"))
        for app in _apps(copy):
            (app / "locale").mkdir()
        (copy / "locale").mkdir()
        makemessages = [sys.executable, "-m", "django", "makemessages", "--no-location", "-l", "en"]
        bare = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}
        done = subprocess.run(
            makemessages, cwd=copy, env=bare, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"messages could not be collected: {done.stderr}")
        return {
            app.name: _read(app / "locale/en/LC_MESSAGES/django.po", "en") for app in _apps(copy)
        }


def _apps(package: Path) -> list[Path]:
    return sorted(file.parent for file in package.glob("*/__init__.py"))


def _read(source: Path, locale: str | None = None) -> Catalog:
    if not source.exists():
        return Catalog()
    with source.open("rb") as file:
        return read_po(file, locale=locale, abort_invalid=True)


def _compare(asked: Catalog, held: Catalog, locale: str) -> Gaps:
    gaps = Gaps()
    translations = {_key(message): message for message in _messages(held)}
    for message in _messages(asked):
        translation = translations.pop(_key(message), None)
        if translation is None or not _is_translated(translation):
            gaps.missing.append(_name(message))
        elif translation.fuzzy:
            gaps.fuzzy.append(_name(message))
        else:
            translation.flags |= message.flags
            errors = translation.check(Catalog(locale=locale))
            gaps.faulty.extend(f"{_name(message)}: {error}" for error in errors)
    gaps.obsolete = [_name(message) for message in translations.values()]
    return gaps


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _key(message: Message) -> Key:
    name = message.id if isinstance(message.id, str) else message.id[0]
    return message.context or "", name


def _name(message: Message) -> str:
    context, name = _key(message)
    return f"{context} | {name}" if context else name


def _is_translated(message: Message) -> bool:
    strings = message.string or ""
    return all([strings] if isinstance(strings, str) else strings)


def _print_gaps(gaps: dict[str, Gaps]) -> bool:
    for name, found in gaps.items():
        for kind, messages in vars(found).items():
            for message in messages:
                print(f"{name}: {kind}: {message!r}")
    return any(found.untranslated() for found in gaps.values())


def main() -> int:
    """Do what the command line asks; return its exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--extract", action="store_true", help="tell what the catalogues lack")
    if parser.parse_args().extract:
        return int(_print_gaps(find_gaps()))
    for path in compile_catalogues():
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
