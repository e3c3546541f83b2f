package io.jenkins.plugins.builderfarm.stage0.doctor;

import java.util.Set;

/** Whether builds would have all rights. */
record UserCheck(String user) implements Check {
    private static final Set<String> ALMIGHTY = Set.of("root", "SYSTEM", "Administrator");

    @Override
    public String name() {
        return "user";
    }

    @Override
    public Finding run() {
        return ALMIGHTY.contains(user)
                ? Finding.warn(
                        "runs as " + user + ", and so would every build",
                        "give it a user of its own, and run the doctor as that user")
                : Finding.ok("runs as " + user);
    }
}
