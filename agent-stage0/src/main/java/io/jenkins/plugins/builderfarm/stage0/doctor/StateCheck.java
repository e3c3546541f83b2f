package io.jenkins.plugins.builderfarm.stage0.doctor;

import java.nio.file.Path;
import java.util.Optional;

/** Whether stage0 can keep what it must not forget. */
record StateCheck(Path state) implements Check {
    @Override
    public String name() {
        return "state";
    }

    @Override
    public Finding run() {
        Optional<String> problem = Directories.problem(state);
        return problem.isPresent()
                ? Finding.fail(problem.get(), "make it the machine's user's own, or name another with -state")
                : Finding.ok(Directories.describe(state));
    }
}
