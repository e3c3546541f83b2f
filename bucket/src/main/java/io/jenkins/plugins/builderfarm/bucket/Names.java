package io.jenkins.plugins.builderfarm.bucket;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What buckets and objects may be called, and in which order they are listed. */
final class Names {

    /** The order of listings: by the bytes of UTF-8, which is the order of code points. */
    static final Comparator<String> ORDER = (left, right) ->
            Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");
    private static final int MAX_OBJECT_BYTES = 1024;

    private Names() {}

    /** Whether Cloud Storage would allow a bucket of that name; no such name can be a path out of a directory. */
    static boolean isBucket(String name) {
        return BUCKET.matcher(name).matches() && !name.contains("..");
    }

    /** Returns the name, or refuses it with 400. */
    static String requireObject(String name) {
        if (name == null || name.isEmpty()) {
            throw new ApiException(400, "required", "Required parameter: name");
        }
        int bytes;
        try {
            bytes = StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(name))
                    .remaining();
        } catch (CharacterCodingException e) {
            throw ApiException.invalid("Invalid object name: not UTF-8");
        }
        if (bytes > MAX_OBJECT_BYTES) {
            throw ApiException.invalid("Invalid object name: " + bytes + " bytes, the maximum is " + MAX_OBJECT_BYTES);
        }
        if (name.indexOf('\r') >= 0 || name.indexOf('\n') >= 0) {
            throw ApiException.invalid("Invalid object name: it has a line break");
        }
        if (".".equals(name) || "..".equals(name) || name.startsWith(".well-known/acme-challenge/")) {
            throw ApiException.invalid("Invalid object name: " + name);
        }
        return name;
    }

    /** A file name for any object's name: a digest, so length, case and path characters do not matter. */
    static String key(String objectName) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(objectName.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
