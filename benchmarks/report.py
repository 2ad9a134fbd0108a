#!/usr/bin/env python3
"""Makes results.json, table.md and the charts of what run.sh measured, and the README's section about them.

    benchmarks/report.py FOLDER --size SIZE             into FOLDER, where the measurements are
    benchmarks/report.py FOLDER --size SIZE --update    into benchmarks/results and README.md
    benchmarks/report.py --redraw                       table, charts and section again from benchmarks/results/results.json

The same JSON gives the same bytes.
"""

import argparse
import json
import os
import pathlib
import platform
import re
import sys

import samples
import tables

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent


def first_match(path, pattern, default="unknown"):
    try:
        found = re.search(pattern, pathlib.Path(path).read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        return default
    return found.group(1).strip() if found else default


def machine():
    return {
        "processor": first_match("/proc/cpuinfo", r"^model name\s*: (.*)$"),
        "cores": os.cpu_count(),
        "memory_gib": round(int(first_match("/proc/meminfo", r"^MemTotal:\s*(\d+)", "0")) / 2**20),
        "kernel": platform.release(),
        "system": first_match("/etc/os-release", r'^PRETTY_NAME="(.*)"$'),
    }


def rust_versions():
    """What cargo built of the peers written in Rust. redb is there once for each crate that uses it; the newest is the
    one that is measured by itself."""
    lock = (HERE / "peers" / "Cargo.lock").read_text(encoding="utf-8")
    found = {}
    for name, version in re.findall(r'name = "(\w+)"\nversion = "([^"]+)"', lock):
        if name in ("heed", "native_db", "netabase_store", "redb", "rkyv", "sled"):
            found[name] = max(found.get(name, version), version, key=lambda v: [int(n) for n in v.split(".")])
    return found


def left_out(folder):
    """What run.sh could not measure, a line for each, with the reason."""
    path = folder / "left_out.txt"
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def collect(folder, size):
    versions = json.loads((folder / "versions.json").read_text(encoding="utf-8"))
    measured = samples.read_lines(folder / "suite.jsonl")
    results = {
        "size": size,
        "machine": machine(),
        "versions": versions,
        "cases": samples.aggregate(measured),
        "pairs": [],
        "processes": [],
        "instructions": samples.instructions(folder),
        "left_out": left_out(folder),
    }
    if (folder / "pairs.json").exists():
        results["pairs"] = samples.pairs(folder / "pairs.json")
    if (folder / "peers.jsonl").exists():
        results["processes"] = samples.aggregate(samples.read_lines(folder / "peers.jsonl"), paired=False)
        results["versions"].update(rust_versions())
    results["growth"] = {
        operation: samples.growth(measured, operation) for operation in ("get, random ids", "put, random ids", "open")
    }
    return results


def replace_section(path, text):
    begin, end = "<!-- benchmarks: made by benchmarks/run.sh -->", "<!-- /benchmarks -->"
    before, found, rest = path.read_text(encoding="utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        sys.exit(f"{path} has no section between {begin} and {end}")
    path.write_text(f"{before}{begin}\n{text}{end}{after}", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=pathlib.Path)
    parser.add_argument("--size", default="standard")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--redraw", action="store_true")
    arguments = parser.parse_args()
    if arguments.folder is None and not arguments.redraw:
        parser.error("a folder, or --redraw")

    into = HERE / "results" if arguments.update or arguments.redraw else arguments.folder
    into.mkdir(exist_ok=True)
    if arguments.redraw:
        results = json.loads((into / "results.json").read_text(encoding="utf-8"))
    else:
        results = collect(arguments.folder, arguments.size)
        text = json.dumps(results, indent=1, sort_keys=True, ensure_ascii=False)
        (into / "results.json").write_text(text + "\n", encoding="utf-8")

    (into / "table.md").write_text(tables.full(results), encoding="utf-8")
    print(f"{into / 'table.md'}")
    try:
        import charts
    except ImportError as error:
        print(f"No charts: {error} (apt-get install python3-matplotlib)")
        drawn = []
    else:
        drawn = charts.draw(results, into)
        for name in drawn:
            print(f"{into / name}")
    if arguments.update or arguments.redraw:
        replace_section(TOP / "README.md", tables.readme(results, drawn))
        print(f"{TOP / 'README.md'}")


if __name__ == "__main__":
    main()
