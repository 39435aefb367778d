#!/usr/bin/env python3
"""Runs the same programs in Ruff and in other language runtimes, in turn, and compares.

    testing/bench/compare/compare.py --ruff bazel-bin/ruff/cli [--runs 5] [--only fib,loops]
                                     [--markdown docs/perf_table.md] [--svg docs/perf.svg]

Every runtime found on the PATH takes part: luajit with and without its compiler, lua5.4, node with and without
its compilers. One run of each in turn, repeated, so that a noisy machine disturbs all alike; medians count. All
outputs must agree with Ruff's. Times are wall-clock times of the whole process, start-up included.
"""

import argparse
import math
import os
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAMS = os.path.join(HERE, "programs")

# Name in the table, command, file ending, peers that count as interpreters.
PEERS = [
    ("luajit -joff", ["luajit", "-joff"], ".lua"),
    ("lua5.4", ["lua5.4"], ".lua"),
    ("luajit", ["luajit"], ".lua"),
    ("node --jitless", ["node", "--jitless"], ".js"),
    ("node", ["node"], ".js"),
]


def programs(only):
    names = sorted(f[: -len(".ruff")] for f in os.listdir(PROGRAMS) if f.endswith(".ruff"))
    return [n for n in names if not only or n in only]


def measure(command):
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    elapsed = time.perf_counter() - start
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr}")
    return elapsed, done.stdout.strip()


def geometric_mean(values):
    return math.exp(statistics.fmean(math.log(v) for v in values))


def markdown(rows, peers):
    lines = ["| program | ruff ms | " + " | ".join(f"{p} ms (ratio)" for p in peers) + " |",
             "| --- | ---: |" + " ---: |" * len(peers)]
    for name, ruff, others in rows:
        cells = [f"{others[p] * 1000:.0f} ({ruff / others[p]:.2f})" for p in peers]
        lines.append(f"| {name} | {ruff * 1000:.0f} | " + " | ".join(cells) + " |")
    means = [f"{geometric_mean([r / o[p] for _, r, o in rows]):.2f}" for p in peers]
    lines.append("| geometric mean of the ratios | | " + " | ".join(means) + " |")
    return "\n".join(lines) + "\n"


def svg(rows, peers):
    """Horizontal bars: time relative to the first peer, one group a program."""
    colors = ["#c0392b", "#7f8c8d", "#b0b8bc", "#2980b9", "#8fb8d8", "#27ae60"]
    series = ["ruff"] + peers
    bar, gap, left, width = 9, 10, 120, 520
    group = bar * len(series) + gap
    height = group * len(rows) + 60
    limit = 3.0
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + width + 60}" height="{height}" '
           'font-family="sans-serif" font-size="11">',
           f'<text x="{left}" y="14">time relative to {peers[0]} (shorter is faster; cut at {limit:g})</text>']
    for s, name in enumerate(series):
        out.append(f'<rect x="{left + s * 105}" y="22" width="9" height="9" fill="{colors[s]}"/>'
                   f'<text x="{left + s * 105 + 13}" y="30">{name}</text>')
    for g, (name, ruff, others) in enumerate(rows):
        top = 44 + g * group
        out.append(f'<text x="{left - 8}" y="{top + group / 2}" text-anchor="end">{name}</text>')
        for s, key in enumerate(series):
            ratio = (ruff if key == "ruff" else others[key]) / others[peers[0]]
            length = min(ratio, limit) / limit * width
            y = top + s * bar
            out.append(f'<rect x="{left}" y="{y}" width="{length:.1f}" height="{bar - 1}" fill="{colors[s]}"/>'
                       f'<text x="{left + length + 3:.1f}" y="{y + 8}" font-size="8">{ratio:.2f}</text>')
    one = left + width / limit
    out.append(f'<line x1="{one}" y1="40" x2="{one}" y2="{height}" stroke="#444" stroke-dasharray="3 3"/></svg>')
    return "\n".join(out) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ruff", default="bazel-bin/ruff/cli", help="the binary to measure")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", default="", help="comma-separated program names")
    parser.add_argument("--markdown", help="write the table to this file")
    parser.add_argument("--svg", help="write the chart to this file")
    args = parser.parse_args()

    peers = [p for p in PEERS if shutil.which(p[1][0])]
    rows = []
    for name in programs([n for n in args.only.split(",") if n]):
        commands = {"ruff": [args.ruff, "run", os.path.join(PROGRAMS, name + ".ruff")]}
        for peer, command, ending in peers:
            commands[peer] = command + [os.path.join(PROGRAMS, name + ending)]
        times = {key: [] for key in commands}
        outputs = {}
        for _ in range(args.runs):
            for key, command in commands.items():
                elapsed, outputs[key] = measure(command)
                times[key].append(elapsed)
        for key, output in outputs.items():
            if output != outputs["ruff"]:
                sys.exit(f"{name}: {key} printed {output!r}, ruff {outputs['ruff']!r}")
        medians = {key: statistics.median(t) for key, t in times.items()}
        rows.append((name, medians["ruff"], medians))
        print(f"{name:14s} ruff {medians['ruff'] * 1000:7.0f} ms  " + "  ".join(
            f"{p} {medians['ruff'] / medians[p]:.2f}x" for p, _, _ in peers), flush=True)

    names = [p[0] for p in peers]
    table = markdown(rows, names)
    print("\n" + table)
    if args.markdown:
        with open(args.markdown, "w") as f:
            f.write(table)
    if args.svg and names:
        with open(args.svg, "w") as f:
            f.write(svg(rows, names))


if __name__ == "__main__":
    main()
