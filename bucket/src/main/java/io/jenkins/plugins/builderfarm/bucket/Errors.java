package io.jenkins.plugins.builderfarm.bucket;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Refusals as the two APIs word them. */
final class Errors {

    private static final Map<Integer, String> REASONS = Map.of(
            400, "invalid",
            401, "authError",
            403, "forbidden",
            404, "notFound",
            412, "conditionNotMet",
            429, "rateLimitExceeded",
            503, "backendError");

    private static final Map<Integer, String> XML_CODES = Map.of(
            400, "InvalidArgument",
            401, "AuthenticationRequired",
            403, "AccessDenied",
            404, "NoSuchKey",
            405, "MethodNotAllowed",
            412, "PreconditionFailed",
            416, "InvalidRange",
            503, "ServiceUnavailable");

    private Errors() {}

    /** Google's reason word for a status. */
    static String reason(int status) {
        return REASONS.getOrDefault(status, status >= 500 ? "backendError" : "invalid");
    }

    /** JSON, or XML for the public form. */
    static Response response(BucketRequest request, ApiException e) {
        if (e.status() == 304) {
            return Response.empty(304);
        }
        boolean xml = request != null && request.route().kind() == Route.Kind.PUBLIC;
        Response response = xml ? xml(e) : json(e);
        return e.status() == 401 ? response.with("WWW-Authenticate", "Bearer realm=\"bucket\"") : response;
    }

    private static Response json(ApiException e) {
        JsonObject detail = new JsonObject();
        detail.addProperty("message", e.getMessage());
        detail.addProperty("domain", "global");
        detail.addProperty("reason", e.reason());
        JsonArray errors = new JsonArray();
        errors.add(detail);
        JsonObject error = new JsonObject();
        error.addProperty("code", e.status());
        error.addProperty("message", e.getMessage());
        error.add("errors", errors);
        JsonObject body = new JsonObject();
        body.add("error", error);
        return Response.json(e.status(), body);
    }

    private static Response xml(ApiException e) {
        String code = XML_CODES.getOrDefault(e.status(), e.status() >= 500 ? "InternalError" : "InvalidArgument");
        String message =
                e.getMessage().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        String body = "<?xml version='1.0' encoding='UTF-8'?><Error><Code>" + code + "</Code><Message>" + message
                + "</Message></Error>";
        return Response.of(e.status(), "application/xml; charset=UTF-8", body.getBytes(StandardCharsets.UTF_8));
    }
}
