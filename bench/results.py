"""Writes what was measured: one JSON file for each run, and one table of all in Markdown."""

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
RUNS = HERE / "results"
STAGES = {
    "pages": "Pages",
    "writers": "Writing",
    "papers": "Papers and workbooks",
    "likeness": "The same thing twice",
    "searching": "Searching",
    "importing": "Importing",
    "councils": "Councils",
    "reviews": "Reviews",
    "directives": "Reading directives",
}
PREFACE = """\
# How fast it is

Written by `python -m bench`; the figures as JSON lie in `bench/results/`. Times are those of one
machine, while client, server and database share its cores: trust ratios, not milliseconds. Each run
says how fast its machine was just then: what a million calls of a small Python function cost, and
what the *plain page* costs, a bare Django template of fifty records with nobody signed in, no
rights and no menu. A page is measured with all that a signed-in person meets, beside the bare SQL
that answers the same question in the same run. **Bold** figures miss their target.

Targets: 95 % of all pages within 30 ms at a million registrations, never above three times the bare
SQL and 30 ms more; 200 submissions a second by 16 writers; a list of 5,000 rows as Word in 3 s and
as Excel in 1 s; 100,000 rows as Excel in 4 s with 150 MB more memory; a search within 50 ms and
like models for one text within 100 ms at a million; a list of 20,000 rows checked in 5 s of the
processor and saved in 10 s. Directives: F1 of 95 % on papers that rules were never tuned on (the
*sealed* half; rules are tuned on the *open* one), 99 % of confident symbols, dates and quotas
right, ten pages in 300 ms.
"""
HEADING = """\
## {registrations:,} registrations, {engine}

{date}; {processor}, {cores} cores, {memory_gib} GiB, {system}; Python {python}, Django {django};
{database}. A million calls {million_calls_ms} ms, the plain page {plain_page_ms} ms of the
processor; load of the machine {loads}. The world was made in {making} s.
"""
PAGE_COLUMNS = (
    "page",
    "p50 ms",
    "p95 ms",
    "target",
    "processor ms",
    "× plain page",
    "statements",
    "in SQL ms",
    "bare SQL p50",
    "× bare",
    "hard line",
)


def write_results(result: dict[str, Any]) -> None:
    """Keep a run beside earlier ones of other databases and sizes, and write the table anew."""
    RUNS.mkdir(exist_ok=True)
    text = json.dumps(result, ensure_ascii=False, indent=1)
    name = f"{result['size']}-{result['database']}.json"
    (RUNS / name).write_text(f"{text}\n", encoding="utf-8")
    runs = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(RUNS.glob("*.json"))]
    RESULTS.write_text(as_markdown(runs), encoding="utf-8")
    print(f"written: {RESULTS}")


def as_markdown(runs: list[dict[str, Any]]) -> str:
    """Return the table of all runs."""
    return "\n".join([PREFACE, *(line for run in runs for line in _run(run))])


def _run(run: dict[str, Any]) -> list[str]:
    facts, world = run["facts"], run["world"]
    words = facts | {
        "registrations": world["registrations"],
        "engine": facts["database"].partition(",")[0],
        "date": run["date"],
        "loads": ", ".join(map(str, facts["load"])),
        "making": round(sum(world["seconds"].values())),
    }
    lines = [HEADING.format(**words)]
    for stage, title in STAGES.items():
        # a run may have been cut short, or be older than a stage
        if stage in run:
            lines += [f"### {title}", "", *_TABLES[stage](run), ""]
    return lines


def _pages(run: dict[str, Any]) -> list[str]:
    plain = run["facts"]["plain_page_ms"]
    lines = [f"| {' | '.join(PAGE_COLUMNS)} |", "|---" * len(PAGE_COLUMNS) + "|"]
    for row in run["pages"]:
        more = row["details"]
        lines.append(
            f"| {row['name']} | {more['p50']} | {_marked(row['value'], missed=row['missed'])} | "
            f"{row['target']} | {more['cpu_p50']} | {round(more['cpu_p50'] / plain, 1)} | "
            f"{'–'.join(map(str, more['queries']))} | {more['sql_ms']} | {more['bare_p50']} | "
            f"{more['ratio']} | {_marked(more['hard_line'], missed=more['over_hard_line'])} |"
        )
    return lines


def _figures(rows: list[dict[str, Any]]) -> list[str]:
    lines = ["| what | figure | target | more |", "|---|---|---|---|"]
    for row in rows:
        figure = _marked(f"{row['value']} {row['unit']}".strip(), missed=row["missed"])
        target = "" if row["target"] is None else f"{row['target']} {row['unit']}".strip()
        more = ", ".join(
            f"{name.replace('_', ' ')} {value}" for name, value in row["details"].items()
        )
        lines.append(f"| {row['name']} | {figure} | {target} | {more} |")
    return lines


def _marked(value: object, *, missed: bool) -> str:
    return f"**{value}**" if missed else str(value)


_TABLES = {
    "pages": _pages,
    "writers": lambda run: _figures(run["writers"]),
    "papers": lambda run: _figures(run["papers"]),
    # runs that were kept before this was measured
    "likeness": lambda run: _figures(run.get("likeness", [])),
    "searching": lambda run: _figures(run["searching"]),
    "importing": lambda run: _figures(run["importing"]),
    "councils": lambda run: _figures(run.get("councils", [])),
    "reviews": lambda run: _figures(run.get("reviews", [])),
    "directives": lambda run: _figures(run.get("directives", [])),
}
