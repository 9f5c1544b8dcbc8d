"""A contender in Python: the same lines of JSON as the children in JavaScript (src/child/messages.ts).

python child.py CONTENDER PROBLEM N D H C THREADS
"""

import importlib
import json
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))


def say(**message):
    sys.stdout.write("@bench " + json.dumps(message) + "\n")
    sys.stdout.flush()


def number(value):
    """None for what JSON cannot say."""
    return float(value) if value == value and abs(value) != float("inf") else None


def peak_bytes():
    """The most memory this process had; not getrusage, which counts what the parent had when it started this."""
    try:
        with open("/proc/self/status") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return 1024 * int(line.split()[1])
    except OSError:
        pass
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak


def read_problem(path, N, D, H, C):
    import numpy

    data = numpy.fromfile(path, dtype=numpy.float32)
    at = 0
    parts = []
    for shape in ((N, D), (D, H), (H,), (H, C), (C,), (N,)):
        size = int(numpy.prod(shape))
        parts.append(data[at : at + size].reshape(shape).copy())
        at += size
    parts[-1] = parts[-1].view(numpy.int32)
    return parts


def main():
    contender, path, N, D, H, C, threads = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:8])
    try:
        module = importlib.import_module(contender)
    except ImportError as error:
        say(kind="absent", reason=str(error))
        return
    problem = read_problem(path, N, D, H, C)
    started = time.perf_counter()
    step, loss = module.prepare(*problem, threads)
    prepared = time.perf_counter()
    step(1)
    losses = [number(loss())]
    times = [1e3 * (time.perf_counter() - prepared)]
    say(kind="first", prepareMilliseconds=1e3 * (prepared - started), stepMilliseconds=times[0])
    for _ in range(2):
        before = time.perf_counter()
        step(1)
        losses.append(number(loss()))
        times.append(1e3 * (time.perf_counter() - before))
    say(kind="verified", losses=losses, stepMilliseconds=times)
    for line in sys.stdin:
        count = int(line)
        before = time.perf_counter()
        step(count)
        elapsed = 1e3 * (time.perf_counter() - before)
        say(kind="timed", count=count, milliseconds=elapsed, peakBytes=peak_bytes())


main()
