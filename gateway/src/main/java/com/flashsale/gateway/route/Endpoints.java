package com.flashsale.gateway.route;

import static com.flashsale.gateway.route.RateLimitScope.LOCAL;
import static com.flashsale.gateway.route.RateLimitScope.SIGN_IN;
import static com.flashsale.gateway.route.RateLimitScope.TOKENS;
import static com.flashsale.gateway.route.RequestPriority.JOIN;
import static com.flashsale.gateway.route.RequestPriority.NOTHING;
import static com.flashsale.gateway.route.RequestPriority.ORDER;
import static com.flashsale.gateway.route.RequestPriority.PAY;
import static com.flashsale.gateway.route.RequestPriority.STREAM;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

/**
 * The whole public surface. A path without a row in this table does not exist: /internal and /actuator have none. The
 * first row that fits decides.
 */
public final class Endpoints {

    private static final List<Endpoint> ORDERS = rows(
            Upstream.ORDER,
            Endpoint.of("/api/v1/orders/{orderId}/payments", POST).withPriority(PAY),
            Endpoint.of("/api/v1/orders/{orderId}/events", GET).withPriority(STREAM),
            Endpoint.of("/api/v1/orders/**").withPriority(ORDER));

    private static final List<Endpoint> QUEUE = rows(
            Upstream.WAITLIST,
            Endpoint.of("/api/v1/sales/{saleId}/queue", GET)
                    .open()
                    .withPriority(NOTHING)
                    .withRateLimit(LOCAL),
            Endpoint.of("/api/v1/sales/{saleId}/queue/events", GET)
                    .open()
                    .withPriority(STREAM)
                    .withRateLimit(LOCAL),
            Endpoint.of("/api/v1/sales/{saleId}/queue/**", GET).open(),
            Endpoint.of("/api/v1/sales/{saleId}/queue-tickets/**").withPriority(JOIN),
            Endpoint.of("/api/v1/sales/{saleId}/admissions/**").withPriority(JOIN),
            Endpoint.of("/api/v1/sales/{saleId}/waitlist-entries/**").withPriority(JOIN),
            Endpoint.of("/api/v1/waitlist-entries/**").withPriority(JOIN));

    private static final List<Endpoint> CATALOG = rows(
            Upstream.CATALOG,
            Endpoint.of("/api/v1/products/**", GET).open(),
            Endpoint.of("/api/v1/products/**").withPriority(ORDER),
            Endpoint.of("/api/v1/sales", GET).open(),
            Endpoint.of("/api/v1/sales", POST).withPriority(ORDER),
            Endpoint.of("/api/v1/sales/{saleId}", GET).open(),
            Endpoint.of("/api/v1/sales/{saleId}/pause", POST).withPriority(ORDER),
            Endpoint.of("/api/v1/sales/{saleId}/resume", POST).withPriority(ORDER),
            Endpoint.of("/api/v1/sales/{saleId}/end", POST).withPriority(ORDER),
            Endpoint.of("/api/v1/sales/{saleId}/admission-pace", PUT).withPriority(ORDER),
            // an overload must not keep operators from what ends it
            Endpoint.of("/api/v1/switches", GET).withPriority(PAY),
            Endpoint.of("/api/v1/switches/{name}", PUT).withPriority(PAY));

    private static final List<Endpoint> SIGNING_IN = rows(
            Upstream.AUTH,
            Endpoint.of("/api/v1/accounts", POST).open().withPriority(JOIN).withRateLimit(SIGN_IN),
            Endpoint.of("/api/v1/accounts/**").withPriority(JOIN),
            Endpoint.of("/api/v1/synthetic-shoppers/**").withPriority(JOIN),
            Endpoint.of("/api/v1/signing-keys/**").withPriority(JOIN),
            Endpoint.of("/oauth2/token", POST).open().withPriority(JOIN).withRateLimit(TOKENS),
            Endpoint.of("/oauth2/**").open().withPriority(JOIN),
            Endpoint.of("/.well-known/**", GET).open(),
            Endpoint.of("/connect/**").open().withPriority(JOIN),
            Endpoint.of("/userinfo").open().withPriority(JOIN),
            Endpoint.of("/login*", POST).open().withPriority(JOIN).withRateLimit(SIGN_IN),
            Endpoint.of("/login*/**").open().withPriority(JOIN),
            Endpoint.of("/register*", POST).open().withPriority(JOIN).withRateLimit(SIGN_IN),
            Endpoint.of("/register*/**").open().withPriority(JOIN),
            Endpoint.of("/logout").open().withPriority(JOIN),
            Endpoint.of("/auth/**", GET).open());

    private static final List<Endpoint> PAGES = Stream.of(
                    "/",
                    "/index.html",
                    "/s/{saleId}",
                    "/orders",
                    "/orders/{orderId}",
                    "/callback",
                    "/callback.html",
                    "/favicon.svg",
                    "/robots.txt",
                    "/assets/**",
                    "/docs",
                    "/docs/{page}",
                    "/control/**")
            .map(path -> Endpoint.of(path, GET).open().withPriority(NOTHING).withRateLimit(LOCAL))
            .toList();

    private static final List<Endpoint> DOCUMENTS =
            rows(Upstream.GATEWAY, Endpoint.of("/docs/openapi/{service}", GET).open());

    private static final List<Endpoint> TABLE = Stream.of(QUEUE, ORDERS, CATALOG, SIGNING_IN, PAGES, DOCUMENTS)
            .flatMap(List::stream)
            .toList();

    private static final Set<HttpMethod> ANY =
            Set.of(GET, HttpMethod.HEAD, POST, PUT, HttpMethod.PATCH, HttpMethod.DELETE);

    private Endpoints() {}

    public static List<Endpoint> all() {
        return TABLE;
    }

    public static Match match(HttpMethod method, PathContainer path) {
        var allowed = new HashSet<HttpMethod>();
        for (var endpoint : TABLE) {
            if (!endpoint.pattern().matches(path)) continue;
            if (method.equals(HttpMethod.OPTIONS)) {
                allowed.addAll(endpoint.methods().isEmpty() ? ANY : endpoint.methods());
                continue;
            }
            if (endpoint.takes(method)) return new Match.Found(endpoint);
            allowed.addAll(endpoint.methods());
            // this row decides for the path: a later row with a wider pattern is about other paths
            if (endpoint.priority() == STREAM) break;
        }
        if (allowed.isEmpty()) return new Match.Unknown();
        return method.equals(HttpMethod.OPTIONS) ? new Match.Options(allowed) : new Match.WrongMethod(allowed);
    }

    private static List<Endpoint> rows(Upstream upstream, Endpoint... endpoints) {
        return Stream.of(endpoints).map(row -> row.answeredBy(upstream)).toList();
    }
}
