package io.jenkins.plugins.builderfarm.bucket;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * One page of a bucket's objects.
 *
 * @param prefixes what the delimiter cut names down to, each once
 * @param nextPageToken null on the last page
 */
record Listing(List<ObjectMetadata> objects, List<String> prefixes, String nextPageToken) {

    private static final int MAX_RESULTS = 1000;

    /**
     * What to list.
     *
     * @param delimiter null: no prefixes
     * @param after only what sorts after it; empty for the first page
     * @param limit objects and prefixes on a page
     */
    record Query(String prefix, String delimiter, String after, int limit) {

        static Query of(BucketRequest request) {
            long limit = request.query("maxResults")
                    .map(text -> BucketRequest.parseNumber("maxResults", text))
                    .orElse((long) MAX_RESULTS);
            if (limit < 1) {
                throw ApiException.invalid("Invalid value for maxResults: " + limit + ", at least 1 is wanted");
            }
            return new Query(
                    request.query("prefix").orElse(""),
                    request.query("delimiter").filter(d -> !d.isEmpty()).orElse(null),
                    request.query("pageToken").map(Query::decode).orElse(""),
                    (int) Math.min(limit, MAX_RESULTS));
        }

        private static String decode(String token) {
            try {
                return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw ApiException.invalid("Invalid value for pageToken");
            }
        }
    }

    /** @param sorted objects from the prefix on, in the order of names */
    static Listing of(Query query, Map<String, ObjectMetadata> sorted) {
        List<ObjectMetadata> objects = new ArrayList<>();
        TreeSet<String> prefixes = new TreeSet<>(Names.ORDER);
        String last = query.after();
        for (Map.Entry<String, ObjectMetadata> entry : sorted.entrySet()) {
            String name = entry.getKey();
            if (!name.startsWith(query.prefix())) {
                break;
            }
            String folder = folder(query, name);
            String item = folder == null ? name : folder;
            if (Names.ORDER.compare(item, query.after()) <= 0 || prefixes.contains(item)) {
                continue;
            }
            if (objects.size() + prefixes.size() == query.limit()) {
                return new Listing(objects, List.copyOf(prefixes), encode(last));
            }
            if (folder == null) {
                objects.add(entry.getValue());
            } else {
                prefixes.add(folder);
            }
            last = item;
        }
        return new Listing(objects, List.copyOf(prefixes), null);
    }

    private static String folder(Query query, String name) {
        if (query.delimiter() == null) {
            return null;
        }
        int end = name.indexOf(query.delimiter(), query.prefix().length());
        return end < 0 ? null : name.substring(0, end + query.delimiter().length());
    }

    private static String encode(String last) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8));
    }
}
