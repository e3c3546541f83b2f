package io.jenkins.plugins.builderfarm.stage0.fetch;

import io.jenkins.plugins.builderfarm.stage0.fetch.FetchException.Remedy;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * A mirror of the releases on a plain web server: the same names below a URL. What it calls a version is its ETag, or else
 * the time of the last change. Not thread-safe.
 */
final class MirrorBucket implements BucketReader {
    private static final String TAG = "e";
    private static final String TIME = "m";
    private static final String UNKNOWN = "u";
    /** Of bytes; a longer one would make a file's name too long. */
    private static final int LONGEST_TAG = 60;

    /** Java's RFC 1123 leaves out the zero of the first nine days, which servers compare. */
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private static final int RANGE_UNSATISFIABLE = 416;

    private final BucketAddress address;
    private final Duration timeout;
    private final Deadline deadline;
    private final String agent;

    /**
     * @param timeout for connecting, and for the server to say anything at all
     * @param deadline by which every byte must have come
     */
    MirrorBucket(BucketAddress address, Duration timeout, Deadline deadline, String version) {
        this.address = address;
        this.timeout = timeout;
        this.deadline = deadline;
        this.agent = "builder-farm-stage0/" + version;
    }

    @Override
    public Optional<Content> openUnless(String name, Optional<String> version) throws FetchException {
        try {
            HttpURLConnection connection = connect(name);
            tag(version).ifPresent(tag -> connection.setRequestProperty("If-None-Match", tag));
            time(version).ifPresent(connection::setIfModifiedSince);
            int status = connection.getResponseCode();
            if (status == HttpURLConnection.HTTP_NOT_MODIFIED) {
                return Optional.empty();
            }
            if (status != HttpURLConnection.HTTP_OK) {
                throw refused(name, connection);
            }
            return Optional.of(content(name, connection));
        } catch (IOException e) {
            throw HttpFailures.unreachable(address.url(name), e);
        }
    }

    @Override
    public Content openFrom(String name, String version, long offset) throws FetchException {
        Optional<String> known = Optional.of(version);
        if (version.equals(UNKNOWN)) {
            throw new FetchException(Remedy.RESTART, address.url(name) + ": the server names no versions");
        }
        try {
            HttpURLConnection connection = connect(name);
            connection.setRequestProperty("Range", "bytes=" + offset + "-");
            tag(known).ifPresent(tag -> connection.setRequestProperty("If-Range", tag));
            time(known).ifPresent(time -> connection.setRequestProperty("If-Range", date(time)));
            int status = connection.getResponseCode();
            if (status == HttpURLConnection.HTTP_PARTIAL) {
                String range = connection.getHeaderField("Content-Range");
                if (range != null && range.startsWith("bytes " + offset + "-")) {
                    return content(name, connection);
                }
            }
            if (status == HttpURLConnection.HTTP_PARTIAL
                    || status == HttpURLConnection.HTTP_OK
                    || status == HttpURLConnection.HTTP_NOT_FOUND
                    || status == HttpURLConnection.HTTP_GONE
                    || status == HttpURLConnection.HTTP_PRECON_FAILED
                    || status == RANGE_UNSATISFIABLE) {
                connection.disconnect();
                throw new FetchException(
                        Remedy.RESTART,
                        address.url(name) + ": it is no longer what it was, or the server knows no ranges");
            }
            throw refused(name, connection);
        } catch (IOException e) {
            throw HttpFailures.unreachable(address.url(name), e);
        }
    }

    private HttpURLConnection connect(String name) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address.url(name)).toURL().openConnection();
        int millis = deadline.within(timeout);
        connection.setConnectTimeout(millis);
        connection.setReadTimeout(millis);
        connection.setUseCaches(false);
        connection.setRequestProperty("User-Agent", agent);
        connection.setRequestProperty("Accept", "*/*");
        return connection;
    }

    private FetchException refused(String name, HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        String retryAfter = connection.getHeaderField("Retry-After");
        connection.disconnect();
        return HttpFailures.refused(address.url(name), status, retryAfter, null);
    }

    private Content content(String name, HttpURLConnection connection) throws IOException {
        String type = connection.getContentType();
        if (type != null && type.startsWith("text/html")) {
            connection.disconnect();
            throw new FetchException(
                    Remedy.NONE,
                    address.url(name)
                            + ": the answer is a web page (does a proxy or a sign-in page stand in between?)");
        }
        InputStream bytes = connection.getInputStream();
        return new Content(new TimedInput(bytes, deadline), version(connection));
    }

    private static String version(HttpURLConnection connection) {
        String tag = connection.getHeaderField("ETag");
        long time = connection.getLastModified();
        // A weak tag vouches for the meaning, not for the bytes, so half a file can't be continued by it.
        boolean strong = tag != null && tag.startsWith("\"") && tag.length() <= LONGEST_TAG;
        if (strong) {
            return TAG + HexFormat.of().formatHex(tag.getBytes(StandardCharsets.ISO_8859_1));
        }
        return time > 0 ? TIME + time : UNKNOWN;
    }

    private static Optional<String> tag(Optional<String> version) {
        try {
            return version.filter(text -> text.startsWith(TAG))
                    .map(text -> HexFormat.of().parseHex(text.substring(TAG.length())))
                    .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String date(long millis) {
        return HTTP_DATE.format(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
    }

    private static Optional<Long> time(Optional<String> version) {
        return version.filter(text -> text.matches(TIME + "\\d{1,15}"))
                .map(text -> Long.parseLong(text.substring(TIME.length())));
    }
}
