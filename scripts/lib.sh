# shellcheck shell=sh
# Sourced by the other scripts: finds Maven, and finds out whether Jenkins's artifacts can be had. POSIX sh.

set -eu
cd "$(dirname "$0")/.."

MAVEN_VERSION=3.9.11
MAVEN_OLDEST=3.9.6
RUN_DIR=$PWD/.run
mkdir -p "$RUN_DIR"

say() { printf '%s\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }

# A property of a pom, read as text: Maven can't be asked before it is known whether the pom's parent can be had.
pom_property() { sed -n "s:.*<$2>\(.*\)</$2>.*:\1:p" "$1" | head -n 1; }

# Whether dotted version $1 is at least $2.
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -t. -k1,1n -k2,2n -k3,3n | head -n 1)" = "$2" ]; }

# Sets MVN. An older Maven fetches a newer one as the ordinary artifact that it is.
find_maven() {
  if [ -n "${MAVEN:-}" ]; then MVN=$MAVEN; return; fi
  command -v java >/dev/null || die "java is not on the PATH; install a JDK, 17 or newer."
  command -v mvn >/dev/null || die "mvn is not on the PATH; install Maven."
  have=$(mvn -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p' | head -n 1)
  [ -n "$have" ] || die "mvn -v did not name a version; is it Maven?"
  if at_least "$have" "$MAVEN_OLDEST"; then MVN=mvn; return; fi
  MVN=$RUN_DIR/apache-maven-$MAVEN_VERSION/bin/mvn
  if [ ! -x "$MVN" ]; then
    say "Maven $have is older than $MAVEN_OLDEST: fetching $MAVEN_VERSION."
    # In a folder without a pom: this project's may need what can't be had.
    (cd "$RUN_DIR" && mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.9.0:unpack \
      -Dartifact="org.apache.maven:apache-maven:$MAVEN_VERSION:zip:bin" -DoutputDirectory="$RUN_DIR")
    rm -rf "$RUN_DIR/\${project.basedir}" # the goal's marker files, which without a project have nowhere to be
    chmod +x "$MVN"
  fi
}

# Maven with the arguments that every call of the project needs.
maven() {
  # Each module's compiler is done before Java's second one pays; an owner's options come after, and win.
  # shellcheck disable=SC2086 # a list of words
  MAVEN_OPTS="-XX:TieredStopAtLevel=1 ${MAVEN_OPTS:-}" "$MVN" $MVN_ARGS "$@"
}

# Sets PLUGIN=yes, or PLUGIN=no and WHY_NOT. Fills MVN_ARGS for every Maven call of the project.
find_jenkins() {
  MVN_ARGS="-B -ntp"
  local_repository=${MAVEN_REPO_LOCAL:-$HOME/.m2/repository}
  # Said only where it differs: an owner's settings may have one of their own.
  if [ -n "${MAVEN_REPO_LOCAL:-}" ]; then MVN_ARGS="$MVN_ARGS -Dmaven.repo.local=$MAVEN_REPO_LOCAL"; fi
  jenkins=$(pom_property plugin/pom.xml jenkins.baseline).3
  parent=$(sed -n '/<parent>/,/<\/parent>/s:.*<version>\(.*\)</version>.*:\1:p' plugin/pom.xml | head -n 1)
  if [ -n "${JENKINS_REPOSITORY:-}" ]; then
    cat >"$RUN_DIR/settings.xml" <<XML
<settings>
  <mirrors>
    <mirror><id>jenkins-mirror</id><mirrorOf>repo.jenkins-ci.org</mirrorOf><url>$JENKINS_REPOSITORY</url></mirror>
  </mirrors>
</settings>
XML
    MVN_ARGS="$MVN_ARGS -s $RUN_DIR/settings.xml"
  fi
  PLUGIN=no
  if [ -f "$local_repository/org/jenkins-ci/main/jenkins-core/$jenkins/jenkins-core-$jenkins.jar" ] &&
    [ -f "$local_repository/org/jenkins-ci/plugins/plugin/$parent/plugin-$parent.pom" ]; then
    PLUGIN=yes
    return
  fi
  repository=${JENKINS_REPOSITORY:-https://repo.jenkins-ci.org/public/}
  if (cd "$RUN_DIR" && maven -q org.apache.maven.plugins:maven-dependency-plugin:3.9.0:get -Dtransitive=false \
    -Dmaven.wagon.http.retryHandler.count=0 -Daether.connector.connectTimeout=10000 \
    -DremoteRepositories="repo.jenkins-ci.org::::$repository" \
    -Dartifact="org.jenkins-ci.plugins:plugin:$parent:pom") >"$RUN_DIR/jenkins-repository.log" 2>&1; then
    PLUGIN=yes
  else
    WHY_NOT="the Jenkins repository $repository can't be reached (see .run/jenkins-repository.log) and Jenkins $jenkins is not in the local Maven repository"
  fi
}

# Call before the build that decides what it covers.
choose_modules() {
  find_maven
  find_jenkins
  if [ "$PLUGIN" = no ]; then MVN_ARGS="$MVN_ARGS -Dwithout.plugin"; fi
}

# Call last: what was left out is never left out silently.
say_what_was_covered() {
  if [ "$PLUGIN" = yes ]; then
    say "Everything was covered, the plugin too."
  else
    say "The plugin was left out: $WHY_NOT."
  fi
}

# Every bad input that the tests of forms, commands, imports and configuration as code sent, and what came back.
say_what_was_refused() {
  for table in plugin/target/bad-input/*.txt; do
    if [ -f "$table" ]; then
      say "Bad input, and what came back:"
      cat "$table"
    fi
  done
}

# Every way that the tests tried to get unreviewed code onto a host type that is for reviewed code, and what stopped it.
say_what_was_kept_out() {
  for table in plugin/target/trust-attempts/*.txt; do
    if [ -f "$table" ]; then cat "$table"; fi
  done
}

# Builds without running tests, quietly; TEST_CLASSES=yes compiles them nevertheless. With the plugin also sets JENKINS_FLAGS: a Jenkins, the plugin, and all that it needs.
build_programs() {
  say "Building, without tests; the first time this takes minutes."
  JENKINS_FLAGS=
  if [ "$PLUGIN" = no ]; then
    skip=-Dmaven.test.skip=true
    if [ "${TEST_CLASSES:-no}" = yes ]; then skip=-DskipTests; fi
    maven -q "$skip" -Dspotless.check.skip -Dspotbugs.skip -pl testbed -am package
    return
  fi
  # Not maven.test.skip: the plugin's test resources are where Maven puts the plugins that it needs.
  maven -q -DskipTests -Dspotless.check.skip -Dspotbugs.skip -pl testbed,plugin -am package
  rm -rf "$RUN_DIR/plugins"
  mkdir -p "$RUN_DIR/plugins"
  cp plugin/target/test-classes/test-dependencies/*.hpi plugin/target/builder-farm.hpi "$RUN_DIR/plugins"
  maven -q -f plugin/pom.xml org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy \
    -Dartifact="org.jenkins-ci.main:jenkins-war:$jenkins:war" -DoutputDirectory="$RUN_DIR/war" -Dmdep.stripVersion=true
  JENKINS_FLAGS="--war .run/war/jenkins-war.war --plugins .run/plugins"
}
