#!/bin/sh
# Kills the embedded store fifty times under eight writers and compares what is left with what was acknowledged.
set -eu
cd "$(dirname "$0")/.."
EMBEDDED_STORE_KILL_ROUNDS="${1:-50}" dotnet test --project tests/EmbeddedStore.Tests --filter-class '*KillTests'
