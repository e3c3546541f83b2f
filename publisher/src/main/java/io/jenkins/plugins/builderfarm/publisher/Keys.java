package io.jenkins.plugins.builderfarm.publisher;

import io.jenkins.plugins.builderfarm.protocol.release.ReleaseKey;
import io.jenkins.plugins.builderfarm.protocol.release.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The keys that a command was given: those that sign, and those whose signature on the bucket's manifest is believed.
 *
 * @param signing may be empty, where nothing is to be signed
 */
record Keys(List<SigningKey> signing, List<ReleaseKey> trusted) {
    static final String VARIABLE = "BUILDER_FARM_SIGNING_KEY";
    private static final String BEGIN = "-----BEGIN ";
    private static final long LARGEST = 64 << 10;

    Keys {
        signing = List.copyOf(signing);
        trusted = List.copyOf(trusted);
    }

    /**
     * @param warn takes what the owner should mend
     * @throws Failure if a key can't be read; the message names where it came from, never what was there
     */
    static Keys load(Flags flags, Map<String, String> environment, Consumer<String> warn) throws Failure {
        List<SigningKey> signing = new ArrayList<>();
        for (Path file : flags.all(Flag.SIGNING_KEY_FILE, Flags::toPath)) {
            add(signing, file.toString(), read(file));
            warnIfOthersCanRead(file, warn);
        }
        String variable = environment.get(VARIABLE);
        if (variable != null && !variable.isBlank()) {
            add(signing, "$" + VARIABLE, variable);
        }
        List<ReleaseKey> trusted = new ArrayList<>(flags.all(Flag.RELEASE_KEY, ReleaseKey::parse));
        signing.forEach(key -> trusted.add(key.publicKey()));
        return new Keys(signing, trusted);
    }

    /** One text may hold several keys, one behind the other. */
    private static void add(List<SigningKey> keys, String source, String text) throws Failure {
        int begin = Math.max(text.indexOf(BEGIN), 0);
        while (begin >= 0) {
            int next = text.indexOf(BEGIN, begin + 1);
            SigningKey key;
            try {
                key = SigningKey.parse(next < 0 ? text.substring(begin) : text.substring(begin, next));
            } catch (IllegalArgumentException e) {
                throw Failure.file(source + ": " + e.getMessage());
            }
            if (keys.stream().noneMatch(known -> known.publicKey().equals(key.publicKey()))) {
                keys.add(key);
            }
            begin = next;
        }
    }

    private static String read(Path file) throws Failure {
        try {
            if (Files.size(file) > LARGEST) {
                throw Failure.file(file + " is too large to be a signing key");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw Failure.file(file + " does not exist");
        } catch (IOException e) {
            throw Failure.file(file + " can't be read as text: " + LocalFiles.reason(e));
        }
    }

    private static void warnIfOthersCanRead(Path file, Consumer<String> warn) throws Failure {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try {
            Set<PosixFilePermission> others = EnumSet.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);
            others.retainAll(Files.getPosixFilePermissions(file));
            if (!others.isEmpty()) {
                warn.accept("others can read or write the signing key in " + file + "; run: chmod 600 " + file);
            }
        } catch (IOException e) {
            throw Failure.file(file + " can't be looked at: " + LocalFiles.reason(e));
        }
    }

    /** @throws Failure if nothing signs */
    void requireSigning() throws Failure {
        if (signing.isEmpty()) {
            throw Failure.usage("no key to sign with: give " + Flag.SIGNING_KEY_FILE + " or set $" + VARIABLE);
        }
    }

    /** @throws Failure if nothing is trusted */
    void requireTrusted() throws Failure {
        if (trusted.isEmpty()) {
            throw Failure.usage("no key to check the manifest with: give " + Flag.RELEASE_KEY + ", "
                    + Flag.SIGNING_KEY_FILE + " or set $" + VARIABLE);
        }
    }
}
