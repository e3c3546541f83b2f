package io.jenkins.plugins.builderfarm.bucket;

import java.util.Optional;

/**
 * What must hold for a request to be carried out. Each field may be null: no condition.
 *
 * @param ifMatch an {@code If-Match} header: entity tags of either API, or {@code *}
 * @param ifNoneMatch an {@code If-None-Match} header
 */
record Preconditions(
        Long generationMatch,
        Long generationNotMatch,
        Long metagenerationMatch,
        Long metagenerationNotMatch,
        String ifMatch,
        String ifNoneMatch) {

    static final Preconditions NONE = new Preconditions(null, null, null, null, null, null);

    /** Reads the JSON API's parameters and the XML API's headers. */
    static Preconditions of(BucketRequest request) {
        return new Preconditions(
                number(request, "ifGenerationMatch", "x-goog-if-generation-match"),
                number(request, "ifGenerationNotMatch", "x-goog-if-generation-not-match"),
                number(request, "ifMetagenerationMatch", "x-goog-if-metageneration-match"),
                number(request, "ifMetagenerationNotMatch", "x-goog-if-metageneration-not-match"),
                request.header("If-Match").orElse(null),
                request.header("If-None-Match").orElse(null));
    }

    /**
     * Refuses with 412, or with 304 where the client only wanted what it has not got yet.
     *
     * @param live the object as it is, empty where there is none; generation 0 stands for that
     */
    void check(Optional<ObjectMetadata> live) {
        long generation = live.map(ObjectMetadata::generation).orElse(0L);
        long metageneration = live.map(ObjectMetadata::metageneration).orElse(0L);
        if (differs(generationMatch, generation)
                || differs(metagenerationMatch, metageneration)
                || (ifMatch != null && live.filter(o -> names(ifMatch, o)).isEmpty())) {
            throw ApiException.conditionNotMet();
        }
        if (equals(generationNotMatch, generation)
                || equals(metagenerationNotMatch, metageneration)
                || (ifNoneMatch != null
                        && live.filter(o -> names(ifNoneMatch, o)).isPresent())) {
            throw new ApiException(304, "notModified", "Not Modified");
        }
    }

    private static boolean differs(Long wanted, long actual) {
        return wanted != null && wanted != actual;
    }

    private static boolean equals(Long unwanted, long actual) {
        return unwanted != null && unwanted == actual;
    }

    private static boolean names(String header, ObjectMetadata object) {
        for (String element : header.split(",", -1)) {
            String tag = element.trim();
            String weakless = tag.startsWith("W/") ? tag.substring(2) : tag;
            String bare = weakless.replace("\"", "");
            if (bare.equals("*") || bare.equals(object.jsonEtag()) || bare.equals(object.xmlEtag())) {
                return true;
            }
        }
        return false;
    }

    private static Long number(BucketRequest request, String parameter, String header) {
        Optional<String> text = request.query(parameter);
        return (text.isPresent() ? text : request.header(header))
                .map(value -> BucketRequest.parseNumber(parameter, value))
                .orElse(null);
    }
}
