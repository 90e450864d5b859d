# Ends the processes that a dead JVM has left behind. Standard input is a pipe that only the JVM
# holds open: the pipe closes in every kind of death.
# usage: sh orphan-reaper.sh <directory> <seconds>
#   <directory>/pids/<pid> holds "<signal> <start time>" of each process to end;
#   <seconds> is the time between that signal and KILL.
trap '' HUP INT TERM
directory=$1
patience=$2

# The same text as ProcessIdentity.started(): the pid alone may belong to another process by now.
started() {
    if [ -r /proc/self/stat ]; then
        stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
        set -- ${stat##*) }
        if [ "$1" != Z ]; then echo "${20}"; fi
    else
        LC_ALL=C ps -o lstart= -p "$1" | sed 's/^ *//; s/ *$//'
    fi
}

# Sends $1 (or, without it, each process's own signal) to all that are still the registered
# processes; false when none is left.
end() {
    left=1
    for file in "$directory"/pids/*; do
        [ -f "$file" ] || continue
        read -r signal identity <"$file" || continue
        pid=${file##*/}
        if [ "$(started "$pid")" = "$identity" ]; then
            left=0
            kill -"${1:-$signal}" "$pid" 2>/dev/null
        fi
    done
    return $left
}

while read -r _; do :; done

if end; then
    waited=0
    while sleep 1 && end 0 && [ "$waited" -lt "$patience" ]; do waited=$((waited + 1)); done
    end KILL
fi
rm -f "$directory"/pids/* "$directory"/orphan-reaper.sh
rmdir "$directory"/pids "$directory" 2>/dev/null
