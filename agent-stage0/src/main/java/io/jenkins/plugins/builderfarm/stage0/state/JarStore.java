package io.jenkins.plugins.builderfarm.stage0.state;

import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The buildlets' jars, named by digest. Nothing under a jar's final name was ever put there unverified. */
public final class JarStore {
    private final Path directory;

    public JarStore(Path directory) {
        this.directory = directory;
    }

    /** Where a release's jar is, or would be. */
    public Path path(Sha256 sha256) {
        return directory.resolve(sha256 + ".jar");
    }

    /**
     * Where a release's jar grows while it is fetched.
     *
     * @param version what the server calls this version of the object, since bytes of two versions don't mix
     */
    public Path part(Sha256 sha256, String version) {
        return directory.resolve(sha256 + "." + version + ".part");
    }

    /** The parts that an earlier fetch of this release left. */
    public List<Path> parts(Sha256 sha256) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> isPartOf(file, sha256)).sorted().toList();
        }
    }

    private static boolean isPartOf(Path file, Sha256 sha256) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(sha256 + ".") && name.endsWith(".part");
    }

    /** Whether the jar is there and is, byte for byte, what was signed for. Reads the whole of it. */
    public boolean isWhole(KeptRelease release) throws IOException {
        Path jar = path(release.sha256());
        return Files.isRegularFile(jar)
                && Files.size(jar) == release.size()
                && Sha256.of(jar).equals(release.sha256());
    }

    /** Takes away every file that doesn't belong to one of these releases, so that old jars never fill the disk. */
    public void keepOnly(Collection<KeptRelease> releases) throws IOException {
        Set<Path> kept =
                releases.stream().map(release -> path(release.sha256())).collect(Collectors.toSet());
        List<Path> old;
        try (Stream<Path> files = Files.list(directory)) {
            old = files.filter(file -> !kept.contains(file)).toList();
        }
        for (Path file : old) {
            Files.deleteIfExists(file);
        }
    }
}
