"""The tables of the results, in Markdown."""

SIDES = ("LMDB", "SQLite", "RocksDB")
PROCESSES = ("netabase_store", "netabase_store, transactions", "redb", "native_db", "sled", "heed + rkyv")

TITLES = {
    "article": "Article: netabase_store's workload, on tmpfs, not synced",
    "article, durable on disk": "Article, every commit waits for the disk",
    "user": "User: three indexes, on tmpfs, not synced",
    "indexes": "0, 1, 5 and 10 indexes",
    "wide": "Wide records",
    "readers": "Readers on threads of their own",
    "scale": "Growing stores, random keys",
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


def workload(results, name, cases, sides):
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
        text += row([operation] + [f"{found[side]:.2f}" if side in found else "" for side in sides])
    return text


def pairs(results):
    text = row(["records", "operation", "netabase", "ratio", "allocations"])
    text += row(["---:", "---", "---:", "---:", "---:"])
    for pair in results["pairs"]:
        if "ratio" not in pair:
            continue
        found = {"median": pair["ratio"], "low": pair["ratio_min"], "high": pair["ratio_max"]}
        allocations = f"{pair['allocations']:.3g}" if "allocations" in pair else ""
        name = pair["operation"].replace("_", " ")
        text += row([records(pair["records"]), name, time(pair["netabase_ns"]), ratio({"ratio": found}), allocations])
    return text


def instructions(results):
    text = "\n## Instructions for one operation\n\nCounted by Callgrind, in one run; the kernel's are not among them.\n\n"
    text += row(["records", "operation", "netabase", "LMDB", "ratio"]) + row(["---:", "---"] + ["---:"] * 3)
    for case in results["instructions"]:
        ours, theirs = case["sides"].get("netabase"), case["sides"].get("LMDB")
        if ours is None or theirs is None:
            continue
        operation = f"{case['workload']}: {case['operation']}"
        text += row([records(case["records"]), operation, f"{ours:,.0f}", f"{theirs:,.0f}", number(ours / theirs)])
    return text


def full(results):
    text = "# Benchmark results\n\nMade by `benchmarks/run.sh"
    text += "" if results["size"] == "standard" else f" --{results['size']}"
    text += "`; what is measured and how is in the [README](../README.md) of the benchmarks.\n\n"
    text += header(results) + "\n\n"
    text += (
        "netabase's time is that for one record (or one call), the median of the rounds. A ratio is netabase's time over the\n"
        "other's in the same round: below 1 netabase is faster. The median of the rounds, in brackets the quartiles; **bold**\n"
        "where netabase is behind in three quarters of the rounds or more. Allocations are those of netabase, for one record.\n"
    )
    names = []
    for case in results["cases"]:
        if case["workload"] not in names:
            names.append(case["workload"])
    for name in names:
        text += workload(results, name, [case for case in results["cases"] if case["workload"] == name], SIDES)
        if name == "scale":
            text += growth(results)
    if results["pairs"]:
        text += "\n## Pairs: inner loops next to LMDB by hand\n\nOr next to what the name says. In brackets the least and the most of 15 rounds.\n\n"
        text += pairs(results)
    if results["instructions"]:
        text += instructions(results)
    if results["processes"]:
        text += "\n# Stores written in Rust\n\n"
        text += (
            "In processes of their own, which take turns with netabase's round by round; ratios of the medians, in brackets\n"
            "from quartile to quartile at the worst.\n"
        )
        for name in ("article", "user"):
            cases = [case for case in results["processes"] if case["workload"] == name]
            if cases:
                text += workload(results, name, cases, PROCESSES).replace("\n## ", "\n## Rust, ", 1)
    return text


def find(results, list_name, name, operation, most):
    cases = [
        case
        for case in results[list_name]
        if case["workload"] == name and case["operation"] == operation and case["records"] <= most
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
    ("article, durable on disk", "insert, a transaction each", 1000, "a commit that waits for the disk"),
)


def readme(results, drawn):
    """Between the README's markers."""
    text = (
        "\nThe limit is LMDB called by hand: packed structs, cursors kept, no checks. Every side does the same work in turn, in one\n"
        "process; a ratio is netabase's time over the other's, the median of the rounds: below 1 netabase is faster, **bold** where\n"
        "it is behind. On tmpfs and not synced where nothing else is said."
    )
    text += "\n\n" if results["size"] == "standard" else f" Made by `benchmarks/run.sh --{results['size']}`.\n\n"
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
            if case is not None and len(case["sides"]) > 1:
                filled = title.format(records=records(case["records"]))
                text += row([filled] + [ratio(case["sides"].get(side), spread=False) for side in present])
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
