"""The tables of the results, in Markdown."""

import budgets

SIDES = ("LMDB", "SQLite", "RocksDB")
PROCESSES = ("netabase_store", "netabase_store, transactions", "redb", "native_db", "sled", "heed + rkyv")

PROCESS_WORKLOADS = ("article", "media", "user", "indexes", "wide")

TITLES = {
    "article": "Article: netabase_store's workload, on tmpfs, not synced",
    "media": "Media and durability: the article workload's inserts",
    "user": "User: three indexes, on tmpfs, not synced",
    "indexes": "0, 1, 2, 5 and 10 indexes",
    "wide": "Wide records, on tmpfs, not synced",
    "readers": "Readers on threads of their own",
    "scale": "Growing stores, random keys",
    "cold": "Nothing in memory: a store on disk, each time opened anew after the system forgot its files",
    "memory": "Memory of a process that puts, then reads, 100,000 users",
    "compiler": "The compiler",
}


def time(value, unit="ns"):
    if unit == "s":
        return f"{value:.3g} s"
    if unit == "bytes":
        for name in ("B", "KiB", "MiB", "GiB"):
            if value < 1024 or name == "GiB":
                return f"{value:.3g} {name}" if value < 1000 else f"{value:.0f} {name}"
            value /= 1024
    for name in ("ns", "µs", "ms", "s"):
        if value < 1000 or name == "s":
            return f"{value:.3g} {name}"
        value /= 1000
    return ""


def number(value):
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"


def small(value):
    return f"{value:.2g}" if value < 0.095 else number(value)


def ratio(entry, spread=True):
    """`0.45 (0.43–0.47)`, in bold where netabase is behind in three quarters of the rounds."""
    if entry is None or "ratio" not in entry:
        return ""
    found = entry["ratio"]
    text = small(found["median"])
    if spread and "low" in found:
        text += f" ({small(found['low'])}–{small(found['high'])})"
    behind = found.get("low", found["median"]) > 1.02
    return f"**{text}**" if behind else text


def row(cells):
    return "| " + " | ".join(cells) + " |\n"


def records(value):
    return f"{value:,}" if value else ""


def header(results):
    machine, versions = results["machine"], dict(results["versions"])
    compiler = versions.pop("compiler")
    # `model name` says "… Processor" of some and not of others.
    others = ", ".join(f"{name} {version}" for name, version in sorted(versions.items(), key=lambda v: v[0].lower()))
    return (
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gib']} GiB; {machine['system']}, Linux "
        f"{machine['kernel']}; {compiler}; {others}."
    )


def comparable(cases, sides):
    """Without what other sides have that are not in this table: nothing would be beside it."""
    return [case for case in cases if len(case["sides"]) == 1 or any(side in case["sides"] for side in sides)]


def workload(results, name, cases, sides):
    cases = comparable(cases, sides)
    present = [side for side in sides if any(side in case["sides"] for case in cases)]
    counted = any("allocations" in case["sides"].get("netabase", {}) for case in cases)
    text = f"\n## {TITLES.get(name, name)}\n\n"
    columns = ["records", "operation", "netabase"] + [f"/ {side}" for side in present]
    if counted:
        columns.append("allocations")
    text += row(columns) + row(["---:", "---"] + ["---:"] * (len(columns) - 2))
    for case in cases:
        ours = case["sides"].get("netabase")
        if ours is None:
            continue
        cells = [records(case["records"]), case["operation"], time(ours["median"], case["unit"])]
        cells += [ratio(case["sides"].get(side)) for side in present]
        if counted:
            allocations = ours.get("allocations")
            cells.append("" if allocations is None else f"{allocations:.3g}")
        text += row(cells)
    return text


def growth(results):
    exponents = {operation: sides for operation, sides in results["growth"].items() if sides}
    if not exponents:
        return ""
    sides = ["netabase", *SIDES]
    text = "\nGrowth exponents: time follows records^exponent, so 0 is a time that does not grow, 1 one that doubles with the\n"
    text += "store.\n\n" + row(["operation", *sides]) + row(["---"] + ["---:"] * len(sides))
    for operation, found in exponents.items():
        text += row([operation] + [exponent(found.get(side)) for side in sides])
    return text


def exponent(found):
    return f"{found['median']:.2f} ({found['low']:.2f}–{found['high']:.2f})" if found else ""


def times_faster(found):
    return f"{found['median']:.3g}×", f"{found['low']:.3g}–{found['high']:.3g}"


def measured(kind, found):
    """A budget's figure and its spread, in words."""
    if kind == "×":
        return times_faster(found)
    sign = "+" if kind == "+" else ""
    return f"{found['median']:{sign}.2f}", f"{found['low']:{sign}.2f} to {found['high']:{sign}.2f}"


def mark(verdict):
    return f"**{verdict}**" if verdict.startswith("missed") else verdict


def budget_table(results):
    """Every budget, a line for each place where it is measured."""
    text = (
        "\n## Budgets\n\nWhat netabase promises of its speed. `≤`: netabase's time over the other's, or an exponent; `×`: how many times\n"
        "as fast. Medians of the rounds, spread from quartile to quartile; the other side is LMDB by hand where nothing else is\n"
        "said.\n\n"
    )
    text += row(["budget", "limit", "at", "measured", "spread", ""]) + row(["---", "---:", "---", "---:", "---:", "---"])
    for budget in budgets.evaluate(results):
        title, limit = budget["title"], budget["limit"]
        if not budget["lines"]:
            text += row([title, limit, "", "", "", f"not measured: {budget['why']}"])
        for where, found, verdict in budget["lines"]:
            text += row([title, limit, where, *measured(budget["kind"], found), mark(verdict)])
            title = limit = ""
    return text


def budget_summary(results):
    """A line for each budget, for the README: the place where it is worst."""
    text = row(["budget", "limit", "measured", ""]) + row(["---", "---:", "---:", "---"])
    for budget in budgets.evaluate(results):
        if not budget["lines"]:
            text += row([budget["title"], budget["limit"], "", f"not measured: {budget['why']}"])
            continue
        sign = -1 if budget["kind"] == "×" else 1
        _, found, verdict = max(budget["lines"], key=lambda line: sign * line[1]["median"])
        text += row([budget["title"], budget["limit"], measured(budget["kind"], found)[0], mark(verdict)])
    return text


def pairs(results):
    text = row(["records", "operation", "netabase", "ratio", "allocations"])
    text += row(["---:", "---", "---:", "---:", "---:"])
    for pair in results["pairs"]:
        if "ratio" not in pair:
            continue
        found = {"median": pair["ratio"], "low": pair["ratio_low"], "high": pair["ratio_high"]}
        allocations = f"{pair['allocations']:.3g}" if "allocations" in pair else ""
        name = pair["operation"].replace("_", " ")
        text += row([records(pair["records"]), name, time(pair["netabase_ns"]), ratio({"ratio": found}), allocations])
    return text


def instructions(results):
    present = [side for side in SIDES if any(side in case["sides"] for case in results["instructions"])]
    text = "\n## Instructions for one operation\n\nCounted by Callgrind, in one run; the kernel's are not among them.\n\n"
    text += row(["records", "operation", "netabase", *[f"/ {side}" for side in present]])
    text += row(["---:", "---"] + ["---:"] * (1 + len(present)))
    for case in results["instructions"]:
        ours = case["sides"].get("netabase")
        if ours is None or len(case["sides"]) == 1:
            continue
        cells = [records(case["records"]), f"{case['workload']}: {case['operation']}", f"{ours:,.0f}"]
        for side in present:
            cells.append(small(ours / case["sides"][side]) if side in case["sides"] else "")
        text += row(cells)
    return text


def command(results):
    """What makes these results again."""
    size = "" if results["size"] == "standard" else f" --{results['size']}"
    return f"benchmarks/run.sh{size}{' --peers' if results['processes'] else ''}"


def full(results):
    text = f"# Benchmark results\n\nMade by `{command(results)}`; what is measured and how is in the [README](../README.md) of the\n"
    text += "benchmarks.\n\n" + header(results) + "\n\n"
    for line in results["left_out"]:
        text += f"- Left out: {line}.\n"
    text += "\n" if results["left_out"] else ""
    text += (
        "netabase's time is that for one record (or one call), the median of the rounds. A ratio is netabase's time over the\n"
        "other's in the same round: below 1 netabase is faster. The median of the rounds, in brackets the quartiles; **bold**\n"
        "where netabase is behind in three quarters of the rounds or more. Allocations are those of netabase, for one record.\n"
    )
    text += budget_table(results)
    names = []
    for case in results["cases"]:
        if case["workload"] not in names:
            names.append(case["workload"])
    for name in names:
        text += workload(results, name, [case for case in results["cases"] if case["workload"] == name], SIDES)
        if name == "scale":
            text += growth(results)
    if results["pairs"]:
        text += "\n## Pairs: inner loops next to LMDB by hand\n\nOr next to what the name says. In brackets the quartiles of the rounds, 15 of most.\n\n"
        text += pairs(results)
    if results["instructions"]:
        text += instructions(results)
    if results["processes"]:
        text += "\n# Stores written in Rust\n\n"
        text += (
            "In processes of their own, which take turns with netabase's round by round; ratios of the medians, in brackets\n"
            "from quartile to quartile at the worst.\n"
        )
        for name in PROCESS_WORKLOADS:
            cases = [
                case
                for case in results["processes"]
                if case["workload"] == name and any(side in case["sides"] for side in PROCESSES)
            ]
            if cases:
                text += workload(results, name, cases, PROCESSES).replace("\n## ", "\n## Rust, ", 1)
    return text


def find(results, list_name, name, operation, most):
    cases = [
        case
        for case in results[list_name]
        if (case["workload"], case["operation"]) == (name, operation) and case["records"] <= most and len(case["sides"]) > 1
    ]
    return max(cases, key=lambda case: case["records"], default=None)


README_ROWS = (
    ("article", "insert, one by one", 1000, "{records} articles, inserted in one transaction"),
    ("article", "get, owned", 1000, "got as structs"),
    ("article", "ten queries by author, borrowed", 1000, "by a secondary key, 100 each, as views"),
    ("user", "put, shuffled", 100000, "{records} users, three indexes, put shuffled"),
    ("user", "put_many, shuffled", 100000, "the same by put_many"),
    ("user", "get, borrowed", 100000, "got as views, shuffled"),
    ("user", "scan", 100000, "scanned as views"),
    ("user", "equal of 100, owned", 100000, "by an index, 100 each, as structs"),
    ("user", "update, an indexed field", 100000, "an indexed field updated"),
    ("indexes", "put, 10 indexes", 10000, "{records} records, put with ten indexes"),
    ("readers", "get by 1 reader beside a writer", 100000, "got beside a writer"),
    ("media", "insert, a transaction each; disk, synced", 1000, "a commit that waits for the disk"),
)


def readme(results, drawn):
    """Between the README's markers."""
    text = (
        "\nThe limit is LMDB called by hand: packed structs, cursors kept, no checks. Every side does the same work in turn, in one\n"
        "process; a ratio is netabase's time over the other's, the median of the rounds: below 1 netabase is faster, **bold** where\n"
        f"it is behind. On tmpfs and not synced where nothing else is said. Made by `{command(results)}`.\n\n"
    )
    text += row(["", "netabase, each", "/ LMDB by hand", "/ SQLite", "/ RocksDB"]) + row(["---", "---:", "---:", "---:", "---:"])
    for name, operation, most, title in README_ROWS:
        case = find(results, "cases", name, operation, most)
        if case is None or "netabase" not in case["sides"]:
            continue
        cells = [title.format(records=records(case["records"])), time(case["sides"]["netabase"]["median"])]
        cells += [ratio(case["sides"].get(side), spread=False) for side in SIDES]
        text += row(cells)
    if results["processes"]:
        text += "\nNext to stores written in Rust, in processes that take turns:\n\n"
        present = [s for s in PROCESSES if any(s in case["sides"] for case in results["processes"])]
        text += row(["", *[f"/ {side}" for side in present]]) + row(["---"] + ["---:"] * len(present))
        for name, operation, most, title in README_ROWS:
            case = find(results, "processes", name, operation, most)
            if case is not None:
                filled = title.format(records=records(case["records"]))
                text += row([filled] + [ratio(case["sides"].get(side), spread=False) for side in present])
    text += "\nWhat is promised, and what was measured, where it is worst:\n\n" + budget_summary(results)
    compiler = {
        case["operation"]: case["sides"]["netabase"]["median"]
        for case in results["cases"]
        if case["workload"] == "compiler" and case["unit"] == "s"
    }
    generated = next((name for name in compiler if name.endswith("the generated header of the 50 models")), None)
    runtime = next((name for name in compiler if name.endswith("runtime headers alone")), None)
    if generated and runtime:
        text += (
            f"\nFor a definition of 50 models with 500 fields netabase-gen takes "
            f"{compiler['netabase-gen, 50 models, 500 fields']:.2g} s,\nand the compiler {compiler[generated]:.2g} s for the "
            f"generated header, of which {compiler[runtime]:.2g} s are netabase's own.\n"
        )
    text += "\n"
    for name, title in (("article.svg", "Time for one article"), ("scale.svg", "Time for one record as the store grows")):
        if name in drawn:
            text += f"![{title}](benchmarks/results/{name})\n\n"
    text += (
        "Everything, with spreads, allocations, bytes and memory, is in [the table](benchmarks/results/table.md); what is measured\n"
        f"and how in [benchmarks](benchmarks/README.md).\n\n{header(results)}\n\n"
    )
    return text
