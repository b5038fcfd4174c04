#!/usr/bin/env bash
# Sees to Orca and the desktop that it needs (tests/screen_reader/desktop.py): says nothing where all is there. Installs what is
# missing where it may, on Debian and its kin; else says in one line what to install.
set -euo pipefail

# What is asked for, and the package that has it.
programs=(Xvfb:xvfb dbus-daemon:dbus openbox:openbox speech-dispatcher:speech-dispatcher orca:orca xdotool:xdotool localedef:libc-bin
  /usr/libexec/at-spi-bus-launcher:at-spi2-core)
files=(/usr/share/i18n/locales/zh_CN:locales /usr/lib/python3/dist-packages/speechd:python3-speechd)

missing() {
  local part
  for part in "${programs[@]}"; do command -v "${part%:*}" >/dev/null || echo "${part#*:}"; done
  for part in "${files[@]}"; do [ -e "${part%:*}" ] || echo "${part#*:}"; done
}

install() {
  local as_root=()
  command -v apt-get >/dev/null || return 1
  if [ "$(id -u)" -ne 0 ]; then
    # -n: a password prompt would hang an unattended run.
    sudo -n true 2>/dev/null || return 1
    as_root=(sudo -n)
  fi
  echo "Orca: $* from the system's packages, about 150 MB" >&2
  # A fresh machine has no package list yet; an old list may still do.
  "${as_root[@]}" apt-get update -qq >&2 || true
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

mapfile -t wanted < <(missing)
[ "${#wanted[@]}" -eq 0 ] && exit
install "${wanted[@]}" || true
mapfile -t wanted < <(missing)
[ "${#wanted[@]}" -eq 0 ] && exit
echo "error: make orca: Orca can't be run here — install it: apt install ${wanted[*]}" >&2
exit 1
