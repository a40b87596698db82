"""What logrotate and its like do to a log. The youngest of the old files is app.log.1."""

import bz2
import gzip
import lzma
import os
import shutil
import subprocess

ENDINGS = ("gz", "bz2", "xz", "zst", "lz4")


def old_name(log, number, ending=""):
    return log.with_name(f"{log.name}.{number}{ending}")


def shift(log):
    """Makes room for a new app.log.1: each old file, compressed or not, counts one up."""
    olds = {}
    for path in log.parent.iterdir():
        number, dot, ending = path.name.removeprefix(log.name + ".").partition(".")
        if path.name.startswith(log.name + ".") and number.isdigit():
            olds[int(number)] = (path, dot + ending)
    for number, (path, ending) in sorted(olds.items(), reverse=True):
        path.rename(old_name(log, number + 1, ending))


def rotate(log):
    """The writer is to make the new log."""
    shift(log)
    log.rename(old_name(log, 1))


def copytruncate(log, copy=None):
    if copy is None:
        shift(log)
        copy = old_name(log, 1)
    shutil.copy2(log, copy)
    os.truncate(log, 0)


def compressed(content, ending):
    """None: nothing is installed that can."""
    if ending == "gz":
        return gzip.compress(content)
    if ending == "bz2":
        return bz2.compress(content)
    if ending == "xz":
        return lzma.compress(content)
    program = {"zst": "zstd", "lz4": "lz4"}[ending]
    if not shutil.which(program):
        return None
    return subprocess.run([program, "-c"], input=content, capture_output=True, check=True).stdout


def compress(path, ending="gz"):
    """As gzip(1) does: the new file has the old one's time and, when it is whole, its place."""
    whole = compressed(path.read_bytes(), ending)
    target = path.with_name(f"{path.name}.{ending}")
    times = path.stat()
    target.write_bytes(whole)
    os.utime(target, ns=(times.st_atime_ns, times.st_mtime_ns))
    path.unlink()
    return target


def restore(path):
    """What a restore from a backup, or rsync, leaves: the same bytes and time in another file."""
    copy = path.with_name(path.name + ".restored")
    shutil.copy2(path, copy)
    copy.rename(path)
