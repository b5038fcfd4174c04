#!/usr/bin/env bash
# Runs one gear of the tests that want a browser. Without one, all that needs none runs first; then a line says what to install.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

gear=$1; shift
# What each test found, for `make statement`.
set -- --earl="build/earl/$gear.json" "$@"
if CHROMIUM=$(scripts/ensure_browser.sh); then
  export CHROMIUM
  exec .venv/bin/pytest --gear="$gear" "$@"
fi
status=0
.venv/bin/pytest --gear="$gear" -m 'not browser' "$@" || status=$?
echo "error: make $gear: no Chromium that starts, so the tests in a browser were not run — install it: apt install chromium" >&2
exit $((status == 0 || status == 5 ? 1 : status))
