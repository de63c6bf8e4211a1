"""Garbage collection of a serving process."""

import subprocess
import sys

CHECK = """
import gc
from app import garbage
loaded = [[] for _ in range(1000)]
garbage.settle()
assert gc.get_freeze_count() > 1000
assert not any(each is loaded for each in gc.get_objects())
print(gc.get_threshold())
"""


def test_what_is_loaded_is_not_looked_at_again() -> None:
    """In a process of its own, since the setting is the whole process's."""
    done = subprocess.run([sys.executable, "-c", CHECK], capture_output=True, text=True, check=True)
    assert done.stdout == "(5000, 10, 100)\n"
