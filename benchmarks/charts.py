"""The charts of the results, as SVG: bars for a workload's operations, curves for what grows. The same results give the
same bytes: no dates, and names inside the files that come from their contents."""

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plot  # noqa: E402  after the choice of what draws
from matplotlib import ticker  # noqa: E402

COLOURS = {
    "netabase": "#0b6e4f",
    "LMDB": "#8d99ae",
    "SQLite": "#3a86ff",
    "RocksDB": "#e07a1f",
    "redb": "#9d4edd",
    "netabase_store": "#d62839",
    "netabase_store, transactions": "#f28482",
    "native_db": "#6d597a",
    "sled": "#b08968",
    "heed + rkyv": "#2a9d8f",
}

STYLE = {
    "svg.hashsalt": "netabase",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#dddddd",
    "legend.frameon": False,
}


def nanoseconds(value, _=None):
    for name in ("ns", "µs", "ms", "s"):
        if value < 1000 or name == "s":
            return f"{value:g} {name}"
        value /= 1000
    return ""


def save(figure, path):
    figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches="tight")
    plot.close(figure)
    # matplotlib ends some lines with a space.
    text = "\n".join(line.rstrip() for line in path.read_text(encoding="utf-8").splitlines())
    path.write_text(text + "\n", encoding="utf-8")


def sides_of(cases):
    return [side for side in COLOURS if any(side in case["sides"] for case in cases)]


def bars(cases, title, path, labels=None):
    """A group of bars for each case, on a logarithmic scale, with the quartiles as whiskers."""
    sides = sides_of(cases)
    figure, axes = plot.subplots(figsize=(9, 0.6 + 0.15 * (len(sides) + 1) * len(cases)))
    height = 0.8 / len(sides)
    for i, side in enumerate(sides):
        for j, case in enumerate(cases):
            entry = case["sides"].get(side)
            if entry is None:
                continue
            low, high = entry.get("low", entry["median"]), entry.get("high", entry["median"])
            axes.barh(
                j + (i - (len(sides) - 1) / 2) * height,
                entry["median"],
                height,
                color=COLOURS[side],
                label=side if j == 0 else None,
                xerr=[[entry["median"] - low], [high - entry["median"]]],
                error_kw={"elinewidth": 0.7, "ecolor": "#333333"},
            )
    handles = [plot.Rectangle((0, 0), 1, 1, color=COLOURS[side]) for side in sides]
    axes.set_yticks(range(len(cases)), labels or [case["operation"] for case in cases])
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(ticker.FuncFormatter(nanoseconds))
    axes.grid(axis="y", visible=False)
    axes.set_title(f"{title}; shorter is faster", loc="left")
    axes.legend(handles, sides, loc="upper left", bbox_to_anchor=(1, 1))
    save(figure, path)


def curves(panels, title, path, x_label):
    """Panels of (title, x values, {side: y values}), a line for each side."""
    figure, all_axes = plot.subplots(1, len(panels), figsize=(4.6 * len(panels), 3.2))
    for axes, (name, log, lines) in zip(all_axes if len(panels) > 1 else [all_axes], panels):
        for side, points in lines.items():
            points = sorted(points)
            axes.plot(
                [x for x, _ in points], [y for _, y in points], marker="o", markersize=4, color=COLOURS[side], label=side
            )
        if log:
            axes.set_xscale("log")
        axes.set_yscale("log")
        axes.yaxis.set_major_formatter(ticker.FuncFormatter(nanoseconds))
        axes.yaxis.set_minor_formatter(ticker.NullFormatter())
        axes.set_title(name, loc="left")
        axes.set_xlabel(x_label)
    axes.legend(loc="upper left", bbox_to_anchor=(1, 1))
    figure.suptitle(title, x=0.06, ha="left")
    figure.tight_layout()
    save(figure, path)


def lines_of(cases, x_of):
    lines = {}
    for case in cases:
        for side in sides_of([case]):
            lines.setdefault(side, []).append((x_of(case), case["sides"][side]["median"]))
    return {side: lines[side] for side in COLOURS if side in lines}


def draw(results, folder):
    """Draws what there are results for; returns the names of the files."""
    drawn = []

    def times(name, list_name="cases"):
        return [case for case in results[list_name] if case["workload"] == name and case["unit"] == "ns"]

    def largest(cases):
        # Articles are drawn at the size whose figures netabase_store publishes.
        sizes = {case["records"] for case in cases}
        wanted = 1000 if 1000 in sizes and max(sizes) <= 5000 else max(sizes, default=0)
        return [case for case in cases if case["records"] == wanted]

    with plot.rc_context(STYLE):
        for name, list_name, title in (
            ("article", "cases", "articles"),
            ("user", "cases", "users"),
            ("article", "processes", "articles, stores written in Rust"),
        ):
            cases = largest(times(name, list_name))
            if cases:
                file = f"{name}.svg" if list_name == "cases" else f"{name}_rust.svg"
                bars(cases, f"Time for one of {cases[0]['records']:,} {title}", folder / file)
                drawn.append(file)
        cases = times("readers")
        if cases:
            bars(cases, "Readers on two cores: time for one record, all readers together", folder / "readers.svg")
            drawn.append("readers.svg")
        cases = times("indexes")
        if cases:
            panels = []
            for title in ("put", "put_many", "put, a transaction each"):
                some = [case for case in cases if case["operation"].rsplit(", ", 1)[0] == title]
                panels.append((title, False, lines_of(some, lambda c: int(c["operation"].split(", ")[-1].split()[0]))))
            curves(panels, "Time to store a record", folder / "indexes.svg", "indexes")
            drawn.append("indexes.svg")
        cases = times("scale")
        if cases:
            panels = []
            for title in ("get, random ids", "put, random ids", "open"):
                some = [case for case in cases if case["operation"] == title]
                panels.append((title, True, lines_of(some, lambda c: c["records"])))
            curves(panels, "Time for one record as the store grows, and to open it", folder / "scale.svg", "records")
            drawn.append("scale.svg")
        cases = [case for case in times("wide") if case["operation"].startswith("one field")]
        if cases:
            bars(cases, "One number of a record, read in place", folder / "wide.svg")
            drawn.append("wide.svg")
    return drawn
