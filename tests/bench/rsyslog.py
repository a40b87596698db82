"""rsyslog beside us: imfile and omkafka, from a configuration of its own, as any user. It opens no
/dev/log, reads nothing of /etc and writes nothing outside its folder."""

import resource
import shutil
import subprocess
from pathlib import Path

PROGRAM = shutil.which("rsyslogd", path="/usr/sbin:/sbin:/usr/bin")

# As it comes, but for the limit of open files, and the metadata that nothing here reads, which would
# more than double what a line costs it. Bytes arrive as they are, but for empty lines and what stands
# behind a NUL, which do not arrive: what is measured here has neither.
CONFIGURATION = """\
$MaxOpenFiles {open_files}
global(workDirectory="{folder}")
module(load="imfile")
module(load="omkafka")
template(name="line" type="list") {{ property(name="msg") }}
input(type="imfile" file="{files}" tag="bench" ruleset="ship" addMetadata="off")
ruleset(name="ship") {{
  action(type="omkafka" broker="{brokers}" topic="{topic}" template="line" {settings})
}}
"""


def is_installed():
    return bool(PROGRAM) and any(Path("/usr/lib").glob("*/rsyslog/omkafka.so"))


def version():
    if not is_installed():
        return "not installed"
    return subprocess.check_output([PROGRAM, "-v"], text=True).split()[1]


def most_files():
    """How many it can follow: it has two descriptors for each, and some of its own."""
    return (_open_files() - 100) // 2


def command(job, *settings):
    """The command that ships `job.files`, a path or a pattern, from their beginning, until it is
    told to end. `settings` are librdkafka's, as "linger.ms=1"."""
    quoted = ", ".join(f'"{setting}"' for setting in settings)
    configuration = job.folder / "rsyslog.conf"
    configuration.write_text(
        CONFIGURATION.format(
            open_files=_open_files(),
            folder=job.folder,
            files=job.files,
            brokers=job.brokers,
            topic=job.topic,
            settings=f"confParam=[{quoted}]" if settings else "",
        )
    )
    return [PROGRAM, "-n", "-f", configuration, "-i", job.folder / "rsyslog.pid"]


def _open_files():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return hard if hard != resource.RLIM_INFINITY else 1 << 20
