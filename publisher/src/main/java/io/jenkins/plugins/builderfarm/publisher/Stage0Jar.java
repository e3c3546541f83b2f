package io.jenkins.plugins.builderfarm.publisher;

import com.google.api.services.storage.model.StorageObject;
import io.jenkins.plugins.builderfarm.protocol.release.Release;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;

/**
 * The program that machines' owners fetch once, whole in memory. No manifest names it and no key signs it: who installs it
 * compares its digest with the one that is printed here.
 */
record Stage0Jar(Path file, byte[] bytes) {
    static final String OBJECT = "stage0.jar";
    private static final String MAIN = "io/jenkins/plugins/builderfarm/stage0/Main.class";

    Stage0Jar {
        bytes = bytes.clone();
    }

    /** @throws Failure if the file is no jar, or the jar no stage0 */
    static Stage0Jar read(Path file) throws Failure {
        try {
            if (Files.isDirectory(file)) {
                throw Failure.file(file + " is a directory");
            }
            if (Files.size(file) > Release.LARGEST) {
                throw Failure.file(file + " is larger than " + Release.LARGEST + " bytes");
            }
            try (JarFile jar = new JarFile(file.toFile())) {
                if (jar.getEntry(MAIN) == null) {
                    throw Failure.file(file + " is no stage0: it has no " + MAIN);
                }
            }
            return new Stage0Jar(file, Files.readAllBytes(file));
        } catch (IOException e) {
            throw Failure.file(file + " can't be read as a jar: " + LocalFiles.reason(e));
        }
    }

    /**
     * Uploads it unless the same is there.
     *
     * @return the exit code
     */
    int publish(ReleaseBucket bucket, boolean dryRun, PrintStream out) throws Failure {
        String where = bucket.folder().show(OBJECT);
        Optional<StorageObject> there = bucket.find(OBJECT);
        if (there.filter(object -> Md5.base64(bytes).equals(object.getMd5Hash()))
                .isPresent()) {
            out.println("nothing to change: " + where + " has these bytes already");
        } else if (dryRun) {
            out.println("dry run, would " + (there.isPresent() ? "replace " : "write ") + where);
        } else {
            long expected = there.map(StorageObject::getGeneration).orElse(ReleaseBucket.NONE);
            long written = bucket.replaceJar(OBJECT, bytes, expected)
                    .orElseThrow(() -> Failure.conflict(
                            where + " was changed by somebody else meanwhile; nothing changed, try again"));
            out.println("wrote " + where + ": " + bytes.length + " bytes, generation " + written);
        }
        out.println("sha256 " + Sha256.of(bytes));
        out.println("https://storage.googleapis.com/" + where.substring("gs://".length()));
        return 0;
    }
}
