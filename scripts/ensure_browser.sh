#!/usr/bin/env bash
# Makes sure that the browser tests find a Chromium: on PATH, else Debian's, else Playwright's own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

have_chromium() { command -v chromium >/dev/null; }

install_from_debian() {
  local as_root=()
  command -v apt-get >/dev/null || return 1
  if [ "$(id -u)" -ne 0 ]; then
    # -n: a password prompt would hang an unattended run.
    sudo -n true 2>/dev/null || return 1
    as_root=(sudo -n)
  fi
  # A fresh machine has no package list yet; an old list may still do.
  "${as_root[@]}" apt-get update -qq || true
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
  # Elsewhere than on Debian the package may install no such command.
  have_chromium
}

have_chromium || install_from_debian || .venv/bin/playwright install chromium
