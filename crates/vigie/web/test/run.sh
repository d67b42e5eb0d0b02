#!/bin/sh
# The pages in a browser, with all set-up. BASE_URL names a running server; without it the stand-in of test/mock is asked.
# Exit 77: this machine has no Node or no browser, nothing was tested.
set -eu
cd "$(dirname "$0")/.."

skip() {
  echo "skipped: $1" >&2
  exit 77
}

command -v node >/dev/null && command -v npm >/dev/null || skip "Node is missing; install Node 20 or later"
if [ ! -d node_modules/playwright-core ]; then
  npm ci --no-audit --no-fund >/dev/null 2>&1 || skip "npm ci failed; it needs the network once"
fi
# What is committed must be what the sources give.
if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
  npm run --silent check
fi
CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
if [ -z "$CHROMIUM" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  { apt-get update && apt-get install -y --no-install-recommends chromium; } >/dev/null 2>&1 || skip "apt-get could not install chromium"
  CHROMIUM=$(command -v chromium || true)
fi
[ -n "$CHROMIUM" ] || skip "chromium is missing; install it or name it in CHROMIUM"
export CHROMIUM

if [ -z "${BASE_URL:-}" ]; then
  line=$(mktemp)
  node test/mock/server.mjs >"$line" &
  mock=$!
  trap 'kill "$mock"; rm -f "$line"' EXIT
  tries=0
  until [ -s "$line" ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || { echo "the stand-in server did not start" >&2; exit 1; }
    sleep 0.1
  done
  BASE_URL=$(cat "$line")
  export BASE_URL
  PAGES=${PAGES:-/,/?lang=en,/?compare=2016-09-01,/evidence/diffa-control}
  export PAGES
fi
# One after the other: what the second decides would change what the first looks at.
node --test --test-concurrency=1 --test-reporter=spec test/e2e.mjs test/desk.e2e.mjs
