#!/usr/bin/env python3
"""Kills runs at random moments and checks what they leave behind.

campaign.py KILLS SEED FOLDER

Starts a sweep on two ranks again and again, each time on top of what is there, and kills every
process of the run (SIGKILL) at a moment of one of these kinds in turn: at any time between start
and end, while the results file is made, just after it got its name, between two rows, when the last
row is written. After every kill the file must open, and no row that was finished may be lost or
changed. Whenever a file is complete it must equal that of an uninterrupted run in everything but
times, and a new file is begun. Ends with status 1 and a message at the first violation.
"""

import os
import pathlib
import random
import signal
import subprocess
import sys
import time

import h5py

MODSWEEP = os.environ["MODSWEEP"]
COMPARE = pathlib.Path(__file__).resolve().parent.parent / "mpi" / "compare.py"
POLL = 0.0005  # seconds between two looks at the folder
LIMIT = 120  # seconds that any run may take

SWEEP = """\
name: torture
seed: 3
replicates: 60
data: {kind: uniform, sources: 2, points: !grid [8, 24]}
network: {kind: linear_autoencoder, hidden: !grid [4, 6, 8]}
train: {steps: 4000, learning_rate: !grid [1e-3, 1e-2]}
loss: {fit: 1, activity: 1e-2, negativity: 1, weights: 1e-4}
scores: [linear_cinfom, multiinformation]
save: [weights, history]
"""
JOBS = 60 * 2 * 3 * 2


def fail(message):
    sys.exit(f"campaign: {message}")


def start(output):
    command = ["mpirun", "--oversubscribe", "-n", "2", MODSWEEP, "run", "torture.yaml"]
    return subprocess.Popen(
        command + ["-o", output, "--progress", "none"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def children(parent):
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                fields = pathlib.Path(f"/proc/{entry}/stat").read_text().rsplit(")", 1)[1].split()
            except (OSError, IndexError):
                continue
            if int(fields[1]) == parent:
                found.append(int(entry))
    return found


def is_alive(process):
    try:
        return pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def kill(run):
    """Kills launcher and ranks; the launcher is stopped first so that it starts no more."""
    os.kill(run.pid, signal.SIGSTOP)
    victims = children(run.pid)
    for process in victims + [run.pid]:
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            pass
    run.wait()
    run.stdout.close()
    deadline = time.monotonic() + LIMIT
    while any(is_alive(process) for process in victims):
        if time.monotonic() > deadline:
            fail(f"ranks {victims} survived SIGKILL")
        time.sleep(POLL)


def rows_finished(path):
    """How many rows say that they are finished."""
    with h5py.File(path, "r") as file:
        return int((file["state"][...] != 0).sum())


def temporary_exists(path):
    return any(name.startswith(path.name + ".tmp-") for name in os.listdir(path.parent))


def moment(kind, path, duration, before):
    """A function that tells whether the moment has come, for a run that has just started."""
    until = time.monotonic() + random.uniform(0, duration)
    wanted = random.randint(min(before + 1, JOBS), JOBS)
    return {
        "any time": lambda: time.monotonic() >= until,
        "creation": lambda: temporary_exists(path),
        "named": path.exists,
        "rows": lambda: path.exists() and rows_finished(path) >= wanted,
        "end": lambda: path.exists() and rows_finished(path) == JOBS,
    }[kind]


def compare(how, a, b):
    result = subprocess.run(
        [sys.executable, str(COMPARE), how, str(a), str(b)], capture_output=True, text=True
    )
    if result.returncode != 0:
        fail(f"{how} {a} {b}: {result.stdout}{result.stderr}")
    return int(result.stdout)


def check(path, copy):
    """After a kill: the file opens everywhere, and what was finished before is still there."""
    if not path.exists():
        if copy.exists():
            fail("the results file is gone")
        return 0
    for command in (["h5dump", "-H", str(path)], [MODSWEEP, "status", str(path)]):
        result = subprocess.run(command, capture_output=True, text=True)
        if result.returncode != 0:
            fail(f"{command}: {result.stdout}{result.stderr}")
    if copy.exists():
        compare("kept", copy, path)
    copy.write_bytes(path.read_bytes())
    # Rows that are finished now must also be right, not only stay.
    return compare("finished", path, path.with_name("whole.h5"))


def uninterrupted(path):
    begun = time.monotonic()
    run = start(path.name)
    output, _ = run.communicate(timeout=LIMIT)
    if run.returncode != 0:
        fail(f"the uninterrupted run: status {run.returncode}\n{output.decode()}")
    return time.monotonic() - begun


def resume(path):
    run = start(path.name)
    output, _ = run.communicate(timeout=LIMIT)
    if run.returncode != 0:
        fail(f"resuming: status {run.returncode}\n{output.decode()}")


def strike(kind, path, duration, before):
    """One run and its death; whether it was killed before it ended by itself."""
    run = start(path.name)
    come = moment(kind, path, duration, before)
    time.sleep(random.uniform(0, 0.002))
    while run.poll() is None and not come():
        time.sleep(POLL)
    if run.poll() is not None:
        output = run.stdout.read().decode()
        run.stdout.close()
        if run.returncode != 0:
            fail(f"a run ended with status {run.returncode}\n{output}")
        return False
    if random.random() < 0.5:
        time.sleep(random.uniform(0, 0.005))
    kill(run)
    return True


def main():
    kills, seed, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    random.seed(seed)
    os.chdir(folder)
    pathlib.Path("torture.yaml").write_text(SWEEP)
    path, copy, whole = (pathlib.Path(name).resolve() for name in ("r.h5", "copy.h5", "whole.h5"))
    duration = uninterrupted(whole)
    kinds = ["creation", "named", "any time", "rows", "any time", "end"]
    tally, done, finished = {}, 0, 0
    while done < kills:
        kind = kinds[done % len(kinds)]
        killed = strike(kind, path, duration, finished)
        done += killed
        finished = check(path, copy)
        tally[kind, killed] = tally.get((kind, killed), 0) + 1
        # Files begin anew often enough for every kind of moment to come.
        if finished == JOBS or kind == "end":
            resume(path)
            compare("whole", path, whole)
            path.unlink()
            copy.unlink()
            finished = 0
    resume(path)
    compare("whole", path, whole)
    left = set(os.listdir(".")) - {"torture.yaml", "r.h5", "copy.h5", "whole.h5"}
    # A file that was killed while it was made keeps the name that nobody opens.
    left = sorted(name for name in left if not name.startswith("r.h5.tmp-"))
    if left:
        fail(f"left behind: {left}")
    for (kind, killed), times in sorted(tally.items()):
        print(f"{times:3d} x {kind}: {'killed' if killed else 'ended before'}")
    print(f"{done} kills, nothing lost")


if __name__ == "__main__":
    main()
