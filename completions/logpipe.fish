# Completion for logtail and logcat in fish: options from --help, topics from the broker. Installed
# under the name of each.

set -l tool (string replace -r '\.fish$' '' (status basename))

function __logpipe_options --argument-names tool
    $tool --help 2>/dev/null | while read -l line
        set -l found (string match -r '^(-\S+)(?: \S+)?(?:  +(.*))?$' -- (string trim -- $line))
        or continue
        for name in (string split , -- (string replace -r '\[.*' '' -- $found[2]))
            printf '%s\t%s\n' $name "$found[3]"
        end
    end
end

# Over the connection that the command line names; within a second, or none.
# No topic has the partition that is asked for, so no leader is asked for offsets.
function __logpipe_topics
    set -l connection
    set -l words (commandline -opc)
    for i in (seq 2 (count $words))
        switch $words[$i]
            case -b -F -X --brokers --config
                set -a connection $words[$i] $words[(math $i + 1)]
            case '-b?*' '-F?*' '-X?*' '--brokers=*' '--config=*'
                set -a connection $words[$i]
        end
    end
    timeout 1 logcat -L -J -q -p 2147483647 $connection 2>/dev/null |
        string replace -rf '^{"type":"topic","topic":"([^"]*)".*' '$1'
end

function __logpipe_behind
    contains -- (commandline -opc)[-1] $argv
end

function __logpipe_is_option
    string match -q -- '-*' (commandline -ct)
end

complete -c $tool -f -n __logpipe_is_option -a "(__logpipe_options $tool)"
complete -c $tool -f -n '__logpipe_behind -t --topic' -a '(__logpipe_topics)'
complete -c $tool -f -n '__logpipe_behind -z --compress' -a 'none gzip snappy lz4 zstd'
complete -c $tool -f -n '__logpipe_behind --color --progress --escape' -a 'auto always never'
complete -c $tool -f -n '__logpipe_behind --input' -a 'lines json'
complete -c $tool -f -n '__logpipe_behind --isolation' -a 'committed uncommitted'
complete -c $tool -f -n '__logpipe_behind --commit' -a 'end flush'
complete -c $tool -f -n '__logpipe_behind --json-bytes' -a 'auto base64'
if test $tool = logcat
    complete -c logcat -f -n '__logpipe_behind -o --from' -a 'newest oldest'
    complete -c logcat -f -n 'not __logpipe_is_option' -a '(__logpipe_topics)'
else
    complete -c logtail -f -n '__logpipe_behind --from' -a 'end beginning'
    complete -c logtail -f -n '__logpipe_behind -p --partition' -a 'file spread same'
end
