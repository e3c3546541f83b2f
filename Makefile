# The two commands: make run, make test. See README.md.
#   JENKINS_REPOSITORY=URL   a mirror of the Jenkins artifact repository
#   MAVEN=PATH               the Maven to use, 3.9.6 or newer
#   MAVEN_REPO_LOCAL=PATH    the local Maven repository, if not ~/.m2/repository

.PHONY: run test bench clean

test:
	@scripts/test.sh

run:
	@scripts/run.sh

bench:
	@scripts/bench.sh

clean:
	rm -rf .run */target plugin/work
