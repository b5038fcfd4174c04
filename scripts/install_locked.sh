#!/usr/bin/env bash
# Installs what a lock names into .venv, with hashes, and says how far it is: PURPOSE MEGABYTES LOCK.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

purpose=$1 megabytes=$2 lock=$3
total=$(grep -c '==' "$lock")
echo "$purpose: $total packages, about $megabytes MB on disk when all are new"
# One line that counts on a terminal, every tenth package else.
tty=0; [ -t 1 ] && tty=1
.venv/bin/python -m pip install --disable-pip-version-check --progress-bar off --require-hashes -r "$lock" |
  awk -v total="$total" -v tty="$tty" '
    /^(Collecting|Requirement already satisfied)/ {
      count += 1
      if (tty) printf "\r  %d of %d", count, total
      else if (count % 10 == 0) print "  " count " of " total
      fflush()
    }
    /^Installing/ { print (tty ? "\n" : "") "  installing"; fflush() }'
echo "$purpose: done in $SECONDS s, .venv holds $(du -sm .venv | cut -f1) MB"
