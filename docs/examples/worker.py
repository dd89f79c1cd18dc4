#!/usr/bin/env python3
"""A worker for jobs of Drover in another language than Java, with nothing but Python's standard library.

    DROVER_URL=http://localhost:8080 DROVER_EMAIL=… DROVER_PASSWORD=… python3 docs/examples/worker.py reports

It takes whatever is next in the queue, of any type, and fails what HANDLERS below does not have: give the queue only jobs it knows.
The account needs the role `worker`. Instead of e-mail address and password, DROVER_TOKEN may have an access token, for as long as it lasts.
SIGTERM ends it at once: what it was doing is given back with its checkpoint, and another worker goes on from there.
"""

import json
import os
import signal
import socket
import sys
import threading
import time
import urllib.error
import urllib.request

LEASE_MS = 15_000
WAIT_MS = 10_000


class LeaseLost(Exception):
    """The job is another worker's, or was cancelled: whatever comes of it here is dropped."""


class Stopping(Exception):
    """This worker was told to stop."""


class Refused(Exception):
    def __init__(self, status, problem):
        super().__init__(f"{status} {problem.get('code', '')}")
        self.status, self.code = status, problem.get("code", "")


class Drover:
    """The HTTP API, as far as a worker needs it."""

    def __init__(self, url, token=None, email=None, password=None):
        self.url, self.token, self.email, self.password = url.rstrip("/"), token, email, password

    def log_in(self):
        answer = self._send("/auth/login", {"email": self.email, "password": self.password}, None)
        self.token = answer["accessToken"]

    def post(self, path, body):
        if self.token is None:
            self.log_in()
        try:
            return self._send(path, body, self.token)
        except Refused as no:
            if no.status != 401 or self.email is None:
                raise
            # Access tokens last ten minutes.
            self.log_in()
            return self._send(path, body, self.token)

    def _send(self, path, body, token):
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
        if token:
            request.add_header("Authorization", "Bearer " + token)
        try:
            with urllib.request.urlopen(request, timeout=WAIT_MS / 1000 + 10) as answer:
                text = answer.read()
                return json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            with error:
                text = error.read()
            try:
                raise Refused(error.code, json.loads(text)) from None
            except ValueError:
                raise Refused(error.code, {}) from None


class Job:
    """A job under a lease of ours. Its heartbeat goes on by itself until the job is over or the lease is lost."""

    def __init__(self, drover, leased, stopping):
        self.drover, self.stopping = drover, stopping
        self.id, self.type, self.payload = leased["id"], leased["type"], leased["payload"]
        self.checkpoint, self.token = leased["checkpoint"], leased["fencingToken"]
        self.lost, self.over = threading.Event(), threading.Event()
        threading.Thread(target=self._keep, daemon=True).start()

    def _keep(self):
        while not self.over.wait(LEASE_MS / 3000):
            try:
                self._say("heartbeat", leaseMs=LEASE_MS)
            except LeaseLost:
                return
            except (OSError, Refused):
                pass  # Any instance may answer the next one; the lease ends by itself if none does.

    def _say(self, word, **members):
        try:
            return self.drover.post(f"/jobs/{self.id}/{word}", {"fencingToken": self.token, **members})
        except Refused as no:
            if no.code in ("lease_lost", "job_not_found"):
                self.lost.set()
                raise LeaseLost(self.id) from None
            raise

    def progress(self, percent, checkpoint=None):
        """Says how far it is, and is the place where a handler learns that it should stop."""
        self._say("progress", percent=percent, **({} if checkpoint is None else {"checkpoint": checkpoint}))
        if self.stopping.is_set():
            raise Stopping

    def log(self, *lines):
        self._say("logs", lines=list(lines))

    def settle(self, word, **members):
        """Repeats its last word until it is heard: it may be repeated, and counts once."""
        while not self.lost.is_set():
            try:
                return self._say(word, **members)
            except LeaseLost:
                return None
            except Refused as no:
                if no.status < 500 and no.status != 429:
                    raise
            except OSError:
                pass
            time.sleep(0.2)
        return None


def build_report(job):
    """The example: goes on from where an earlier run left, step by step."""
    done = (job.checkpoint or {}).get("done", 0)
    steps = job.payload.get("steps", 4)
    job.log(f"beginning with step {done + 1} of {steps}")
    for step in range(done, steps):
        time.sleep(job.payload.get("secondsPerStep", 0))
        job.progress(100 * (step + 1) // steps, {"done": step + 1})
    return {"steps": steps, "month": job.payload.get("month")}


HANDLERS = {"report.build": build_report}


def run(job):
    try:
        handler = HANDLERS.get(job.type)
        if handler is None:
            job.settle("fail", reason=f"this worker has no handler for {job.type}")
            return
        job.settle("complete", result=handler(job))
    except LeaseLost:
        print(f"{job.id} is no longer ours", flush=True)
    except Stopping:
        job.settle("hand-back")
    except Exception as fault:  # What a handler throws is a failed attempt; the job is tried again later.
        job.settle("fail", reason=f"{type(fault).__name__}: {fault}"[:2000])
    finally:
        job.over.set()


def main():
    queue = sys.argv[1]
    drover = Drover(
        os.environ["DROVER_URL"], os.environ.get("DROVER_TOKEN"), os.environ.get("DROVER_EMAIL"), os.environ.get("DROVER_PASSWORD")
    )
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    signal.signal(signal.SIGINT, lambda *_: stopping.set())
    name = f"{socket.gethostname()}-{os.getpid()}"
    print(f"{name} works on {queue}", flush=True)
    while not stopping.is_set():
        try:
            answer = drover.post(f"/queues/{queue}/lease", {"max": 1, "waitMs": WAIT_MS, "leaseMs": LEASE_MS, "worker": name})
        except (OSError, Refused) as fault:
            print(f"no job for now: {fault}", flush=True)
            stopping.wait(1)
            continue
        for leased in answer["jobs"]:
            job = Job(drover, leased, stopping)
            if stopping.is_set():
                job.settle("hand-back")
                job.over.set()
            else:
                run(job)


if __name__ == "__main__":
    main()
