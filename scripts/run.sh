#!/bin/sh
# make run: a farm on this computer, to look at.
#   RUN_ARGS=--once   end when all was shown
#   PORT=8080         the controller's port
#   RUN_BUILD=no      run what was built before, without a Jenkins
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

if [ "${RUN_BUILD:-yes}" = no ]; then
  PLUGIN=no
  WHY_NOT="RUN_BUILD=no"
  JENKINS_FLAGS=
else
  choose_modules
  build_programs
fi
if [ "$PLUGIN" = no ]; then
  say "Without a Jenkins, so no job is built: $WHY_NOT."
fi
# In this process's place, so that Ctrl-C ends the farm.
# shellcheck disable=SC2086 # lists of words
exec java -cp testbed/target/testbed.jar io.jenkins.plugins.builderfarm.testbed.demo.Demo \
  --directory .run/demo --port "${PORT:-8080}" $JENKINS_FLAGS ${RUN_ARGS:-}
