package io.jenkins.plugins.builderfarm.bucket;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a step of a resumable upload brings.
 *
 * @param first offset of its first byte; null: it brings nothing and only asks, or ends the upload
 * @param last offset of its last byte, null together with {@code first}
 * @param total bytes of the whole object, null while the client does not know
 */
record ContentRange(Long first, Long last, Long total) {

    private static final Pattern HEADER = Pattern.compile("bytes (?:(\\d{1,18})-(\\d{1,18})|\\*)/(?:(\\d{1,18})|\\*)");

    /** Reads a {@code Content-Range} header, or refuses it with 400. */
    static ContentRange of(String header) {
        Matcher matcher = HEADER.matcher(header.trim());
        if (!matcher.matches()) {
            throw ApiException.invalid("Failed to parse Content-Range header: " + header);
        }
        ContentRange range =
                new ContentRange(number(matcher.group(1)), number(matcher.group(2)), number(matcher.group(3)));
        boolean backwards = range.first != null && range.first > range.last;
        boolean beyond = range.total != null && range.last != null && range.last >= range.total;
        if (backwards || beyond) {
            throw ApiException.invalid("Invalid Content-Range header: " + header);
        }
        return range;
    }

    /** Bytes that the step brings. */
    long length() {
        return first == null ? 0 : last - first + 1;
    }

    /** Whether nothing comes after this step. */
    boolean isLast() {
        return total != null && last != null && last + 1 == total;
    }

    private static Long number(String digits) {
        return digits == null ? null : Long.valueOf(digits);
    }
}
