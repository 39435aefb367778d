#!/usr/bin/env python3
"""Runs the same programs in Ruff and in other language runtimes, in turn, and compares.

    testing/bench/compare/compare.py --ruff bazel-bin/ruff/cli [--runs 5] [--only fib,loops]
                                     [--markdown docs/perf_table.md] [--svg docs/perf.svg]

Every runtime found on the PATH takes part: luajit with and without its compiler, lua5.4, node with and without
its compilers. One run of each in turn, repeated, so that a noisy machine disturbs all alike; medians count. All
outputs must agree with Ruff's. Times are wall-clock times of the whole process, start-up included.
"""

import argparse
import os
import shutil
import statistics
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from peers import add_arguments, bars, geometric_mean, in_turn, run, table, write  # noqa: E402

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
    done = run(command)
    if done is None:
        sys.exit(f"{' '.join(command)}: failed")
    return done[0], done[2]


def markdown(rows, peers):
    cells = [[name, f"{ruff:.0f}"] + [f"{others[p]:.0f} ({ruff / others[p]:.2f})" for p in peers]
             for name, ruff, others in rows]
    means = [f"{geometric_mean([ruff / others[p] for _, ruff, others in rows]):.2f}" for p in peers]
    return table(["program", "ruff ms"] + [f"{p} ms (ratio)" for p in peers],
                 cells + [["geometric mean of the ratios", ""] + means])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser)
    args = parser.parse_args()

    peers = [p for p in PEERS if shutil.which(p[1][0])]
    rows = []
    for name in programs(args.only):
        commands = {"ruff": [args.ruff, "run", os.path.join(PROGRAMS, name + ".ruff")]}
        for peer, command, ending in peers:
            commands[peer] = command + [os.path.join(PROGRAMS, name + ending)]
        samples = in_turn(commands, args.runs, measure)
        outputs = {key: every[-1][1] for key, every in samples.items()}
        for key, output in outputs.items():
            if output != outputs["ruff"]:
                sys.exit(f"{name}: {key} printed {output!r}, ruff {outputs['ruff']!r}")
        medians = {key: statistics.median(ms for ms, _ in every) for key, every in samples.items()}
        rows.append((name, medians["ruff"], medians))
        print(f"{name:14s} ruff {medians['ruff']:7.0f} ms  " + "  ".join(
            f"{p} {medians['ruff'] / medians[p]:.2f}x" for p, _, _ in peers), flush=True)

    names = [p[0] for p in peers]
    text = markdown(rows, names)
    print("\n" + text)
    write(args.markdown, text)
    if names:
        groups = [(name, {key: ms / others[names[0]] for key, ms in others.items()}) for name, _, others in rows]
        write(args.svg, bars(f"time relative to {names[0]}", ["ruff"] + names, groups, 3.0, left=120))


if __name__ == "__main__":
    main()
