package io.jenkins.plugins.builderfarm.bucket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Objects;

/** Who may do what: everybody everything, or only with a bearer token. Thread-safe. */
public final class Access {

    private static final Access OPEN = new Access(null, false);

    private final byte[] token;
    private final boolean readsToo;

    private Access(String token, boolean readsToo) {
        this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
        this.readsToo = readsToo;
    }

    /** No token is asked for. */
    public static Access open() {
        return OPEN;
    }

    /** Whatever changes the bucket needs the token; everybody reads. */
    public static Access tokenForWrites(String token) {
        return new Access(requireToken(token), false);
    }

    /** Every request needs the token. */
    public static Access tokenForAll(String token) {
        return new Access(requireToken(token), true);
    }

    void check(BucketRequest request) {
        boolean reading = "GET".equals(request.method()) || "HEAD".equals(request.method());
        if (token == null || (reading && !readsToo)) {
            return;
        }
        String header = request.header("Authorization")
                .orElseThrow(() -> new ApiException(
                        401,
                        "required",
                        "Anonymous caller does not have access to this Google Cloud Storage resource."));
        boolean bearer = header.toLowerCase(Locale.ROOT).startsWith("bearer ");
        byte[] given = header.substring(bearer ? 7 : 0).trim().getBytes(StandardCharsets.UTF_8);
        if (!bearer || !MessageDigest.isEqual(given, token)) {
            throw new ApiException(401, "authError", "Invalid Credentials");
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return token == null ? "open" : readsToo ? "token for all" : "token for writes";
    }

    private static String requireToken(String token) {
        Objects.requireNonNull(token, "token");
        if (token.isBlank()) {
            throw new IllegalArgumentException("The token is empty");
        }
        return token;
    }
}
