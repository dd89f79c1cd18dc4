#!/usr/bin/env python3
"""What the scripts of a job's life cost Redis: bench/jobs/scripts.py [jobs per step], with nothing but Python's standard library.

Starts a Redis of its own without persistence, adds, leases and completes jobs by the scripts of the sources, and prints the processor time
of Redis's main thread for a job, reading the request and writing the answer included. Other processes on the machine slow the run down, and
show in these figures only as far as they take caches away, which cannot be said of jobs per second by a clock.
"""

import os
import pathlib
import re
import socket
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PLATFORM = ROOT / "platform/src/main/resources/redis"
JOBS = ROOT / "jobs-service/src/main/resources/redis"
PORT = int(os.environ.get("BENCH_REDIS_PORT", "7921"))
KEYS = (
    "jobs payloads checkpoints results waiting scheduled active succeeded failed dead cancelled counters outbox grouped ring parked rates "
    "settings unique dependents leases"
).split()
RECORD = '{"type":"bench.nothing","owner":"system","priority":5,"maxAttempts":5'


class Redis:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.file = self.socket.makefile("rb")

    def send(self, *parts):
        parts = [part if isinstance(part, bytes) else str(part).encode() for part in parts]
        self.socket.sendall(b"*%d\r\n" % len(parts) + b"".join(b"$%d\r\n%s\r\n" % (len(part), part) for part in parts))
        return self.read()

    def read(self):
        line = self.file.readline()
        kind, value = line[:1], line[1:-2]
        if kind == b"-":
            raise RuntimeError(value.decode())
        if kind == b"$":
            return None if int(value) < 0 else self.file.read(int(value) + 2)[:-2]
        if kind == b"*":
            return [self.read() for _ in range(int(value))]
        return int(value) if kind == b":" else value

    def seconds(self):
        used = re.findall(rb"used_cpu_(?:user|sys)_main_thread:([\d.]+)", self.send("INFO", "cpu"))
        return sum(map(float, used))

    def memory(self):
        return int(re.search(rb"used_memory:(\d+)", self.send("INFO", "memory")).group(1))


def source(path):
    include = lambda match: (PLATFORM / "shared" / f"{match.group(1)}.lua").read_text()
    return re.sub(r"(?m)^--@include ([a-z_]+)$", include, path.read_text())


def measure(redis, scripts, queue, count, batch):
    keys = [f"drover:{{q:{queue}}}:{name}" for name in KEYS]
    run = lambda script, *args: redis.send("EVALSHA", scripts[script], len(keys), *keys, *args)
    before, used = redis.seconds(), redis.memory()
    for start in range(0, count, batch):
        args = ["wake", 10_000_000, 90, 5]
        for n in range(start, start + batch):
            args += [f"job_{queue}_{n:026d}", RECORD, '{"n":1}']
        run("job_enqueue", *args)
    adding, each = redis.seconds() - before, (redis.memory() - used) // count
    leasing = completing = 0
    for _ in range(0, count, batch):
        before = redis.seconds()
        leased = run("job_lease", batch, 30_000, "worker-1", 100, "wake", "")
        between = redis.seconds()
        args = [20, 10_000, 60_000, "wake", ""]
        for n, at in enumerate(range(6, len(leased), 3)):
            args += [leased[at], int(leased[3]) + n]
        run("job_complete", *args)
        leasing += between - before
        completing += redis.seconds() - between
    redis.send("FLUSHALL", "SYNC")
    return [seconds / count * 1e6 for seconds in (adding, leasing, completing)], each


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    server = subprocess.Popen(
        ["redis-server", "--port", str(PORT), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], stdout=subprocess.DEVNULL
    )
    try:
        time.sleep(1)
        redis = Redis(PORT)
        files = {"job_enqueue": PLATFORM, "job_lease": JOBS, "job_complete": JOBS}
        scripts = {name: redis.send("SCRIPT", "LOAD", source(folder / f"{name}.lua")) for name, folder in files.items()}
        print("| jobs in a call | add, µs | so many a second | lease, µs | complete, µs | so many a second | bytes of a waiting job |")
        print("| --- | --- | --- | --- | --- | --- | --- |")
        for batch in (1_000, 100, 10):
            runs = [measure(redis, scripts, f"b{batch}x{n}", count, batch) for n in range(3)]
            (add, lease, complete), each = min(runs)
            print(
                f"| {batch} | {add:.1f} | {1e6 / add:,.0f} | {lease:.1f} | {complete:.1f} | {1e6 / (lease + complete):,.0f} | {each} |"
            )
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
