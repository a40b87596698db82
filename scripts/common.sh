# shellcheck shell=bash
# What the scripts of this folder share. Sourced, after `set -euo pipefail`.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() {
  echo "${0##*/}: $*" >&2
}

die() {
  say "$@"
  exit 1
}

usage_error() {
  say "$@" "(see --help)"
  exit 2
}

# The comment block at the head of the calling script is its help.
print_help() {
  sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0"
}

# is_running PID: a process that has ended but was not waited for does not count.
is_running() {
  local state
  state=$(ps -o stat= -p "$1" 2>/dev/null) && [[ $state != Z* ]]
}

# wait_until SECONDS COMMAND...: tries COMMAND every 50 ms; fails when it did not succeed in time.
wait_until() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.05
  done
}

# end_process PID: TERM, and KILL for what is still there after 20 s.
end_process() {
  local pid=$1
  kill -TERM "$pid" 2>/dev/null || return 0
  wait_until 20 process_ended "$pid" && return 0
  say "process $pid did not end on SIGTERM, killing it"
  kill -KILL "$pid" 2>/dev/null || true
  wait_until 5 process_ended "$pid"
}

process_ended() {
  ! is_running "$1"
}

# build PRESET [TARGET...]: configures where that was not done yet, and builds.
build() {
  local preset=$1
  shift
  (
    cd "$root" || exit
    [[ -f build/$preset/build.ninja ]] || cmake --preset "$preset"
    cmake --build --preset "$preset" ${1:+--target "$@"}
  )
}
