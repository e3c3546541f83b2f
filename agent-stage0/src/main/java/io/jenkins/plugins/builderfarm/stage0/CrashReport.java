package io.jenkins.plugins.builderfarm.stage0;

/**
 * Where Java leaves the report of its own crash. Unless told otherwise it makes a new file each time; on a machine whose Java
 * crashes at every start, with another one seconds later, those would fill the disk. Stateless.
 */
public final class CrashReport {
    private CrashReport() {}

    /** Java's flag, by which each report takes the place of the last one. */
    public static String flag(String file) {
        // What follows a single % is Java's to replace.
        return "-XX:ErrorFile=" + file.replace("%", "%%");
    }
}
