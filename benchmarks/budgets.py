"""The budgets: what netabase promises of its speed, each as a limit to a ratio, and whether the results keep it. Everything is
computed from results.json, so a budget never says more than was measured."""

import re

# What a ratio of two times that were not taken in the same rounds says: median over median, quartile over quartile at worst.
def over(ours, theirs):
    return {
        "median": ours["median"] / theirs["median"],
        "low": ours.get("low", ours["median"]) / theirs.get("high", theirs["median"]),
        "high": ours.get("high", ours["median"]) / theirs.get("low", theirs["median"]),
    }


def inverse(found):
    return {"median": 1 / found["median"], "low": 1 / found["high"], "high": 1 / found["low"]}


def count(records):
    return f"{records:,} records"


def of_pairs(results, pattern):
    """(where, netabase's time over the other's) of the pairs with such a name."""
    for pair in results["pairs"]:
        if "ratio" in pair and re.fullmatch(pattern, pair["operation"]):
            low, high = (pair.get(f"ratio_{end}", pair["ratio"]) for end in ("low", "high"))
            name = pair["operation"].replace("_", " ")
            yield f"{count(pair['records'])}, {name}", {"median": pair["ratio"], "low": low, "high": high}


def of_pair_with(pattern, argument, wanted=None):
    """The pairs whose number is not one of records but of `argument`; all, or the one with the number that is wanted."""

    def measured(results):
        for pair in results["pairs"]:
            if wanted in (None, pair["records"]):
                for _, found in of_pairs({"pairs": [pair]}, pattern):
                    yield f"{pair['records']:,} {argument}", found

    return measured


def entry_of(results, list_name, workload, operation, side):
    """The side's times, at the largest number of records that was measured."""
    cases = [
        case
        for case in results[list_name]
        if case["workload"] == workload and case["operation"] == operation and side in case["sides"]
    ]
    case = max(cases, key=lambda case: case["records"], default=None)
    return (None, None) if case is None else (case["records"], case["sides"][side])


def across(list_name, workload, ours, theirs, side):
    """netabase's time of one operation over a side's of another."""

    def measured(results):
        records, mine = entry_of(results, list_name, workload, ours, "netabase")
        other_records, other = entry_of(results, list_name, workload, theirs, side)
        if mine and other and records == other_records:
            yield count(records), over(mine, other)

    return measured


def beside(workload, operation, side):
    """The ratio of a case, to a side that takes part in it."""

    def measured(results):
        records, other = entry_of(results, "cases", workload, operation, side)
        if other:
            yield f"next to a {side}", other["ratio"]

    return measured


def slowest_row(workload, side):
    """Of all rows of a workload that the side has too, the one that is worst for netabase."""

    def measured(results):
        rows = [
            (case["sides"][side]["ratio"], case)
            for case in results["processes"]
            if case["workload"] == workload and case["unit"] == "ns" and "ratio" in case["sides"].get(side, {})
        ]
        if not rows:
            return
        faster = sum(found["median"] < 1 for found, _ in rows)
        found, case = max(rows, key=lambda row: row[0]["median"])
        yield f"{faster} of {len(rows)} rows are faster; the worst, {count(case['records'])}: {case['operation']}", found

    return measured


def sizes_of(results, operation):
    return [case["records"] for case in results["cases"] if (case["workload"], case["operation"]) == ("scale", operation)]


def growth(operation):
    """By how much the exponent of netabase's growth is above that of LMDB's. A store that is faster when small grows more
    to be as fast when large; so the ratio at the largest size is named, too."""

    def measured(results):
        found = results["growth"].get(operation, {})
        if "difference" in found:
            sizes = sizes_of(results, operation)
            ours, theirs = (f"{found[side]['median']:.2f}" for side in ("netabase", "LMDB"))
            largest = entry_of(results, "cases", "scale", operation, "LMDB")[1]["ratio"]["median"]
            where = f"{min(sizes):,} to {max(sizes):,} records: {ours} and {theirs}; {largest:.2f} of LMDB's time at the largest"
            yield where, found["difference"]

    return measured


def own_growth(operation):
    def measured(results):
        found = results["growth"].get(operation, {}).get("netabase")
        if found:
            sizes = sizes_of(results, operation)
            yield f"{min(sizes):,} to {max(sizes):,} records", found

    return measured


def pair(pattern):
    return lambda results: of_pairs(results, pattern)


# What is promised, in words; the limit: a ratio that is to be at most so large, or "×": how many times as fast at least,
# or "+": a difference or an exponent; and where it is measured, every place with a line of its own.
PEERS = "needs --peers"
BUDGETS = (
    ("put with one index, of LMDB's time by hand", "≤", 1.10, (pair("put_(in_order|shuffled)"),), ""),
    ("get_borrowed, three fields", "≤", 1.05, (pair("get_borrowed"),), ""),
    ("get, owned", "≤", 1.30, (pair("get_owned"),), ""),
    ("scan", "≤", 1.15, (pair("scan"),), ""),
    ("look-up by a unique index", "≤", 1.05, (pair("find_by_unique_index"),), ""),
    ("equal on an index, 100 hits", "≤", 1.10, (pair("equal_on_an_index_of_100"),), ""),
    (
        "put_many, shuffled, two indexes, next to the loop by hand",
        "×",
        2.5,
        (
            pair("put_many.*two_indexes.*"),
            across("cases", "indexes", "put_many, shuffled, 2 indexes", "put, shuffled, 2 indexes", "LMDB"),
        ),
        "",
    ),
    (
        "the same next to redb",
        "×",
        8,
        (across("processes", "indexes", "put_many, shuffled, 2 indexes", "put, shuffled, 2 indexes", "redb"),),
        PEERS,
    ),
    ("every article row, of netabase_store's time", "≤", 1, (slowest_row("article", "netabase_store"),), PEERS),
    ("… with transactions", "≤", 1, (slowest_row("article", "netabase_store, transactions"),), PEERS),
    ("every article row, of redb's time", "≤", 1, (slowest_row("article", "redb"),), PEERS),
    (
        "one field of a record with a text of 1 MiB, of the time of a smaller one's",
        "≤",
        1.10,
        tuple(
            beside("wide", "one field next to smaller records', text of 1 MiB", side)
            for side in ("text of 4 KiB", "text of 64 B")
        ),
        "",
    ),
    ("open a large store, of the time of one with 100 records", "≤", 1.10, (pair("open_unchanged"),), ""),
    ("growth exponent of open", "+", 0.05, (own_growth("open"),), ""),
    ("growth exponent of get, above that of LMDB by hand", "+", 0, (growth("get, random ids"),), ""),
    ("growth exponent of put, above that of LMDB by hand", "+", 0, (growth("put, random ids"),), ""),
    (
        "durable commits of 16 threads by write_async, next to one each",
        "×",
        5,
        (of_pair_with("durable_commits_.*", "threads", 16),),
        "",
    ),
    (
        "get_many, shuffled, of a million records, next to a loop",
        "×",
        2,
        (of_pair_with("get_many_against_gets", "keys at once"),),
        "",
    ),
)


def verdict(kind, limit, found):
    kept = (lambda value: value >= limit) if kind == "×" else (lambda value: value <= limit)
    word = "kept" if kept(found["median"]) else "missed"
    ends = {kept(found["low"]), kept(found["high"])}
    return f"{word}, by less than the spread" if len(ends) > 1 else word


def evaluate(results):
    """For each budget: title, limit in words, and a line for each place where it is measured: (where, kind, found, verdict);
    none where nothing was measured, and why."""
    evaluated = []
    for title, kind, limit, places, why in BUDGETS:
        lines = []
        for place in places:
            for where, found in place(results):
                found = inverse(found) if kind == "×" else found
                lines.append((where, found, verdict(kind, limit, found)))
        wanted = f"≥ {limit:g}×" if kind == "×" else f"≤ {limit:.2f}"
        evaluated.append({"title": title, "kind": kind, "limit": wanted, "lines": lines, "why": why or "not in this run"})
    return evaluated
