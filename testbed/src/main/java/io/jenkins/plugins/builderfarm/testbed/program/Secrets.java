package io.jenkins.plugins.builderfarm.testbed.program;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and folders that nobody else on this computer may read, where the file system can say so. */
public final class Secrets {
    private Secrets() {}

    /** Makes the file, which must not be there yet, readable for its owner alone before anything is in it. */
    public static Path write(Path file, String secret) throws IOException {
        return Files.writeString(Files.createFile(file, mode("rw-------")), secret + "\n");
    }

    /** Makes the folder and those above it; what is there already stays as it is. */
    public static Path directory(Path directory) throws IOException {
        return Files.createDirectories(directory, mode("rwx------"));
    }

    private static FileAttribute<?>[] mode(String permissions) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
