package io.jenkins.plugins.builderfarm.testbed.jenkins;

import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.testbed.program.Publishing;

/** Configuration as code for a Jenkins with one user, and one reverse host type and one builder on it or none. */
public final class FarmConfiguration {
    /** Stands for the root URL, which is known only when Jenkins's port is. */
    static final String URL = "@url@";

    private static final String JENKINS = """
            jenkins:
              numExecutors: 0
              securityRealm:
                local:
                  allowsSignup: false
                  users:
                    - id: admin
                      password: ${@password@}
              authorizationStrategy:
                loggedInUsersCanDoAnything:
                  allowAnonymousRead: false
            unclassified:
              location:
                url: @url@
            """;

    private static final String FARM = """
              builderFarm:
                hostTypes:
                  - name: @hostType@
                    owners:
                    - name: you
                    source:
                      reversePool:
                        expected: 1
                        spares: @spares@
                builders:
                  - name: @builder@
                    hostType: @hostType@
                # Every job here is its one user's.
                reviewedJobs: ["**"]
                releases:
                  bucket: @bucket@
                  endpoint: @endpoint@
                  keys:
                    - "@releaseKey@"
            """;

    private FarmConfiguration() {}

    /** Text for {@link LocalJenkins#start}: the user, and a farm of nothing. */
    public static String empty() {
        return JENKINS.replace("@password@", LocalJenkins.PASSWORD_SECRET);
    }

    /** Text for {@link LocalJenkins#start}. */
    public static String yaml(HostTypeName hostType, int spares, String builder, Publishing releases) {
        return empty()
                + FARM.replace("@hostType@", hostType.value())
                        .replace("@spares@", String.valueOf(spares))
                        .replace("@builder@", builder)
                        .replace("@bucket@", releases.url())
                        .replace("@endpoint@", releases.endpoint().toString())
                        .replace("@releaseKey@", releases.releaseKey().toString());
    }
}
