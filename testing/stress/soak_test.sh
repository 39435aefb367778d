#!/bin/sh
# Ten seconds of the soak.
exec testing/stress/soak --minutes=0.17
