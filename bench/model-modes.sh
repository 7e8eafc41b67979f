#!/usr/bin/env bash
# model-modes.sh CASES [SCORE.py] [OPTION...]: dreams over each case with a model service that answers well and badly.
# A case is a directory with sessions.jsonl.gz, memory and, for a score, truth.json. Options go to `reverie dream`.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd)
cases=${1:?usage: model-modes.sh CASES [SCORE.py] [OPTION...]}
shift
score=
case ${1-} in *.py) score=$1; shift ;; esac
work=$(mktemp -d)
service=
trap '[ -z "$service" ] || kill "$service"; rm -rf "$work"' EXIT
dotnet build "$home/tests/Reverie.Testing" --verbosity quiet --output "$work/service" -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false >/dev/null

for mode in ${MODES:-good sloppy wrong over-long injected malformed}; do
    for place in "$cases"/*/; do
        name=$(basename "$place")
        # Each dream has a service of its own, whose cache is empty.
        for run in 1 2; do
            : >"$work/listening"
            dotnet "$work/service/Reverie.Testing.dll" --dream "$mode" --key sk-bench >>"$work/listening" &
            service=$!
            until grep -q Listening "$work/listening"; do sleep 0.2; done
            ANTHROPIC_BASE_URL=$(sed -n 's/Listening on //p' "$work/listening") ANTHROPIC_API_KEY=sk-bench "$home/reverie" dream \
                --sessions "$place/sessions.jsonl.gz" --memory "$place/memory" --out "$work/$mode-$name-$run" --report "$work/$mode-$name-$run.json" \
                --model claude-haiku-5-5 "$@" >"$work/said" 2>"$work/wrong" || { cat "$work/wrong" >&2; exit 1; }
            kill "$service"
            wait "$service" || true
            service=
        done
        echo "$mode $name:$(sed -n 's/^ *cost  */ /p' "$work/said")"
        [ -z "$score" ] || python3 "$score" --truth "$place/truth.json" --memory-before "$place/memory" --memory-after "$work/$mode-$name-1" --report "$work/$mode-$name-1.json" \
            --memory-after2 "$work/$mode-$name-2" --report2 "$work/$mode-$name-2.json" | grep -E 'guard|SCORE' | tr -s ' \n' ' '
        [ -z "$score" ] || echo
    done
done
