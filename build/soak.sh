#!/bin/sh
# What CI does a few times, many times: kills the embedded store under eight writers, and the host under load, and compares
# what is left with what was acknowledged; lets 64 callers race for a coupon's lock.
set -eu
cd "$(dirname "$0")/.."
EMBEDDED_STORE_KILL_ROUNDS="${1:-50}" dotnet test --project tests/EmbeddedStore.Tests --filter-class '*KillTests'
LOYALTY_SOAK_KILLS="${2:-100}" dotnet test --project tests/Loyalty.ApiTests --filter-class '*KillUnderLoadTests'
LOYALTY_SOAK_LOCKS="${3:-10000}" dotnet test --project tests/Loyalty.ApiTests --filter-class '*Campaigning.CouponTests'
LOYALTY_FUZZ_COUNT="${4:-100000}" dotnet test --project tests/Loyalty.ApiTests --output Detailed --filter-class '*FuzzTests'
