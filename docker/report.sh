#!/bin/sh
# Again and again: load what lies in the data folder, and report what rises and what was pushed. Locks, dated folders and
# `latest` are the command's own. Settings, all optional: CAMPAIGN_DATA and CAMPAIGN_REPORTS (folders), REPORT (options of
# `campaign report trending`), EVERY (seconds; without it once). Which store: the NEO4J_… variables, as for every command.
set -eu
data=${CAMPAIGN_DATA:-/data}
reports=${CAMPAIGN_REPORTS:-/reports}

once() (
    set -e # in a shell of its own, where it holds whoever asks how this ended
    campaign load "$data" --rejects "$reports/rejects.jsonl"
    # shellcheck disable=SC2086  # options are words
    campaign report trending --compare last --quiet ${REPORT:-} --out "$reports/trending"
)

if [ -z "${EVERY:-}" ]; then
    once
    exit
fi
trap 'exit 0' INT TERM
while :; do
    once &
    wait $! || echo "report.sh: that failed; trying again in $EVERY s" >&2
    sleep "$EVERY" &
    wait $!
done
