package io.jenkins.plugins.builderfarm.stage0.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether builds can work in the work directory, which must hold nothing of anybody else's. */
record WorkCheck(Path work) implements Check {
    /** What the buildlet marks its directory with. */
    static final String MARKER = ".builder-farm-work";

    @Override
    public String name() {
        return "work";
    }

    @Override
    public Finding run() throws IOException {
        Optional<String> problem = Directories.problem(work);
        if (problem.isPresent()) {
            return Finding.fail(problem.get(), "make it the machine's user's own, or name another with -workdir");
        }
        if (Files.exists(work) && !Files.isRegularFile(work.resolve(MARKER), LinkOption.NOFOLLOW_LINKS) && !isEmpty()) {
            return Finding.fail(
                    work + " holds files that are not the buildlet's, and is emptied after every build",
                    "name an empty directory with -workdir");
        }
        return Finding.ok(Directories.describe(work));
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            return files.findAny().isEmpty();
        }
    }
}
