#!/usr/bin/env python3
"""Runs the same asynchronous work in Ruff, Bun and Node, in turn, and compares time and memory.

    testing/bench/async/async.py --ruff bazel-bin/ruff/cli [--loop bazel-bin/testing/bench/async/ssg_loop]
                                 [--runs 5] [--only calls,sleeps] [--markdown FILE] [--svg FILE] [--curve FILE]

Programs print `MS=` (the timed section) and `CHECK=` (the same in all runtimes, else the comparison ends). One run of
each in turn, repeated; medians count. Memory is the peak resident size of the process. Files are in memory
(/dev/shm where there is one). --curve measures Ruff alone, from 1,000 to 10,000,000 elements; --svg
is then its chart.
"""

import argparse
import os
import shutil
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from peers import add_arguments, bars, in_turn, medians, run, table, values, write  # noqa: E402

PROGRAMS = os.path.join(HERE, "programs")

# Program, size, what its row is called.
ROWS = [
    ("calls", 1_000_000, "1,000,000 async calls that return at once"),
    ("resolved", 1_000_000, "1,000,000 settled promises"),
    ("await_each", 1_000_000, "1,000,000 awaits, one after the other"),
    ("suspend", 1_000_000, "1,000,000 async calls that suspend once"),
    ("sleeps", 100_000, "100,000 × `async_sleep(1)` in async functions"),
    ("timers", 100_000, "100,000 timers of 1 … 50 ms"),
    ("literal", 1_000_000, "literal of 1,000,000 `async_sleep(1)`, whole process"),
    ("reject", 100_000, "100,000 calls, the middle one rejects"),
    ("nested", 100_000, "`promise_all` in `promise_all`, 100,000 deep"),
    ("pingpong", 1_000_000, "1,000,000 round trips over two channels"),
    ("read_files", 10_000, "read 10,000 files of 4 KiB"),
    ("pages", 10_000, "10,000 pages: read, render, write"),
    ("ssg", 10_000, "10,000 pages by the builtin"),
]
CURVE = [("calls", [10**k for k in range(3, 8)]), ("suspend", [10**k for k in range(3, 8)])]


def prepare(folder):
    os.makedirs(os.path.join(folder, "out"))
    for i in range(10_000):
        text = str(i)
        with open(os.path.join(folder, f"f{i}"), "w") as f:
            f.write((text * (4096 // len(text) + 1))[:4096])
        with open(os.path.join(folder, f"post_{i}.md"), "w") as f:
            f.write(f"# Post {i}\n\nGenerated page {i}")


def write_literal(path, before, call, n, after):
    # Line by line: the memory of this process counts for its children.
    with open(path, "w") as f:
        f.write(before)
        for _ in range(n):
            f.write(call)
        f.write(after)


def write_literals(folder, n):
    write_literal(os.path.join(folder, "literal.ruff"), "ps := [\n", "async_sleep(1),\n", n,
                  ']\nr := await promise_all(ps, 256)\nprint("CHECK=" + to_string(len(r)))\n')
    write_literal(os.path.join(folder, "literal.mjs"),
                  "const sleep = (ms) => new Promise((r) => setTimeout(r, ms));\nconst ps = [\n", "sleep(1),\n", n,
                  "];\nconst r = await Promise.all(ps);\nconsole.log(`CHECK=${r.length}`);\n")


def measure(command):
    """Milliseconds, peak bytes, check; nothing when the command fails."""
    done = run(command)
    if done is None:
        return None
    printed = values(done[2])
    return float(printed.get("MS", done[0])), done[1], printed["CHECK"]


def commands(name, size, folder, runtimes, loop):
    arguments = [str(size), folder]
    if name == "literal":
        return {key: command + [os.path.join(folder, "literal" + ending)] for key, command, ending in runtimes}
    made = {key: command + [os.path.join(PROGRAMS, name + ending)] + arguments
            for key, command, ending in runtimes if os.path.exists(os.path.join(PROGRAMS, name + ending))}
    if name == "ssg" and loop:
        made["C++ loop"] = [loop] + arguments
    return made


def compare(name, size, folder, runtimes, loop, runs):
    samples = in_turn(commands(name, size, folder, runtimes, loop), runs, measure)
    checks = {s[2] for all_samples in samples.values() for s in all_samples if s}
    if len(checks) != 1:
        sys.exit(f"{name}: the checks differ: {checks}")
    return {key: medians([s[:2] for s in every]) for key, every in samples.items() if all(every)}


def cell(result, key):
    if key not in result:
        return "fails" if key != "C++ loop" else ""
    ms, peak = result[key]
    return f"{ms:.0f} ms, {peak / 2**20:.0f} MiB"


def markdown(results, peers):
    lines = []
    for title, result in results:
        ratios = [f"{result['ruff'][0] / result[p][0]:.2f}" if p in result else "" for p in peers]
        cells = [cell(result, p) if p in result or any(q in result for q in peers) else "" for p in peers]
        if "C++ loop" in result:
            title += f" (C++ loop: {cell(result, 'C++ loop')}; ratio {result['ruff'][0] / result['C++ loop'][0]:.2f})"
            cells = [""] * len(peers)
        lines.append([title, cell(result, "ruff")] + cells + ratios)
    return table(["work", "ruff"] + peers + [f"time: ruff / {p}" for p in peers], lines)


def chart(results, peers):
    """Time relative to Ruff, one group a row of the table."""
    groups = [(title, {key: ms / result["ruff"][0] for key, (ms, _) in result.items()})
              for title, result in results if any(p in result for p in peers)]
    return bars("time, as a multiple of Ruff's", ["ruff"] + peers, groups, 20.0)


def curve(ruff, runs):
    """[(elements, {program: (ns each, bytes each)})]"""
    programs = {name: [ruff, "run", os.path.join(PROGRAMS, name + ".ruff")] for name, _ in CURVE}
    base = {name: measure(command + ["1"])[1] for name, command in programs.items()}
    rows = []
    for size in CURVE[0][1]:
        row = {}
        for name, command in programs.items():
            samples = [measure(command + [str(size)])[:2] for _ in range(runs)]
            ms, peak = medians(samples)
            row[name] = (ms * 1e6 / size, max(0, peak - base[name]) / size)
        rows.append((f"{size:,}", row))
        print(rows[-1], flush=True)
    return rows


def curve_markdown(rows):
    head = ["elements"] + [f"{name}: ns, bytes each" for name, _ in CURVE]
    return table(head, [[size] + [f"{ns:.0f}, {count:.0f}" for ns, count in row.values()] for size, row in rows])


def curve_chart(rows):
    groups = [(f"{size} elements", {name: ns for name, (ns, _) in row.items()}) for size, row in rows]
    limit = 1.1 * max(ns for _, numbers in groups for ns in numbers.values())
    return bars("nanoseconds for each element", [name for name, _ in CURVE], groups, round(limit))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser)
    parser.add_argument("--loop", help="the binary of ssg_loop.cc")
    parser.add_argument("--curve", help="measure the cost per element instead, into this file")
    args = parser.parse_args()
    if args.curve:
        rows = curve(args.ruff, args.runs)
        write(args.curve, curve_markdown(rows))
        write(args.svg, curve_chart(rows))
        return

    peers = [p for p in ("bun", "node") if shutil.which(p)]
    runtimes = [("ruff", [args.ruff, "run"], ".ruff")] + [(p, [p], ".mjs") for p in peers]
    results = []
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
        prepare(folder)
        for name, size, title in ROWS:
            if args.only and name not in args.only:
                continue
            if name == "literal":
                write_literals(folder, size)
            result = compare(name, size, folder, runtimes, args.loop, args.runs)
            results.append((title, result))
            print(f"{name:11s} " + "  ".join(f"{k} {cell(result, k)}" for k in result), flush=True)
    text = markdown(results, peers)
    print("\n" + text)
    write(args.markdown, text)
    write(args.svg, chart(results, peers))


if __name__ == "__main__":
    main()
