#!/bin/sh
# make bench: what things cost here. Prints numbers beside their aims; passes or fails nothing.
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"
choose_modules
TEST_CLASSES=yes # the agent's stand-in is among them
build_programs
java -cp testbed/target/testbed.jar io.jenkins.plugins.builderfarm.testbed.bench.CoordinatorBench
java -cp testbed/target/testbed.jar io.jenkins.plugins.builderfarm.testbed.bench.MachineBench \
  --directory .run/machine-bench
if [ "$PLUGIN" = yes ]; then
  # shellcheck disable=SC2086 # a list of words
  java -cp testbed/target/testbed.jar io.jenkins.plugins.builderfarm.testbed.bench.AdministrationBench \
    --directory .run/administration-bench $JENKINS_FLAGS
  say ""
  say "A machine of ours beside a bare agent, on one Jenkins; this takes some minutes."
  # shellcheck disable=SC2086 # a list of words
  java -cp testbed/target/testbed.jar io.jenkins.plugins.builderfarm.testbed.bench.JenkinsBench \
    --directory .run/bench $JENKINS_FLAGS
fi
say_what_was_covered
