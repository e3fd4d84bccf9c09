"""A pseudo-terminal for a program under test, by Python's standard library.

Arguments: ROWS COLUMNS PROGRAM ARGUMENTS...
Reads one JSON request a line: {"type": HEX} writes to the terminal, {"rows": N, "columns": N} resizes it.
Writes one JSON line each: {"data": HEX} of what the program wrote, and at the end
{"exit": CODE, "sane": BOOL}: sane when the terminal is in the mode in which the program found it.
"""

import fcntl
import json
import os
import pty
import selectors
import signal
import struct
import subprocess
import sys
import termios


def resize(terminal, rows, columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def say(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def main():
    rows, columns = int(sys.argv[1]), int(sys.argv[2])
    terminal, inner = pty.openpty()
    resize(terminal, rows, columns)
    found = termios.tcgetattr(inner)

    def take_terminal():
        os.setsid()
        fcntl.ioctl(inner, termios.TIOCSCTTY, 0)

    child = subprocess.Popen(
        sys.argv[3:], stdin=inner, stdout=inner, stderr=inner, preexec_fn=take_terminal
    )
    waiting = selectors.DefaultSelector()
    waiting.register(terminal, selectors.EVENT_READ)
    waiting.register(sys.stdin.buffer.raw, selectors.EVENT_READ)
    typed = b""
    while child.poll() is None:
        for key, _ in waiting.select(0.05):
            if key.fileobj is terminal:
                say({"data": os.read(terminal, 65536).hex()})
                continue
            chunk = os.read(0, 65536)
            if not chunk:
                waiting.unregister(sys.stdin.buffer.raw)
                child.send_signal(signal.SIGKILL)
                continue
            *requests, typed = (typed + chunk).split(b"\n")
            for request in map(json.loads, requests):
                if "type" in request:
                    os.write(terminal, bytes.fromhex(request["type"]))
                else:
                    resize(terminal, request["rows"], request["columns"])
                    os.killpg(child.pid, signal.SIGWINCH)
    os.set_blocking(terminal, False)
    try:
        say({"data": os.read(terminal, 65536).hex()})
    except BlockingIOError:
        pass
    say({"exit": child.returncode, "sane": termios.tcgetattr(inner)[:4] == found[:4]})


main()
