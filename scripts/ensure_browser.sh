#!/usr/bin/env bash
# Prints the path of a Chromium that starts: $CHROMIUM, the one on PATH, Debian's, else Playwright's own. Fails where there is none.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# A browser may be there and lack a library.
starts() { timeout 60 "$1" --headless --no-sandbox --disable-gpu --dump-dom about:blank >/dev/null 2>&1; }

on_path() {
  local path
  path=$(command -v "${CHROMIUM:-chromium}" || command -v chromium-browser) && starts "$path" && echo "$path"
}

from_debian() {
  local as_root=()
  command -v apt-get >/dev/null || return 1
  if [ "$(id -u)" -ne 0 ]; then
    # -n: a password prompt would hang an unattended run.
    sudo -n true 2>/dev/null || return 1
    as_root=(sudo -n)
  fi
  echo "Chromium: from the system's packages, about 300 MB" >&2
  # A fresh machine has no package list yet; an old list may still do.
  "${as_root[@]}" apt-get update -qq >&2 || true
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
  on_path
}

from_playwright() {
  local path
  echo "Chromium: Playwright's own, about 400 MB below the home directory" >&2
  .venv/bin/playwright install chromium >&2 || return 1
  path=$(.venv/bin/python -c 'from playwright.sync_api import sync_playwright
with sync_playwright() as playwright: print(playwright.chromium.executable_path)')
  starts "$path" && echo "$path"
}

on_path || from_debian || from_playwright || {
  echo "No Chromium that starts. As root: apt install chromium; or name another's path in CHROMIUM. \`make unit\` needs none." >&2
  exit 1
}
