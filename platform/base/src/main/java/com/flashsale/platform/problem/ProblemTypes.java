package com.flashsale.platform.problem;

/** Problems of the mechanism, the same in every service; the refusals of a domain belong to its service. */
public final class ProblemTypes {

    public static final ProblemType INVALID_REQUEST =
            new ProblemType("invalid-request", 400, "The request is not valid.");
    public static final ProblemType MALFORMED_JSON =
            new ProblemType("malformed-json", 400, "The body is not the JSON that this path expects.");
    public static final ProblemType IDEMPOTENCY_KEY_MISSING =
            new ProblemType("idempotency-key-missing", 400, "This request needs an Idempotency-Key header.");
    public static final ProblemType IDEMPOTENCY_KEY_INVALID = new ProblemType(
            "idempotency-key-invalid", 400, "The Idempotency-Key must be 1 to 255 visible ASCII characters.");
    public static final ProblemType UNAUTHORIZED =
            new ProblemType("unauthorized", 401, "A valid access token is needed.");
    public static final ProblemType FORBIDDEN =
            new ProblemType("forbidden", 403, "This access token does not allow the request.");
    public static final ProblemType NOT_FOUND = new ProblemType("not-found", 404, "There is nothing at this address.");
    public static final ProblemType METHOD_NOT_ALLOWED =
            new ProblemType("method-not-allowed", 405, "Method not allowed for this path.");
    public static final ProblemType NOT_ACCEPTABLE =
            new ProblemType("not-acceptable", 406, "No representation suits the Accept header.");
    public static final ProblemType IDEMPOTENCY_KEY_IN_USE = new ProblemType(
            "idempotency-key-in-use", 409, "The first request with this Idempotency-Key is still running.");
    public static final ProblemType PAYLOAD_TOO_LARGE =
            new ProblemType("payload-too-large", 413, "The body is larger than this path accepts.");
    public static final ProblemType UNSUPPORTED_MEDIA_TYPE =
            new ProblemType("unsupported-media-type", 415, "The body must be application/json.");
    public static final ProblemType IDEMPOTENCY_KEY_REUSED =
            new ProblemType("idempotency-key-reused", 422, "This Idempotency-Key was used for another request.");
    public static final ProblemType TOO_MANY_REQUESTS =
            new ProblemType("too-many-requests", 429, "Too many requests; please wait.");
    public static final ProblemType INTERNAL_ERROR =
            new ProblemType("internal-error", 500, "Something went wrong on our side.");
    public static final ProblemType BAD_GATEWAY =
            new ProblemType("bad-gateway", 502, "A service behind the gateway gave no usable answer.");
    public static final ProblemType OVERLOADED =
            new ProblemType("overloaded", 503, "Too busy at the moment; please try again.");
    public static final ProblemType SERVICE_UNAVAILABLE =
            new ProblemType("service-unavailable", 503, "This part is not available at the moment.");
    public static final ProblemType GATEWAY_TIMEOUT =
            new ProblemType("gateway-timeout", 504, "A service behind the gateway did not answer in time.");

    private ProblemTypes() {}
}
