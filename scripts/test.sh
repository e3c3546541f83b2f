#!/bin/sh
# make test: builds and tests everything that can be built here.
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"
choose_modules
rm -rf plugin/target/bad-input plugin/target/trust-attempts
maven verify
say_what_was_refused
say_what_was_kept_out
say_what_was_covered
