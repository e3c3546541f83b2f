package io.jenkins.plugins.builderfarm.bucket;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Part of an object.
 *
 * @param first offset of the first byte
 * @param last offset of the last byte, not less than the first
 */
record ByteRange(long first, long last) {

    private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    long length() {
        return last - first + 1;
    }

    /**
     * Reads a {@code Range} header. One that is malformed or names several ranges is ignored, as RFC 9110 allows and Cloud
     * Storage does: the whole object is the answer.
     *
     * @param size bytes of the object
     * @throws ApiException 416 if nothing of the object is in the range
     */
    static Optional<ByteRange> of(String header, long size) {
        Matcher matcher = SINGLE.matcher(header.trim());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String from = matcher.group(1);
        String to = matcher.group(2);
        if (from.isEmpty() && to.isEmpty() || !from.isEmpty() && !to.isEmpty() && number(from) > number(to)) {
            return Optional.empty();
        }
        long first = from.isEmpty() ? Math.max(0, size - number(to)) : number(from);
        long last = from.isEmpty() || to.isEmpty() ? size - 1 : Math.min(number(to), size - 1);
        if (first > last) {
            throw new ApiException(
                    416, "requestedRangeNotSatisfiable", "The requested range cannot be satisfied: " + header.trim());
        }
        return Optional.of(new ByteRange(first, last));
    }

    private static long number(String digits) {
        return Long.parseLong(digits);
    }
}
