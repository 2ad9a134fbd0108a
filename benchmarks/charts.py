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


def bars(cases, title, path):
    """A group of bars for each case, on a logarithmic scale, with the quartiles as whiskers and, behind each peer's, how
    many times netabase's time it takes: in bold red where that is less than once, so that nobody looks for it in vain."""
    sides = sides_of(cases)
    bar, gap = 1, 1.2
    figure, axes = plot.subplots()
    places, at = [], 0
    for case in cases:
        # A side that cannot do this leaves no gap.
        present = [side for side in sides if side in case["sides"]]
        places.append(at + bar * (len(present) - 1) / 2)
        ours = case["sides"].get("netabase", {}).get("median")
        for side in present:
            entry = case["sides"][side]
            low, high = entry.get("low", entry["median"]), entry.get("high", entry["median"])
            axes.barh(
                at,
                entry["median"],
                bar,
                color=COLOURS[side],
                xerr=[[entry["median"] - low], [high - entry["median"]]],
                error_kw={"elinewidth": 0.7, "ecolor": "#333333"},
            )
            if ours and side != "netabase":
                times = entry["median"] / ours
                axes.annotate(
                    f"{times:.2g}×" if times < 10 else f"{times:.0f}×",
                    (max(entry["median"], high), at),
                    xytext=(3, 0),
                    textcoords="offset points",
                    va="center",
                    fontsize=6.5,
                    color="#c1121f" if times < 0.98 else "#555555",
                    fontweight="bold" if times < 0.98 else "normal",
                )
            at += bar
        at += gap
    figure.set_size_inches(9, 0.8 + 0.14 * at)
    handles = [plot.Rectangle((0, 0), 1, 1, color=COLOURS[side]) for side in sides]
    axes.set_yticks(places, [case["operation"] for case in cases])
    axes.set_ylim(at - gap, -bar)
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(ticker.FuncFormatter(nanoseconds))
    axes.grid(axis="y", visible=False)
    axes.set_title(f"{title}; shorter is faster, the scale is logarithmic", loc="left")
    axes.legend(handles, sides, loc="upper left", bbox_to_anchor=(1.04, 1), title="behind a bar: of netabase's time")
    save(figure, path)


def curves(panels, title, path, x_label):
    """Panels of (title, logarithmic or not, {side: points}), a line for each side."""
    figure, all_axes = plot.subplots(1, len(panels), figsize=(4.6 * len(panels), 3.4))
    for axes, (name, log, lines) in zip(all_axes if len(panels) > 1 else [all_axes], panels):
        for side, points in lines.items():
            points = sorted(points)
            axes.plot(
                [x for x, _ in points],
                [y for _, y in points],
                marker="o",
                markersize=4,
                linewidth=2.2 if side == "netabase" else 1.3,
                color=COLOURS[side],
                label=side,
            )
        if log:
            axes.set_xscale("log")
            axes.xaxis.set_major_formatter(ticker.FuncFormatter(lambda value, _: f"{value:,.0f}"))
        axes.set_yscale("log")
        # Where all lines lie within a power of ten or two, that many numbers at the axis are too few.
        values = [y for points in lines.values() for _, y in points]
        few = max(values) / min(values) < 300
        axes.yaxis.set_major_locator(ticker.LogLocator(subs=(1, 2, 5) if few else (1,)))
        axes.yaxis.set_major_formatter(ticker.FuncFormatter(nanoseconds))
        axes.yaxis.set_minor_formatter(ticker.NullFormatter())
        axes.set_title(name, loc="left")
        axes.set_xlabel(x_label)
    axes.legend(loc="upper left", bbox_to_anchor=(1, 1))
    figure.suptitle(title, x=0.02, ha="left")
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
        for name, list_name, file, title in (
            ("article", "cases", "article.svg", "Time for one of {} articles"),
            ("user", "cases", "user.svg", "Time for one of {} users"),
            ("media", "cases", "media.svg", "Time to insert one of {} articles"),
            ("wide", "cases", "wide.svg", "Time for one wide record"),
            ("readers", "cases", "readers.svg", "Two cores: time for one record, all readers together"),
            ("cold", "cases", "cold.svg", "Time for one of {} users, none of them in memory"),
            ("article", "processes", "article_rust.svg", "Time for one of {} articles, stores written in Rust"),
            ("user", "processes", "user_rust.svg", "Time for one of {} users, stores written in Rust"),
        ):
            # What only netabase was measured at has its place in the table.
            cases = [case for case in times(name, list_name) if len(sides_of([case])) > 1]
            if name in ("article", "user"):
                cases = largest(cases)
            if cases:
                bars(cases, title.format(f"{cases[0]['records']:,}"), folder / file)
                drawn.append(file)
        cases = times("indexes")
        if cases:
            panels = []
            for title in ("put", "put_many", "put, a transaction each"):
                some = [case for case in cases if case["operation"].rsplit(", ", 1)[0] == title]
                panels.append((title, False, lines_of(some, lambda c: int(c["operation"].split(", ")[-1].split()[0]))))
            panels = [panel for panel in panels if panel[2]]
            curves(panels, "Time to store a record; lower is faster, the scale is logarithmic", folder / "indexes.svg", "indexes")
            drawn.append("indexes.svg")
        cases = times("scale")
        if cases:
            panels = []
            for title in ("get, random ids", "put, random ids", "open"):
                some = [case for case in cases if case["operation"] == title]
                panels.append((title, True, lines_of(some, lambda c: c["records"])))
            panels = [panel for panel in panels if panel[2]]
            curves(panels, "Time for one record as the store grows, and to open it; lower is faster", folder / "scale.svg", "records")
            drawn.append("scale.svg")
    return drawn
