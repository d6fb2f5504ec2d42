#!/usr/bin/env bash
# Format, build with warnings as errors, test. Needs the .NET SDK; what else the tests can use it installs where it can.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

log=$(mktemp -d)
failures=0
trap 'rm -rf "$log"' EXIT

# Independent references for the embedded store (Python), and a browser for the pages. The tests that want one of them
# say so and skip where it is missing.
install_tools() {
  local missing=()
  python3 -c 'import pymongo' 2>/dev/null || missing+=(python3-pymongo)
  python3 -c 'import mongomock' 2>/dev/null || missing+=(python3-mongomock)
  command -v chromium >/dev/null || missing+=(chromium)
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "Going on without ${missing[*]}: not root, or no apt-get."
    return
  fi
  echo "Installing ${missing[*]}"
  apt-get update >"$log/apt" 2>&1
  for package in "${missing[@]}"; do
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$package" >>"$log/apt" 2>&1 || echo "Going on without $package."
  done
}

step() {
  local name=$1
  shift
  echo "== $name"
  "$@" && return
  echo "== $name FAILED"
  failures=$((failures + 1))
  return 1
}

run_tests() { dotnet test --no-build --no-progress 2>&1 | tee "$log/tests"; }

# Adds up what a line of each summary says, such as "  succeeded: 12".
sum() { awk -v what="$1:" '$1 == what { total += $2 } END { print total + 0 }' "$log/tests"; }

install_tools
step restore dotnet restore --locked-mode
step format dotnet format --verify-no-changes --no-restore
touch "$log/tests"
# What did not build is not tested: the binaries would be old ones.
if step build dotnet build --no-restore -warnaserror; then
  step test run_tests
fi

passed=$(sum succeeded)
failed=$(sum failed)
[ "$failed" -eq 0 ] && failed=$failures
[ "$passed" -eq 0 ] && failures=$((failures + 1))
echo
echo "$passed passed, $failed failed"
[ "$failures" -eq 0 ]
