package io.jenkins.plugins.builderfarm.protocol.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A SHA-256 digest, as 64 lower-case hexadecimal digits. */
public record Sha256(String hex) {
    public static final int HEX_LENGTH = 64;
    private static final Pattern ALLOWED = Pattern.compile("[0-9a-f]{" + HEX_LENGTH + "}");
    private static final int BUFFER = 1 << 16;

    public Sha256 {
        if (hex == null || !ALLOWED.matcher(hex).matches()) {
            throw new IllegalArgumentException("a SHA-256 digest is 64 lower-case hexadecimal digits");
        }
    }

    /** @throws IllegalArgumentException if the text isn't 64 lower-case hexadecimal digits */
    public static Sha256 parse(String hex) {
        return new Sha256(hex);
    }

    public static Sha256 of(byte[] bytes) {
        MessageDigest digest = newDigest();
        digest.update(bytes);
        return ofDigest(digest);
    }

    /** Of a file's content, read in pieces. */
    public static Sha256 of(Path file) throws IOException {
        MessageDigest digest = newDigest();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return ofDigest(digest);
    }

    /** For callers that digest while they read. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Ends a digest that {@link #newDigest} began. */
    public static Sha256 ofDigest(MessageDigest digest) {
        return new Sha256(HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public String toString() {
        return hex;
    }
}
