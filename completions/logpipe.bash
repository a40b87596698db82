# Completion for logtail and logcat in bash: options from --help, topics from the broker.

_logpipe_options() {
  "$1" --help 2>/dev/null | sed -nE 's/^  (-[^ ]+)( .*)?$/\1/p' | sed -E 's/\[.*//' | tr , '\n'
}

# _logpipe_topics WORD...: over the connection that the words of the command line name; within a
# second, or none. No topic has the partition that is asked for, so no leader is asked for offsets.
_logpipe_topics() {
  local connection=()
  while (($#)); do
    case $1 in
      -b | -F | -X | --brokers | --config) connection+=("$1" "${2-}") && shift ;;
      -b?* | -F?* | -X?* | --brokers=* | --config=*) connection+=("$1") ;;
    esac
    (($# == 0)) || shift
  done
  timeout 1 logcat -L -J -q -p 2147483647 "${connection[@]}" 2>/dev/null |
    sed -n 's/^{"type":"topic","topic":"\([^"]*\)".*/\1/p'
}

_logpipe() {
  local tool=$1 current=$2 previous=$3 choices line
  # bash takes `=` for a word of its own.
  if [[ $current == "=" ]]; then
    current=
  elif [[ $previous == "=" ]]; then
    previous=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  # ... and `:`, which stands in every broker's address.
  read -ra line <<<"$COMP_LINE"
  case ${tool##*/}:$previous in
    *:-t | *:--topic) choices=$(_logpipe_topics "${line[@]}") ;;
    *:-z | *:--compress) choices="none gzip snappy lz4 zstd" ;;
    *:--color | *:--progress | *:--escape) choices="auto always never" ;;
    *:--input) choices="lines json" ;;
    *:--isolation) choices="committed uncommitted" ;;
    *:--commit) choices="end flush" ;;
    *:--json-bytes) choices="auto base64" ;;
    logcat:-o | logcat:--from) choices="newest oldest" ;;
    logtail:--from) choices="end beginning" ;;
    logtail:-p | logtail:--partition) choices="file spread same" ;;
    *:-F | *:--config | *:--state | *:--output | *:--metrics | *:--rejected | *:--exclude | *:--rotated)
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      return
      ;;
    *)
      if [[ $current == -* ]]; then
        choices=$(_logpipe_options "$tool")
      elif [[ ${tool##*/} == logcat ]]; then
        choices=$(_logpipe_topics "${line[@]}")
      else
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        return
      fi
      ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$current")
}

complete -o filenames -F _logpipe logtail logcat
