package com.flashsale.gateway.response;

import static com.flashsale.platform.problem.ProblemTypes.BAD_GATEWAY;
import static com.flashsale.platform.problem.ProblemTypes.FORBIDDEN;
import static com.flashsale.platform.problem.ProblemTypes.GATEWAY_TIMEOUT;
import static com.flashsale.platform.problem.ProblemTypes.INTERNAL_ERROR;
import static com.flashsale.platform.problem.ProblemTypes.INVALID_REQUEST;
import static com.flashsale.platform.problem.ProblemTypes.METHOD_NOT_ALLOWED;
import static com.flashsale.platform.problem.ProblemTypes.NOT_ACCEPTABLE;
import static com.flashsale.platform.problem.ProblemTypes.NOT_FOUND;
import static com.flashsale.platform.problem.ProblemTypes.OVERLOADED;
import static com.flashsale.platform.problem.ProblemTypes.PAYLOAD_TOO_LARGE;
import static com.flashsale.platform.problem.ProblemTypes.SERVICE_UNAVAILABLE;
import static com.flashsale.platform.problem.ProblemTypes.TOO_MANY_REQUESTS;
import static com.flashsale.platform.problem.ProblemTypes.UNAUTHORIZED;
import static com.flashsale.platform.problem.ProblemTypes.UNSUPPORTED_MEDIA_TYPE;

import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemType;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.springframework.cloud.gateway.support.NotFoundException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.server.ResponseStatusException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/** Maps a failure to the problem that the caller sees. The failure's own message never reaches the wire. */
final class FailureMapping {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration WHEN_THE_BREAKER_TRIES_AGAIN = Duration.ofSeconds(2);

    private FailureMapping() {}

    static ProblemException explain(Throwable failure) {
        return switch (failure) {
            case ProblemException problem -> problem;
            case WebClientRequestException wrapped when wrapped.getCause() != null -> explain(wrapped.getCause());
            case UpstreamFailedException answered -> ofStatus(answered.status());
            case CallNotPermittedException _ -> unavailable(WHEN_THE_BREAKER_TRIES_AGAIN);
            // first, as it is a ResponseStatusException too
            case NotFoundException _ -> unavailable(SOON);
            case ResponseStatusException status -> ofStatus(status.getStatusCode());
            case ConnectException _ -> unavailable(SOON);
            case UnknownHostException _ -> unavailable(SOON);
            case PoolAcquireTimeoutException _ -> overloaded();
            case PoolAcquirePendingLimitException _ -> overloaded();
            case TimeoutException _ -> tooLate();
            case DataBufferLimitException _ ->
                new ProblemException(PAYLOAD_TOO_LARGE, "The body is larger than this path accepts.");
            case InvalidMimeTypeException _, InvalidMediaTypeException _ ->
                new ProblemException(INVALID_REQUEST, "A header names a media type that is none.");
            case IOException _ -> new ProblemException(BAD_GATEWAY, "The service went away before it had answered.");
            default -> new ProblemException(INTERNAL_ERROR, "The gateway could not handle this request.");
        };
    }

    private static ProblemException ofStatus(HttpStatusCode status) {
        return switch (status.value()) {
            case 401 -> new ProblemException(UNAUTHORIZED, "An access token is needed here.");
            case 403 -> new ProblemException(FORBIDDEN, "This is not allowed.");
            case 429 -> retryable(TOO_MANY_REQUESTS, "Too many requests; please wait.", SOON);
            case 404 -> new ProblemException(NOT_FOUND, "There is nothing at this path.");
            case 405 -> new ProblemException(METHOD_NOT_ALLOWED, "See the API description at /docs.");
            case 406 -> new ProblemException(NOT_ACCEPTABLE, "No representation suits the Accept header.");
            case 413 -> new ProblemException(PAYLOAD_TOO_LARGE, "The body is larger than this path accepts.");
            case 415 -> new ProblemException(UNSUPPORTED_MEDIA_TYPE, "The body must be application/json.");
            case 503 -> unavailable(SOON);
            case 504 -> tooLate();
            default ->
                status.is4xxClientError()
                        ? new ProblemException(INVALID_REQUEST, "The request cannot be understood.")
                        : new ProblemException(BAD_GATEWAY, "The service failed without saying why.");
        };
    }

    private static ProblemException unavailable(Duration wait) {
        return retryable(SERVICE_UNAVAILABLE, "The service behind this path cannot be reached at the moment.", wait);
    }

    private static ProblemException overloaded() {
        return retryable(OVERLOADED, "Too many calls are waiting for the service behind this path.", SOON);
    }

    private static ProblemException tooLate() {
        return new ProblemException(GATEWAY_TIMEOUT, "The service behind this path did not answer in time.");
    }

    private static ProblemException retryable(ProblemType type, String detail, Duration wait) {
        return new ProblemException(type, detail).retryAfter(wait);
    }
}
