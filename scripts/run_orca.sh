#!/usr/bin/env bash
# The reader's tasks as Orca speaks them. A run that hangs is interrupted, so that it still ends its desktop.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scripts/ensure_orca.sh
CHROMIUM=$(scripts/ensure_browser.sh)
export CHROMIUM
exec timeout --signal=INT --kill-after=60 "${ORCA_SECONDS:-1800}" .venv/bin/pytest tests/first_report --gear=orca --numprocesses=0 "$@"
