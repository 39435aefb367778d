"""What the comparisons share: running programs of Ruff and of its peers in turn, and charts."""

import math
import os
import statistics
import subprocess
import time

COLORS = ["#c0392b", "#2980b9", "#27ae60", "#7f8c8d", "#8fb8d8", "#b0b8bc"]


def add_arguments(parser):
    parser.add_argument("--ruff", default="bazel-bin/ruff/cli", help="the binary to measure")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", type=lambda text: text.split(","), help="comma-separated program names")
    parser.add_argument("--markdown", help="write the table to this file")
    parser.add_argument("--svg", help="write the chart to this file")


def run(command):
    """Milliseconds and peak bytes of a process, and what it printed; None when it fails."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = (time.perf_counter() - begin) * 1000
    process.stdout.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    return (elapsed, usage.ru_maxrss * 1024, output.strip()) if process.returncode == 0 else None


def values(output):
    """The NAME=VALUE lines of a program."""
    return dict(line.split("=", 1) for line in output.splitlines())


def in_turn(commands, runs, measure):
    """What `measure` gives for each command of a dict, `runs` times: one run of each in turn, so that a noisy machine
    disturbs all alike."""
    samples = {key: [] for key in commands}
    for _ in range(runs):
        for key, command in commands.items():
            samples[key].append(measure(command))
    return samples


def medians(samples):
    """The median of each place of a list of tuples."""
    return tuple(statistics.median(place) for place in zip(*samples))


def geometric_mean(numbers):
    return math.exp(statistics.fmean(math.log(n) for n in numbers))


def table(head, rows):
    """Markdown; the first column holds text, the others numbers."""
    lines = [head, ["---"] + ["---:"] * (len(head) - 1)] + rows
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def bars(title, series, groups, limit, left=330):
    """Chart: for each (label, {series: number}) of `groups` one bar a series, cut at `limit`; a missing number is one
    that failed."""
    bar, gap, width = 11, 12, 480
    step = max(map(len, series)) * 6 + 30
    group = bar * len(series) + gap
    height = group * len(groups) + 50
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + width + 60}" height="{height}" '
           'font-family="sans-serif" font-size="11">',
           f'<text x="{left}" y="14">{title} (shorter is faster; cut at {limit:g})</text>']
    for s, name in enumerate(series):
        out.append(f'<rect x="{left + s * step}" y="22" width="9" height="9" fill="{COLORS[s]}"/>'
                   f'<text x="{left + s * step + 13}" y="30">{name}</text>')
    for g, (label, numbers) in enumerate(groups):
        top = 44 + g * group
        out.append(f'<text x="{left - 8}" y="{top + group / 2}" text-anchor="end">{label.replace("`", "")}</text>')
        for s, name in enumerate(series):
            y = top + s * bar
            number = numbers.get(name)
            length = min(number or 0, limit) / limit * width
            out.append(f'<rect x="{left}" y="{y}" width="{length:.1f}" height="{bar - 1}" fill="{COLORS[s]}"/>'
                       f'<text x="{left + length + 3:.1f}" y="{y + 9}" font-size="9">'
                       f'{"fails" if number is None else f"{number:.2f}"}</text>')
    one = left + width / limit
    out.append(f'<line x1="{one}" y1="40" x2="{one}" y2="{height}" stroke="#444" stroke-dasharray="3 3"/>')
    return "\n".join(out) + "\n</svg>\n"


def write(path, text):
    if path:
        with open(path, "w") as f:
            f.write(text)
