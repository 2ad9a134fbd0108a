"""Reads the lines of JSON that the benchmarks write, and makes medians, spreads and ratios of them."""

import collections
import json
import math
import statistics

# Everything is compared with this side.
OURS = "netabase"


def rounded(value):
    """Four significant digits: more would not be the same twice."""
    return float(f"{value:.4g}")


def spread(values):
    """Median, quartiles and ends of a list of numbers."""
    low, median, high = statistics.quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
    return {
        "median": rounded(median),
        "low": rounded(low),
        "high": rounded(high),
        "least": rounded(min(values)),
        "most": rounded(max(values)),
        "rounds": len(values),
    }


def read_lines(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def aggregate(samples, paired=True):
    """Cases, in the order they were run: workload, records, operation, and for each side its times, figures and the
    ratio of netabase's time to its own. `paired`: the sides took turns in one process, so that a ratio is the median of
    the rounds' ratios; otherwise it is the ratio of the medians."""
    times = {}
    figures = collections.defaultdict(dict)
    for sample in samples:
        case = (sample["workload"], sample["records"], sample["operation"])
        side, unit = sample["side"], sample["unit"]
        if sample["round"] >= 0:
            times.setdefault((case, unit), {}).setdefault(side, {})[sample["round"]] = sample["value"]
        else:
            figures[case].setdefault(unit, {})[side] = sample["value"]

    for case, units in figures.items():
        sums = units.pop("sum", {})
        if len(set(sums.values())) > 1:
            raise SystemExit(f"{case}: the sides did different work: {sums}")

    cases = []
    for (case, unit), sides in times.items():
        result = {"workload": case[0], "records": case[1], "operation": case[2], "unit": unit, "sides": {}}
        ours = sides.get(OURS)
        for side, rounds in sides.items():
            entry = spread(list(rounds.values()))
            if ours and side != OURS:
                if paired:
                    entry["ratio"] = spread([ours[r] / rounds[r] for r in sorted(rounds) if r in ours])
                else:
                    mine = spread(list(ours.values()))
                    entry["ratio"] = {
                        "median": rounded(mine["median"] / entry["median"]),
                        "low": rounded(mine["low"] / entry["high"]),
                        "high": rounded(mine["high"] / entry["low"]),
                        "rounds": entry["rounds"],
                    }
            allocations = figures.get(case, {}).get("allocations", {}).get(side)
            if allocations is not None:
                entry["allocations"] = rounded(allocations)
            result["sides"][side] = entry
        cases.append(result)
    for case, units in figures.items():
        for unit, sides in units.items():
            if unit == "allocations":
                continue
            result = {"workload": case[0], "records": case[1], "operation": case[2], "unit": unit, "sides": {}}
            for side, value in sides.items():
                result["sides"][side] = {"median": rounded(value)}
                if OURS in sides and side != OURS and value:
                    result["sides"][side]["ratio"] = {"median": rounded(sides[OURS] / value)}
            cases.append(result)
    return cases


def pairs(path):
    """Google Benchmark's JSON of the pairs, as (name, records, counters)."""
    with open(path, encoding="utf-8") as file:
        runs = json.load(file)["benchmarks"]
    cases = []
    for run in runs:
        if run.get("error_occurred"):
            raise SystemExit(f"{run['name']}: {run.get('error_message')}")
        parts = run["name"].split("/")
        counters = {
            name: rounded(run[name])
            for name in ("ratio", "ratio_low", "ratio_high", "netabase_ns", "raw_ns", "allocations")
            if name in run
        }
        if counters:
            records = int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0
            cases.append({"operation": parts[0], "records": records, **counters})
    return cases


def instructions(folder):
    """Callgrind's dumps, one for each piece of work: instructions for one operation, by case and side."""
    found = {}
    for path in sorted(folder.glob("callgrind.out*")):
        name = total = None
        with open(path, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                if line.startswith("desc: Trigger: Client Request: "):
                    name = line.removeprefix("desc: Trigger: Client Request: ").strip()
                elif line.startswith(("summary:", "totals:")):
                    total = int(line.split()[1])
        if name is None or total is None or name.count("|") != 4:
            continue  # the last dump is of the program's end
        workload, records, operation, side, operations = name.split("|")
        case = (workload, int(records), operation)
        found.setdefault(case, {})[side] = rounded(total / int(operations))
    return [
        {"workload": case[0], "records": case[1], "operation": case[2], "sides": sides}
        for case, sides in sorted(found.items())
    ]


def slope(points):
    """The exponent of x^exponent that the points follow: least squares in logarithms."""
    points = [(math.log(x), math.log(y)) for x, y in points]
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)


def growth(samples, operation):
    """The exponents that the times of a growing store follow, side by side: fitted in each round, so that there is a
    spread; and by how much netabase's is above LMDB's in the same round."""
    times = {}
    for sample in samples:
        if sample["workload"] == "scale" and sample["operation"] == operation and sample["round"] >= 0:
            rounds = times.setdefault(sample["side"], {})
            rounds.setdefault(sample["round"], []).append((sample["records"], sample["value"]))
    slopes = {
        side: {number: slope(points) for number, points in rounds.items() if len(points) > 1}
        for side, rounds in times.items()
    }
    found = {side: spread(list(rounds.values())) for side, rounds in slopes.items() if rounds}
    ours, theirs = slopes.get(OURS, {}), slopes.get("LMDB", {})
    differences = [ours[number] - theirs[number] for number in sorted(ours) if number in theirs]
    if differences:
        found["difference"] = spread(differences)
    return found
