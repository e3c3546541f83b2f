package io.jenkins.plugins.builderfarm.bucket;

import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.ZipException;

/** From a request to its answer; knows nothing of connections. Thread-safe. */
final class Api {

    private static final Logger LOGGER = Logger.getLogger(Api.class.getName());

    private final Map<String, Bucket> buckets;
    private final Access access;
    private final Uploads uploads = new Uploads();

    Api(Map<String, Bucket> buckets, Access access) {
        this.buckets = buckets;
        this.access = access;
    }

    /**
     * Answers; refusals are answers too.
     *
     * @param base scheme, host and port as the client called them, for links
     */
    Response answer(BucketRequest request, String base) {
        try {
            access.check(request);
            return dispatch(request, base);
        } catch (ApiException e) {
            return Errors.response(request, e);
        } catch (EOFException | ZipException e) {
            return Errors.response(request, ApiException.invalid("The request's body is cut short or not gzip"));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> request.method() + " " + request.path() + " failed");
            return Errors.response(request, new ApiException(503, "backendError", "We encountered an internal error."));
        }
    }

    private Response dispatch(BucketRequest request, String base) throws IOException {
        Route route = request.route();
        if (route.kind() == Route.Kind.UNKNOWN) {
            throw new ApiException(404, "notFound", "Not Found");
        }
        Bucket bucket = buckets.get(route.bucket());
        if (bucket == null) {
            throw ApiException.noSuchBucket(route.bucket());
        }
        return switch (route.kind()) {
            case BUCKET -> {
                requireRead(request);
                yield Response.json(200, Resources.bucket(bucket, base));
            }
            case LIST -> {
                requireRead(request);
                yield Response.json(200, Resources.listing(bucket.list(Listing.Query.of(request)), base));
            }
            case UPLOAD -> uploads.answer(bucket, request, base);
            case OBJECT -> object(bucket, request, base);
            case DOWNLOAD, PUBLIC -> {
                requireRead(request);
                yield request.wantsMedia()
                        ? Downloads.answer(bucket, request)
                        : Response.json(200, Resources.object(find(bucket, request), base));
            }
            default -> throw new ApiException(404, "notFound", "Not Found");
        };
    }

    private static Response object(Bucket bucket, BucketRequest request, String base) throws IOException {
        String name = Names.requireObject(request.route().object());
        return switch (request.method()) {
            case "GET", "HEAD" ->
                request.wantsMedia() ? Downloads.answer(bucket, request) : metadata(find(bucket, request), base);
            case "PATCH" -> {
                var patch = Json.read(request.body());
                yield metadata(
                        bucket.patch(
                                name,
                                request.generation(),
                                Preconditions.of(request),
                                attributes -> Json.patched(attributes, patch)),
                        base);
            }
            case "DELETE" -> {
                bucket.delete(name, request.generation(), Preconditions.of(request));
                yield Response.empty(204);
            }
            default -> throw new ApiException(405, "methodNotAllowed", "Objects take GET, PATCH and DELETE");
        };
    }

    private static ObjectMetadata find(Bucket bucket, BucketRequest request) {
        return bucket.find(request.route().object(), request.generation(), Preconditions.of(request));
    }

    private static Response metadata(ObjectMetadata metadata, String base) {
        return Response.json(200, Resources.object(metadata, base)).with("ETag", metadata.jsonEtag());
    }

    private static void requireRead(BucketRequest request) {
        if (!"GET".equals(request.method()) && !"HEAD".equals(request.method())) {
            throw new ApiException(405, "methodNotAllowed", request.method() + " is not possible here");
        }
    }
}
