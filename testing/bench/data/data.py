#!/usr/bin/env python3
"""Runs the same work on data in Ruff and Node, in turn, and compares.

    testing/bench/data/data.py --ruff bazel-bin/ruff/cli [--runs 5] [--only sort,dict] [--markdown FILE] [--svg FILE]

Programs do their work several times and print `MS=` (the median) and `CHECK=` (the same in both, else the comparison
ends); `callback` prints `LOOP=` too, the time of a loop that only calls. One run of each in turn, repeated; medians of
the medians count. So the first round, which pays the system for memory that no process had before, is not what counts.
"""

import argparse
import json
import os
import random
import shutil
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import peers  # noqa: E402

PROGRAMS = os.path.join(HERE, "programs")
ELEMENTS = 1_000_000
TEXT_BYTES = 32_000_000
DOCUMENT_BYTES = 20_000_000

# Program, its argument, name of its row, the file whose size makes its throughput.
ROWS = [
    ("sort", "", "`sort`, 1,000,000 ints", None),
    ("split", "lines", "`split` at newlines", "words.txt"),
    ("split", "words", "`split` at spaces", "words.txt"),
    ("join", "lines", "`join` of lines", "words.txt"),
    ("join", "words", "`join` of words", "words.txt"),
    ("replace", "lines", "`replace` newlines", "words.txt"),
    ("replace", "words", "`replace` spaces", "words.txt"),
    ("parse_json", "", "`parse_json`", "document.json"),
    ("to_json", "", "`to_json`", "document.json"),
    ("dict", "", "dict, 1,000,000 string keys in and out", None),
]
CALLBACKS = ["map", "filter", "reduce", "find", "any", "all", "sort_by", "group_by"]


def write_words(path, rng):
    """Lines of ten words of 2 to 14 letters."""
    words = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(2, 14))) for _ in range(5000)]
    with open(path, "w") as f:
        size = 0
        while size < TEXT_BYTES:
            size += f.write(" ".join(rng.choices(words, k=10)) + "\n")


def record(i, rng):
    return {
        "id": i,
        "name": f"user number {i}",
        "email": f"user{i}@example.org",
        "active": rng.random() < 0.5,
        "score": round(rng.uniform(0.01, 99.98), 2) + 0.001,
        "ratio": rng.random(),
        "tags": rng.sample(["alpha", "beta", "gamma", "delta", "epsilon", "ζήτα"], 3),
        "address": {"street": f"{rng.randint(1, 400)} Long Road", "city": "Málaga", "zip": str(rng.randint(1, 99999))},
        "history": [rng.randint(-1000, 1_000_000) for _ in range(8)],
        "note": None if i % 3 else "first line\nsecond \"quoted\" line with a \\ backslash",
    }


def write_document(path, rng):
    rows, size = [], 0
    while size < DOCUMENT_BYTES:
        rows.append(record(len(rows), rng))
        size += len(json.dumps(rows[-1], ensure_ascii=False).encode()) + 1
    with open(path, "w") as f:
        json.dump({"rows": rows}, f, ensure_ascii=False)


def measure(command):
    done = peers.run(command)
    if done is None:
        sys.exit(f"{' '.join(command)}: failed")
    return peers.values(done[2])


def compare(runtimes, program, size, folder, extra, runs):
    """Milliseconds, and of Ruff also what LOOP= says, of each runtime."""
    commands = {key: command + [os.path.join(PROGRAMS, program + ending), str(size), folder] + extra
                for key, command, ending in runtimes}
    samples = peers.in_turn(commands, runs, measure)
    checks = {sample["CHECK"] for every in samples.values() for sample in every}
    if len(checks) != 1:
        sys.exit(f"{program}: the checks differ: {checks}")
    return {key: peers.medians([(float(s["MS"]), float(s.get("LOOP", 0))) for s in every])
            for key, every in samples.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    peers.add_arguments(parser)
    args = parser.parse_args()

    runtimes = [("ruff", [args.ruff, "run"], ".ruff")]
    if shutil.which("node"):
        runtimes.append(("node", ["node"], ".mjs"))
    wanted = lambda name: not args.only or name in args.only
    rows, callbacks, groups = [], [], []
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
        rng = random.Random(1)
        write_words(os.path.join(folder, "words.txt"), rng)
        write_document(os.path.join(folder, "document.json"), rng)
        for program, argument, title, file in ROWS:
            if not wanted(program):
                continue
            result = compare(runtimes, program, ELEMENTS, folder, [argument] if argument else [], args.runs)
            ruff, node = result["ruff"][0], result.get("node", (0,))[0]
            megabytes = os.path.getsize(os.path.join(folder, file)) / 1e6 if file else 0
            cell = lambda ms: "" if not ms else f"{ms:.0f} ms" + (f", {megabytes / ms * 1000:.0f} MB/s" if file else "")
            rows.append([title, cell(ruff), cell(node), f"{ruff / node:.2f}" if node else ""])
            if node:
                groups.append((title, {"ruff": ruff / node, "node": 1}))
            print(" | ".join(rows[-1]), flush=True)
        for name in filter(wanted, CALLBACKS):
            result = compare(runtimes, "callback", ELEMENTS, folder, [name], args.runs)
            whole, loop = (1e6 * ms / ELEMENTS for ms in result["ruff"])
            node = 1e6 * result["node"][0] / ELEMENTS if "node" in result else 0
            callbacks.append([f"`{name}`", f"{whole:.0f}", f"{loop:.0f}", f"{whole - loop:.0f}", f"{node:.0f}"])
            print(" | ".join(callbacks[-1]), flush=True)
    text = peers.table(["work", "ruff", "node", "time: ruff / node"], rows) + "\n" + peers.table(
        ["ns for each element", "builtin", "loop of calls", "above the callback", "node"], callbacks)
    peers.write(args.markdown, text)
    peers.write(args.svg, peers.bars("time relative to Node", ["ruff", "node"], groups, 2.0))


if __name__ == "__main__":
    main()
