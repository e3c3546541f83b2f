package io.jenkins.plugins.builderfarm.bucket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What a request's path names.
 *
 * @param bucket empty where the path names none
 * @param object empty where the path names none; an upload's is in its query or its metadata
 */
public record Route(Kind kind, String bucket, String object) {

    /** The parts of the API. */
    public enum Kind {
        /** {@code /storage/v1/b/BUCKET} */
        BUCKET,
        /** {@code /storage/v1/b/BUCKET/o}: the list of objects */
        LIST,
        /** {@code /storage/v1/b/BUCKET/o/OBJECT}: metadata, or the bytes with {@code alt=media} */
        OBJECT,
        /** {@code /download/storage/v1/b/BUCKET/o/OBJECT}: the bytes with {@code alt=media} */
        DOWNLOAD,
        /** {@code /upload/storage/v1/b/BUCKET/o} */
        UPLOAD,
        /** {@code /BUCKET/OBJECT}: the public form, as a browser or the XML API has it */
        PUBLIC,
        /** anything else */
        UNKNOWN
    }

    private static final Route UNKNOWN = new Route(Kind.UNKNOWN, "", "");

    /** @param rawPath as it came, percent-encoded */
    static Route of(String rawPath) {
        // In the JSON API a slash inside a name is encoded: splitting comes before decoding.
        List<String> parts = Arrays.asList(rawPath.split("/", -1));
        if (parts.size() < 3 || !parts.get(0).isEmpty()) {
            return UNKNOWN;
        }
        return switch (parts.get(1)) {
            case "storage" -> json(parts.subList(1, parts.size()), Kind.OBJECT, Kind.LIST);
            case "download" -> json(parts.subList(2, parts.size()), Kind.DOWNLOAD, Kind.UNKNOWN);
            case "upload" -> json(parts.subList(2, parts.size()), Kind.UNKNOWN, Kind.UPLOAD);
            default -> plain(rawPath);
        };
    }

    private static Route json(List<String> parts, Kind object, Kind list) {
        boolean ours = parts.size() >= 4
                && parts.subList(0, 3).equals(List.of("storage", "v1", "b"))
                && !parts.get(3).isEmpty();
        if (!ours) {
            return UNKNOWN;
        }
        String bucket = decode(parts.get(3));
        if (parts.size() == 4) {
            return list == Kind.LIST ? new Route(Kind.BUCKET, bucket, "") : UNKNOWN;
        }
        if (!"o".equals(parts.get(4)) || parts.size() > 6) {
            return UNKNOWN;
        }
        if (parts.size() == 5) {
            return new Route(list, bucket, "");
        }
        return new Route(object, bucket, decode(parts.get(5)));
    }

    private static Route plain(String rawPath) {
        int slash = rawPath.indexOf('/', 1);
        String object = decode(rawPath.substring(slash + 1));
        return object.isEmpty() ? UNKNOWN : new Route(Kind.PUBLIC, decode(rawPath.substring(1, slash)), object);
    }

    /** Percent-decoding as paths have it: a plus sign is a plus sign. */
    static String decode(String encoded) {
        ByteBuffer bytes = ByteBuffer.allocate(encoded.length() * 3);
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                boolean complete = i + 2 <= encoded.length() - 1;
                int high = complete ? Character.digit(encoded.charAt(i + 1), 16) : -1;
                int low = complete ? Character.digit(encoded.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw ApiException.invalid("Malformed percent-encoding in the request's URL");
                }
                bytes.put((byte) (high * 16 + low));
                i += 2;
            } else {
                bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw ApiException.invalid("The request's URL is not UTF-8");
        }
    }
}
