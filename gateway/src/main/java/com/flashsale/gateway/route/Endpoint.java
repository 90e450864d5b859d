package com.flashsale.gateway.route;

import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * One kind of request: a row of the table of endpoints.
 *
 * @param methods empty means any; the service behind decides
 * @param needsToken whether a request without an access token is refused here
 */
public record Endpoint(
        Set<HttpMethod> methods,
        PathPattern pattern,
        Upstream upstream,
        boolean needsToken,
        RequestPriority priority,
        RateLimitScope rateLimit) {

    /** Fallback for requests that match no endpoint: answered with 404 and rate-limited like a static page. */
    static final Endpoint UNKNOWN =
            of("/**").open().withPriority(RequestPriority.NOTHING).withRateLimit(RateLimitScope.LOCAL);

    private static final String ATTRIBUTE = Endpoint.class.getName();

    /** A row with the defaults: it needs a token, charges the caller and counts as browsing. */
    static Endpoint of(String pattern, HttpMethod... methods) {
        return new Endpoint(
                Set.of(methods),
                PathPatternParser.defaultInstance.parse(pattern),
                Upstream.GATEWAY,
                true,
                RequestPriority.BROWSE,
                RateLimitScope.CALLER);
    }

    Endpoint answeredBy(Upstream service) {
        return new Endpoint(methods, pattern, service, needsToken, priority, rateLimit);
    }

    Endpoint open() {
        return new Endpoint(methods, pattern, upstream, false, priority, rateLimit);
    }

    Endpoint withPriority(RequestPriority other) {
        return new Endpoint(methods, pattern, upstream, needsToken, other, rateLimit);
    }

    Endpoint withRateLimit(RateLimitScope other) {
        return new Endpoint(methods, pattern, upstream, needsToken, priority, other);
    }

    boolean takes(HttpMethod method) {
        return methods.isEmpty()
                || methods.contains(method)
                // the head of an event stream is of no use, and a service would begin the stream
                // for it
                || (method.equals(HttpMethod.HEAD)
                        && methods.contains(HttpMethod.GET)
                        && priority != RequestPriority.STREAM);
    }

    /** Public facts of the catalog: the last good answer is better than none. */
    public boolean servesStaleOnError() {
        return upstream == Upstream.CATALOG && priority == RequestPriority.BROWSE && !needsToken;
    }

    public static Endpoint unknown() {
        return UNKNOWN;
    }

    /** For logs and metrics: never carries an id. */
    public String template() {
        return pattern.getPatternString();
    }

    public void attachTo(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    public static Endpoint of(ServerWebExchange exchange) {
        return exchange.getAttributeOrDefault(ATTRIBUTE, UNKNOWN);
    }
}
