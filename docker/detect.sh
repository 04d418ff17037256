#!/bin/sh
# Load what lies in the data folder, detect, and write a dated report; safe to repeat: what is loaded is not loaded twice.
# Settings, all optional: CAMPAIGN_DATA and CAMPAIGN_REPORTS (folders), DETECT (options of `campaign detect`). Which
# store: the NEO4J_… variables, as for every command.
set -eu
data=${CAMPAIGN_DATA:-/data}
reports=${CAMPAIGN_REPORTS:-/reports}

campaign load "$data" --rejects "$reports/rejects.jsonl"
report=$(date -u +%Y-%m-%dT%H%M%SZ)
# shellcheck disable=SC2086  # options are words
campaign detect ${DETECT:-} --out "$reports/$report.html"
for ending in html json; do
    cp "$reports/$report.$ending" "$reports/latest.$ending.part"
    mv "$reports/latest.$ending.part" "$reports/latest.$ending"
done
