package io.jenkins.plugins.builderfarm.bucket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a {@code multipart/related} body part by part, without holding more of it than a buffer. Not thread-safe. */
final class Multipart {

    private static final Pattern BOUNDARY = Pattern.compile(
            "multipart/related\\s*;.*boundary=(?:\"([^\"]{1,70})\"|'([^']{1,70})'|([^;\\s]{1,70})).*",
            Pattern.CASE_INSENSITIVE);
    private static final int MAX_HEADER_BYTES = 16 * 1024;

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[64 * 1024];
    private int start;
    private int end;

    /** @param contentType the request's, with the boundary */
    Multipart(String contentType, InputStream in) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        if (!matcher.matches()) {
            throw ApiException.invalid(
                    "Multipart uploads want Content-Type: multipart/related; boundary=…, not " + contentType);
        }
        String boundary = matcher.group(1) != null
                ? matcher.group(1)
                : matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        // The first delimiter need not follow a line break; pretend that it does.
        buffer[0] = '\r';
        buffer[1] = '\n';
        end = 2;
    }

    /** Skips to the next part and reads its headers, keys in lower case. */
    Map<String, String> nextPart() throws IOException {
        copyPart(OutputStream.nullOutputStream());
        String rest = line();
        if (!rest.isBlank()) {
            throw ApiException.invalid("Malformed multipart body: a part is missing");
        }
        return headers();
    }

    /** The headers of the part after the one that {@link #copyPart} read to its end. */
    Map<String, String> followingPart() throws IOException {
        if (!line().isBlank()) {
            throw ApiException.invalid("Malformed multipart body: a part is missing");
        }
        return headers();
    }

    /** Copies up to the next delimiter and skips that. */
    void copyPart(OutputStream out) throws IOException {
        while (true) {
            int found = find();
            if (found >= 0) {
                out.write(buffer, start, found - start);
                start = found + delimiter.length;
                return;
            }
            int safe = Math.max(start, end - delimiter.length + 1);
            out.write(buffer, start, safe - start);
            start = safe;
            if (!fill()) {
                throw ApiException.invalid("Malformed multipart body: it ends inside a part");
            }
        }
    }

    /** After the last part's delimiter: insists on the closing dashes. */
    void requireEnd() throws IOException {
        if (!line().trim().equals("--")) {
            throw ApiException.invalid("Malformed multipart body: two parts are wanted, metadata and media");
        }
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        int bytes = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            bytes += line.length();
            int colon = line.indexOf(':');
            if (colon < 1 || bytes > MAX_HEADER_BYTES) {
                throw ApiException.invalid("Malformed multipart body: bad headers of a part");
            }
            headers.put(
                    line.substring(0, colon).trim(), line.substring(colon + 1).trim());
        }
        return headers;
    }

    /** One line without its end; at the end of the body, what is left. */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (start < end || fill()) {
            byte next = buffer[start++];
            if (next == '\n') {
                break;
            }
            if (line.size() == MAX_HEADER_BYTES) {
                throw ApiException.invalid("Malformed multipart body: a line of a part's headers is too long");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private int find() {
        for (int i = start; i <= end - delimiter.length; i++) {
            if (Arrays.equals(buffer, i, i + delimiter.length, delimiter, 0, delimiter.length)) {
                return i;
            }
        }
        return -1;
    }

    private boolean fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        int count = in.read(buffer, end, buffer.length - end);
        end += Math.max(count, 0);
        return count >= 0;
    }
}
