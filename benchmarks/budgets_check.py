#!/usr/bin/env python3
"""Whether the budgets' verdicts are right, on results made up for it."""

import json
import pathlib
import sys
import tempfile

import budgets
import samples
import tables


def check(what, found, wanted):
    if found != wanted:
        sys.exit(f"{what}: {found!r} and not {wanted!r}")


def pair(operation, records, low, median, high):
    return {"operation": operation, "records": records, "ratio": median, "ratio_low": low, "ratio_high": high, "netabase_ns": 1}


def spread(median):
    return {"median": median, "low": median, "high": median}


def case(workload, records, operation, **times):
    sides = {side: spread(time) for side, time in times.items()}
    for side, entry in sides.items():
        if side != "netabase" and "netabase" in times:
            entry["ratio"] = spread(times["netabase"] / times[side])
    return {"workload": workload, "records": records, "operation": operation, "unit": "ns", "sides": sides}


results = {
    "pairs": [
        pair("scan", 1000, 1.0, 1.1, 1.14),
        pair("scan", 100000, 1.2, 1.3, 1.4),
        pair("get_owned", 1000, 1.2, 1.25, 1.4),
        pair("get_borrowed", 1000, 1.0, 1.06, 1.1),
        pair("durable_commits_grouped_against_single", 1, 1.0, 1.0, 1.0),
        pair("durable_commits_grouped_against_single", 16, 0.1, 0.125, 0.16),
        pair("get_many_against_gets", 1000, 0.5, 0.625, 0.8),
    ],
    "cases": [
        case("indexes", 2000, "put_many, shuffled, 2 indexes", netabase=100, LMDB=150),
        case("indexes", 2000, "put, shuffled, 2 indexes", netabase=330, LMDB=300),
        case("scale", 1000, "get, random ids", netabase=1, LMDB=2),
        case("scale", 10000, "get, random ids", netabase=2, LMDB=2),
    ],
    "processes": [
        case("article", 1000, "get, owned", netabase=10, redb=20),
        case("article", 1000, "exists", netabase=10, redb=8),
        case("article", 1000, "get_many", netabase=10),
    ],
    "growth": {"get, random ids": {"netabase": spread(0.3), "LMDB": spread(0.0), "difference": spread(0.3)}},
}
found = {budget["title"]: budget for budget in budgets.evaluate(results)}


def verdicts(title):
    return [verdict for _, _, verdict in found[title]["lines"]]


check("scan", verdicts("scan"), ["kept", "missed"])
check("get, owned", verdicts("get, owned"), ["kept, by less than the spread"])
check("get_borrowed", verdicts("get_borrowed, three fields"), ["missed, by less than the spread"])
commits = found["durable commits of 16 threads by write_async, next to one each"]
check("commits", [line[:1] + line[2:] for line in commits["lines"]], [("16 threads", "kept")])
check("commits, times as fast", tables.measured("×", commits["lines"][0][1]), ("8×", "6.25–10"))
many = found["get_many, shuffled, of a million records, next to a loop"]
check("get_many", verdicts(many["title"]), ["missed, by less than the spread"])
check("two indexes", verdicts("put_many, shuffled, two indexes, next to the loop by hand"), ["kept"])
where, worst, verdict = found["every article row, of redb's time"]["lines"][0]
check("redb", (where[:20], worst["median"], verdict), ("1 of 2 rows are fast", 1.25, "missed"))
check("growth", verdicts("growth exponent of get, above that of LMDB by hand"), ["missed"])
check("netabase_store", found["every article row, of netabase_store's time"]["lines"], [])
text = tables.budget_table(results)
check("what is missing says why", "not measured: needs --peers" in text, True)
check("a missed budget is seen", "**missed**" in text, True)

# Times that grow with the square root of the records, in each of three rounds.
lines = [
    {"workload": "scale", "operation": "open", "side": side, "round": number, "records": records, "value": (1 + number) * records**power}
    for side, power in (("netabase", 0.5), ("LMDB", 0.25))
    for number in range(3)
    for records in (1000, 10000, 100000)
]
growth = samples.growth(lines, "open")
check("exponent", growth["netabase"]["median"], 0.5)
check("difference", growth["difference"]["median"], 0.25)

# Sides that did different work are no case.
with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / "lines"
    sample = {"workload": "w", "records": 1, "operation": "o", "round": -1, "unit": "sum"}
    path.write_text("".join(json.dumps({**sample, "side": side, "value": value}) + "\n" for side, value in (("A", 1), ("B", 2))))
    try:
        samples.aggregate(samples.read_lines(path))
    except SystemExit:
        pass
    else:
        sys.exit("different sums were not noticed")
