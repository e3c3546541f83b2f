package io.jenkins.plugins.builderfarm.bucket;

/** A refusal that the client is told about: an HTTP status, Google's reason word and a sentence. */
final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;

    ApiException(int status, String reason, String message) {
        super(message);
        this.status = status;
        this.reason = reason;
    }

    static ApiException invalid(String message) {
        return new ApiException(400, "invalid", message);
    }

    static ApiException noSuchBucket(String bucket) {
        return new ApiException(404, "notFound", "The specified bucket does not exist: " + bucket);
    }

    static ApiException noSuchObject(String bucket, String object) {
        return new ApiException(404, "notFound", "No such object: " + bucket + "/" + object);
    }

    static ApiException conditionNotMet() {
        return new ApiException(
                412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
    }

    /** HTTP status to answer with. */
    int status() {
        return status;
    }

    /** The word that Google's error bodies carry in {@code errors[].reason}. */
    String reason() {
        return reason;
    }
}
