package com.flashsale.platform.fastpath;

import com.flashsale.platform.idempotency.IdempotencyKeys;
import com.flashsale.platform.observability.LoadTest;
import com.flashsale.platform.observability.TraceContext;
import com.flashsale.platform.security.KnownCallers;
import com.flashsale.platform.security.KnownCallers.Caller;
import io.opentelemetry.api.trace.Span;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Answers the plain requests of its routes: known caller, readable body, nothing unusual. Any other request goes on to
 * the usual way, which alone writes the refusals of filters and converters. So the fast path needs no copy of them.
 */
final class FastPath {

    private static final Logger log = LoggerFactory.getLogger(FastPath.class);

    private final List<FastRoute<?>> routes;
    private final KnownCallers callers;
    private final FastPathBodies bodies;
    private final FastPathResponses responses;
    private final FastPathMeters meters;

    FastPath(
            List<FastRoute<?>> routes,
            KnownCallers callers,
            FastPathBodies bodies,
            FastPathResponses responses,
            FastPathMeters meters) {
        this.routes = routes;
        this.callers = callers;
        this.bodies = bodies;
        this.responses = responses;
        this.meters = meters;
    }

    /** Answers the request and returns null, or returns the request for the usual way, with its whole body. */
    @Nullable
    HttpServletRequest answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var route = routeOf(request);
        if (route == null) return request;
        long begun = System.nanoTime();
        var left = answer(route, request, response);
        if (left == null) meters.answered(route, response.getStatus(), System.nanoTime() - begun);
        else meters.passedOn(route);
        return left;
    }

    private @Nullable FastRoute<?> routeOf(HttpServletRequest request) {
        for (var route : routes) {
            if (route.method().equals(request.getMethod()) && route.matches(request.getRequestURI())) return route;
        }
        return null;
    }

    private <B> @Nullable HttpServletRequest answer(
            FastRoute<B> route, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!PlainRequest.isPlain(request, route.hasBody() ? bodies.limit() : 0)) return request;
        try (var _ =
                TraceContext.ofRequest(request.getHeader(TraceContext.HEADER)).open()) {
            var caller = callers.find(request);
            if (caller == null) return request;
            byte[] body;
            try {
                body = request.getInputStream().readNBytes(Math.max(0, request.getContentLength()));
            } catch (IOException cutOff) {
                return new ReplayedRequest(request, cutOff);
            }
            var call = callOf(route, request, caller, body);
            if (call == null) return new ReplayedRequest(request, body);
            // without Spring's dispatcher, an agent knows no route
            Span.current().updateName(route.method() + " " + route.path());
            try (var _ = LoadTest.open(caller.loadTest())) {
                responses.write(route, call, request, response);
            }
            return null;
        }
    }

    /** Returns null if the usual way has something to say about the request. */
    private <B> FastRoute.@Nullable Call<B> callOf(
            FastRoute<B> route, HttpServletRequest request, Caller caller, byte[] body) {
        try {
            UUID variable = route.hasVariable() ? route.variableOf(request.getRequestURI()) : null;
            var key = request.getHeader(IdempotencyKeys.HEADER);
            if (body.length == 0) {
                return route.isBodyRequired() ? null : new FastRoute.Call<>(caller.token(), variable, key, null);
            }
            var value = bodies.read(route, body);
            return value == null ? null : new FastRoute.Call<>(caller.token(), variable, key, value);
        } catch (JacksonException | IllegalArgumentException unreadable) {
            log.debug("The usual way refuses this request: {}", unreadable.toString());
            return null;
        }
    }
}
