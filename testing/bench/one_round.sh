#!/bin/bash
# One iteration of every measurement of a Google Benchmark program. It ends with 0 even when one fails.
set -euo pipefail
"$1" --benchmark_min_time=1x 2>&1 | tee "$TEST_TMPDIR/log"
! grep 'ERROR OCCURRED' "$TEST_TMPDIR/log"
