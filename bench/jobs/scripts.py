#!/usr/bin/env python3
"""What the scripts of a job's life cost Redis: bench/jobs/scripts.py [jobs per step] [--appendonly], with nothing but Python's standard library.

Starts a Redis of its own, without persistence or with the append-only file (everysec), adds, leases and completes jobs by the scripts of the
sources, and prints the processor time of Redis's main thread for a job, reading the request and writing the answer included, and what asking
for that time takes left out. Other processes on the machine slow the run down, and show in these figures only as far as they take caches
away, which cannot be said of jobs per second by a clock.
"""

import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PLATFORM = ROOT / "platform/src/main/resources/redis"
JOBS = ROOT / "jobs-service/src/main/resources/redis"
PORT = int(os.environ.get("BENCH_REDIS_PORT", "7921"))
KEYS = (
    "jobs payloads checkpoints results waiting scheduled active succeeded failed dead cancelled counters outbox grouped ring parked rates "
    "settings unique dependents leases"
).split()
RECORD = '{"type":"bench.nothing","owner":"%s","priority":5,"maxAttempts":5'
NOBODY, ACCOUNT = "system", "usr_0123456789abcdefghjkmnpqrs"


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
    def include(match):
        name = f"{match.group(1)}.lua"
        return next(shared.read_text() for shared in (PLATFORM / "shared" / name, JOBS / "shared" / name) if shared.exists())

    return re.sub(r"(?m)^--@include ([a-z_]+)$", include, path.read_text())


def measure(redis, scripts, queue, count, batch, owner):
    keys = [f"drover:{{q:{queue}}}:{name}" for name in KEYS]
    run = lambda script, *args: redis.send("EVALSHA", scripts[script], len(keys), *keys, *args)
    probe = redis.seconds()
    for _ in range(200):
        redis.seconds()
    probe = (redis.seconds() - probe) / 201
    before, used = redis.seconds(), redis.memory()
    for start in range(0, count, batch):
        args = ["wake", 10_000_000, 90, 5]
        for n in range(start, start + batch):
            args += [f"job_{queue}_{n:026d}", RECORD % owner, '{"n":1}']
        run("job_enqueue", *args)
    adding, each = redis.seconds() - before - probe, (redis.memory() - used) // count
    leasing = completing = 0
    for _ in range(0, count, batch):
        before = redis.seconds()
        leased = run("job_lease", batch, 30_000, "worker-1", 100, "wake", "")
        between = redis.seconds()
        args = [20, 10_000, 60_000, "wake", ""]
        for n, at in enumerate(range(6, len(leased), 3)):
            args += [leased[at], int(leased[3]) + n]
        run("job_complete", *args)
        leasing += between - before - probe
        completing += redis.seconds() - between - probe
    redis.send("FLUSHALL", "SYNC")
    return [seconds / count * 1e6 for seconds in (adding, leasing, completing)], each


def main():
    count = int(next((word for word in sys.argv[1:] if word.isdigit()), 100_000))
    appends = "yes" if "--appendonly" in sys.argv else "no"
    folder = tempfile.TemporaryDirectory()
    server = subprocess.Popen(
        ["redis-server", "--port", str(PORT), "--bind", "127.0.0.1", "--save", "", "--appendonly", appends, "--dir", folder.name],
        stdout=subprocess.DEVNULL,
    )
    try:
        time.sleep(1)
        redis = Redis(PORT)
        files = {"job_enqueue": PLATFORM, "job_lease": JOBS, "job_complete": JOBS}
        scripts = {name: redis.send("SCRIPT", "LOAD", source(folder / f"{name}.lua")) for name, folder in files.items()}
        print("| jobs in a call | add, µs | so many a second | lease, µs | complete, µs | so many a second | complete and tell, µs | bytes of a waiting job |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- |")
        for batch in (1_000, 100, 10):
            runs = [measure(redis, scripts, f"b{batch}x{n}", count, batch, NOBODY) for n in range(3)]
            (add, lease, complete), each = min(runs)
            told = min(measure(redis, scripts, f"t{batch}x{n}", count, batch, ACCOUNT)[0][2] for n in range(3))
            print(
                f"| {batch} | {add:.1f} | {1e6 / add:,.0f} | {lease:.1f} | {complete:.1f} | {1e6 / (lease + complete):,.0f} | {told:.1f} | {each} |"
            )
    finally:
        server.terminate()
        server.wait()
        folder.cleanup()


if __name__ == "__main__":
    main()
