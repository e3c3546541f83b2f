package io.jenkins.plugins.builderfarm.bucket;

import java.util.Objects;

/** Which requests a fault is for. Combine with {@link #and}, {@link #or} and {@link #not}. */
@FunctionalInterface
public interface RequestMatch {

    /** Whether this request is meant. Called by many threads at once. */
    boolean matches(BucketRequest request);

    /** Both. */
    default RequestMatch and(RequestMatch other) {
        return request -> matches(request) && other.matches(request);
    }

    /** Either. */
    default RequestMatch or(RequestMatch other) {
        return request -> matches(request) || other.matches(request);
    }

    /** The rest. */
    default RequestMatch not() {
        return request -> !matches(request);
    }

    /** Every request. */
    static RequestMatch any() {
        return request -> true;
    }

    /** Requests with this method; see {@link BucketRequest#method}. */
    static RequestMatch method(String method) {
        return request -> request.method().equals(method);
    }

    /** Requests whose path, as it came, starts so. */
    static RequestMatch pathPrefix(String prefix) {
        return request -> request.path().startsWith(prefix);
    }

    /** Requests whose path names this object, in any of the API's forms. Uploads name theirs elsewhere: {@link #upload}. */
    static RequestMatch object(String name) {
        return request -> request.route().object().equals(name);
    }

    /** Requests whose path names an object that starts so. */
    static RequestMatch objectPrefix(String prefix) {
        return request ->
                !request.route().object().isEmpty() && request.route().object().startsWith(prefix);
    }

    /** Requests for an object's bytes. */
    static RequestMatch media() {
        return BucketRequest::wantsMedia;
    }

    /** Uploads, of every kind and every step of them. */
    static RequestMatch upload() {
        return request -> request.route().kind() == Route.Kind.UPLOAD;
    }

    /** Requests with this header, whatever it says. */
    static RequestMatch header(String name) {
        Objects.requireNonNull(name, "name");
        return request -> request.header(name).isPresent();
    }
}
