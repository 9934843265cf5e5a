#!/usr/bin/env python3
"""Runs a command on a pseudo-terminal of 80 columns and prints all that it showed, as Python text."""

import fcntl
import os
import pty
import struct
import sys
import termios

ROWS, COLUMNS = 24, 80


def main():
    process, terminal = pty.fork()
    if process == 0:
        os.execvp(sys.argv[1], sys.argv[1:])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    shown = b""
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # how Linux says that the other side has closed
            break
        if not piece:
            break
        shown += piece
    _, status = os.waitpid(process, 0)
    print(repr(shown.decode()))
    sys.exit(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
