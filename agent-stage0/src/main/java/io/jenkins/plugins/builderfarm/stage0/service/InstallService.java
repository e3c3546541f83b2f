package io.jenkins.plugins.builderfarm.stage0.service;

import io.jenkins.plugins.builderfarm.stage0.Options;
import io.jenkins.plugins.builderfarm.stage0.state.AtomicFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Prints a service definition, or puts it into a file. Stateless. */
public final class InstallService {
    private static final Path PASSWD = Path.of("/etc/passwd");

    private InstallService() {}

    /**
     * @param flags of every start, as the owner gave them; they made the options
     * @param files that every start reads
     * @throws IllegalArgumentException if such a service can't be defined; the message says why
     * @throws IOException if the file is there, or can't be written; it is then as it was
     */
    public static void run(
            InstallRequest request, Options options, List<String> flags, List<Path> files, PrintStream out)
            throws IOException {
        Service service = new ServicePlan(request, options, PASSWD).service(flags, files);
        String text = request.system().write(service);
        if (!request.write() && request.out().isEmpty()) {
            out.print(text);
            return;
        }
        Path target = request.out().orElseGet(() -> Path.of(request.system().place(request.name())));
        put(text, target, request.system().script(), request.force());
        out.print("wrote " + target + "; its first lines say how to start it\n");
    }

    static void put(String text, Path target, boolean script, boolean force) throws IOException {
        if (!force && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString(), null, "it is there already; -force replaces it");
        }
        Path directory = target.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new NoSuchFileException(String.valueOf(directory), null, "no such directory");
        }
        Path temporary = Files.createTempFile(directory, ".builder-farm", ".tmp");
        try {
            Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
            if (temporary.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(
                        temporary, PosixFilePermissions.fromString(script ? "rwxr-xr-x" : "rw-r--r--"));
            }
            AtomicFile.install(temporary, target);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
