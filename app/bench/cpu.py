"""How much CPU a server has used, with the processes it started."""

import psutil


def seconds(pid: int) -> float:
    """User and system seconds of a process tree so far (`/proc/<pid>/stat`: utime, stime, cutime, cstime).

    What has ended and was waited for counts too, so that the difference of two readings loses nothing.
    """
    root = psutil.Process(pid)
    ended = root.cpu_times()
    total = float(ended.children_user + ended.children_system)
    for process in (root, *root.children(recursive=True)):
        try:
            used = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += used.user + used.system
    return total
