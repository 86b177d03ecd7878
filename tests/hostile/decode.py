"""Decodes a file on a thread with a stack of 128 KiB, and prints "ok", or the kind of the error."""

import sys
import threading

import cloudauth


def decode() -> None:
    try:
        with open(sys.argv[1], "rb") as file:
            result = cloudauth.decode(file.read())
        cloudauth.canonical_json(result)
        print("ok")
    except cloudauth.Error as error:
        print(error.kind)
    except MemoryError:
        print("MemoryError")


threading.stack_size(128 << 10)
thread = threading.Thread(target=decode)
thread.start()
thread.join()
