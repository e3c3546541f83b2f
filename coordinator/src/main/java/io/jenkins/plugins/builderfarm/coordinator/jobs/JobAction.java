package io.jenkins.plugins.builderfarm.coordinator.jobs;

/**
 * What is to be done for one builder, or for one job.
 *
 * @param builder whose job it is
 * @param fullName the job; where it is now if it is there
 * @param desired what it should be; null for a job that is disabled or a copy
 * @param detail why, for people; empty if the kind says it all
 * @param diff what changes in the configuration, as a unified diff; empty if nothing does
 */
public record JobAction(Kind kind, String builder, String fullName, DesiredJob desired, String detail, String diff) {
    /** What is done. */
    public enum Kind {
        CREATE(true),
        UPDATE(true),
        /** The builder is gone: its job is disabled, and stays with its history. */
        DISABLE(true),
        UNCHANGED(false),
        /** A job of the builder is there that was copied by hand: it is nobody's. */
        COPY(false),
        /** Nothing can be done; the detail says why. */
        REFUSED(false);

        private final boolean write;

        Kind(boolean write) {
            this.write = write;
        }

        /** Whether something is written. */
        public boolean isWrite() {
            return write;
        }
    }

    /** One line for people. */
    public String summary() {
        String what =
                switch (kind) {
                    case CREATE -> "create " + fullName;
                    case UPDATE -> "update " + fullName;
                    case DISABLE -> "disable " + fullName;
                    case UNCHANGED -> "leave " + fullName;
                    case COPY -> "ignore " + fullName;
                    case REFUSED -> "refuse " + fullName;
                };
        return what + " for builder " + builder + (detail.isEmpty() ? "" : ": " + detail);
    }
}
