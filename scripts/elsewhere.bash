#!/usr/bin/env bash
# The part that compare-on-hosts and compare-on-slurm share: it reads their options, and lists the runs of a comparison.
#
#     source scripts/elsewhere.bash
#
# It sets root, program, name and scratch, a folder that is removed at the end.
#
# shellcheck disable=SC2034 # the variables are for the script that reads this file
set -euo pipefail

root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
program=$root/.build/release/nettrain
name=$(basename -- "$0")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 143' TERM

say() { printf '%s: %s\n' "$name" "$*" >&2; }
fail() { # STATUS WORD…
    say "${@:2}"
    exit "$1"
}
print_usage() { sed -n '2,/^set -/s/^#\( \|$\)//p' "$root/scripts/$name"; }

# Sets out, data and model to the values of --out, --data and --init-from, and table to the options for the table.
read_options() { # OPTION…
    out=logs data=${NETTRAIN_DATA:-$root/data} model='' table=()
    while [ $# -gt 0 ]; do
        case $1 in
        --out | --data | --init-from | --reference | --target | --format | --export)
            # A value that is missing is a fault that nettrain tells.
            set -- "$1=${2-}" "${@:3}"
            continue
            ;;
        --out=*) out=${1#*=} ;;
        --data=*) data=${1#*=} ;;
        --init-from=*) model=${1#*=} ;;
        --reference=* | --target=* | --format=* | --export=* | --force) table+=("$1") ;;
        --dry-run) fail 64 "--dry-run: 'nettrain compare --dry-run' prints the commands of the runs" ;;
        esac
        shift
    done
}

# Writes a line for each run into $scratch/runs: the name of its log, a tab, and its command.
list_runs() { # OPTION…
    local status=0
    "$root/scripts/nettrain" compare "$@" --dry-run "--out=$out" >"$scratch/commands" || status=$?
    [ $status -eq 0 ] || exit $status
    out=$(cd -- "$out" && pwd)
    sed -E "s|^(.*)/([^/]*\.jsonl)('?) --quiet\$|\2\t\1/\2\3 --quiet|" "$scratch/commands" >"$scratch/runs"
}

# Ends other processes of this kind on the folder of the logs before they begin.
lock_logs() {
    exec 9>"$out/.elsewhere.lock"
    flock --nonblock 9 || fail 75 "$out: another script is bringing logs into this folder; wait for its end"
}

# Names the machines that compute differently, if there are several kinds, from a file with lines of a log, a tab and a name.
name_places() { # FILE
    local kinds
    kinds=$(folder=$out awk -F '\t' '
        FILENAME == ARGV[1] { place[$1] = $2; next }
        { file = ENVIRON["folder"] "/" $1
          if ((getline line < file) <= 0) next
          close(file)
          match(line, /"blas":"[^"]*"/); kind = substr(line, RSTART + 8, RLENGTH - 9)
          match(line, /"instructions":"[^"]*"/); kind = kind " with " substr(line, RSTART + 16, RLENGTH - 17)
          if (!(kind in places)) kinds++
          if (index(places[kind] " ", " " place[$1] " ") == 0) places[kind] = places[kind] " " place[$1] }
        END { if (kinds > 1) for (kind in places) print kind ":" places[kind] }' "$1" "$scratch/runs" |
        sort | paste -s -d ';' | sed 's/;/; /g')
    [ -z "$kinds" ] || say "hosts compute differently: $kinds"
}
