package com.flashsale.gateway;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * A request made from a seed: usual ones most of the time, with all kinds of headers, tokens and bodies.
 *
 * @param name the value of its header {@link #NAME}
 * @param parts the bytes, each part sent for itself
 * @param endsConnection whether the client says that it sends no more
 * @param isPlain whether the gateway forwards it on the connection if it comes in one read; every sixth is
 */
record GeneratedRequest(String name, List<String> parts, boolean endsConnection, boolean isPlain) {

    static final String NAME = "X-Case";

    private static final String SALE = "/api/v1/sales/5b1f9b0a-6f0c-4a52-9d3e-0f6a3c1d2e4f";
    private static final List<String> PATHS = List.of(
            SALE + "/queue-tickets",
            SALE + "/queue-tickets",
            SALE + "/queue-tickets/7",
            SALE + "/admissions",
            "/api/v1/orders",
            "/api/v1/orders",
            "/api/v1/orders/7",
            "/api/v1/orders/7/payments",
            "/api/v1/waitlist-entries",
            "/api/v1/products",
            "/api/v1/nothing");
    private static final List<String> QUERIES =
            List.of("", "", "", "", "?a=b&limit=10", "?name=%C3%A4", "?list[]=1", "?a=b'c");
    private static final Set<String> USUAL_WAY = Set.of("/api/v1/products", "/api/v1/nothing");
    private static final Set<String> PLAIN_QUERIES = Set.of("", "?a=b&limit=10");
    private static final Set<String> UNUSUAL =
            Set.of("Connection: X-Twice", "TE: trailers", "Transfer-Encoding: chunked");
    private static final String LENGTH = "Content-Length: ";
    private static final String FORGED = "x\r\n";
    private static final List<String> METHODS =
            List.of("POST", "POST", "POST", "POST", "GET", "GET", "GET", "PUT", "DELETE");
    private static final List<String> HEADERS = List.of(
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: shop.example:8443",
            "X-Forwarded-Prefix: /internal",
            "Forwarded: for=1.2.3.4",
            "X-Real-IP: 1.2.3.4",
            "X-User-Id: admin",
            "X-Token-Proof: test.1.forged",
            "X-Load-Test: evening-1",
            "baggage: name=Ada",
            "Cookie: SESSION=abc",
            "Idempotency-Key: 3f0d7c1e-0000-4000-8000-000000000001",
            "Accept: application/json",
            "Accept: text/html,application/xhtml+xml",
            "Accept-Language: de-DE, en;q=0.5",
            "Accept-Encoding: gzip",
            "User-Agent: test/1.0",
            "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
            "traceparent: nonsense",
            "tracestate: a=1",
            "Connection: keep-alive",
            "Connection: X-Twice",
            "Keep-Alive: timeout=5",
            "TE: trailers",
            "Proxy-Authorization: Basic YTpi",
            "X-Twice: one\r\nX-Twice: two",
            "x-lower: a value, with commas",
            "Origin: https://shop.example",
            "If-None-Match: \"7\"");
    private static final List<String> TYPES =
            List.of("application/json", "application/json", "application/json;charset=utf-8", "text/plain", "no type");
    private static final List<String> BODIES = List.of(
            "",
            "{}",
            "{}",
            "{\"ticket\":\"mine\"}",
            "{\"text\":\"" + "x".repeat(1000) + "\"}",
            "y".repeat(5000),
            "z".repeat(20_000));

    static GeneratedRequest of(Random random, int number) {
        var name = Integer.toString(number);
        var isLast = random.nextInt(20) == 0;
        var method = one(random, METHODS);
        var path = one(random, PATHS);
        var query = one(random, QUERIES);
        var head = new StringBuilder();
        head.append(method).append(' ').append(path).append(query).append(" HTTP/1.1\r\n");
        head.append("Host: shop\r\nX-Forwarded-For: 10.9.")
                .append(number / 250)
                .append('.')
                .append(number % 250 + 1)
                .append("\r\n");
        head.append(NAME).append(": ").append(name).append("\r\n");
        var authorization = authorization(random);
        head.append(authorization);
        for (var i = random.nextInt(4); i > 0; i--) {
            var header = one(random, HEADERS);
            if (!isLast || !header.startsWith("Connection")) head.append(header).append("\r\n");
        }
        if (isLast) head.append("Connection: close\r\n");
        var parts = parts(random, method, head);
        var isPlain = !USUAL_WAY.contains(path)
                && PLAIN_QUERIES.contains(query)
                && isShopper(authorization)
                && parts.size() == 1
                && hasPlainHead(method, parts.getFirst());
        return new GeneratedRequest(name, parts, isLast, isPlain);
    }

    private static boolean isShopper(String authorization) {
        return authorization.lines().count() == 1
                && authorization.toLowerCase(Locale.ROOT).startsWith("authorization: bearer ey")
                && !authorization.endsWith(FORGED);
    }

    private static boolean hasPlainHead(String method, String request) {
        var head = request.substring(0, request.indexOf("\r\n\r\n"));
        var length = head.lines()
                .filter(line -> line.startsWith(LENGTH))
                .mapToInt(line -> Integer.parseInt(line.substring(LENGTH.length())))
                .findAny()
                .orElse(0);
        return ((method.equals("POST") && length <= 4096) || (method.equals("GET") && length == 0))
                && head.lines().filter(line -> line.startsWith("Connection:")).count() <= 1
                && head.lines().noneMatch(UNUSUAL::contains);
    }

    private static List<String> parts(Random random, String method, StringBuilder head) {
        var body = method.equals("GET") && random.nextInt(10) > 0 ? "" : one(random, BODIES);
        if (!body.isEmpty())
            head.append("Content-Type: ").append(one(random, TYPES)).append("\r\n");
        if (!body.isEmpty() && random.nextInt(10) == 0) {
            head.append("Transfer-Encoding: chunked\r\n\r\n");
            return List.of(head + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");
        }
        if (!body.isEmpty() || random.nextBoolean()) {
            head.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        head.append("\r\n");
        return random.nextInt(10) == 0 && !body.isEmpty() ? List.of(head.toString(), body) : List.of(head + body);
    }

    private static String authorization(Random random) {
        var token = "Authorization: Bearer " + TestTokens.shopper(new UUID(random.nextLong(), random.nextLong()));
        return switch (random.nextInt(16)) {
            case 0 -> "";
            case 1 -> "Authorization: Bearer no-token\r\n";
            case 2 -> "Authorization: Basic YTpi\r\n";
            case 3 -> token + "\r\n" + token + "\r\n";
            case 4 -> token.replace("Bearer", "bearer") + "\r\n";
            case 5 -> token + FORGED;
            case 6 -> "Authorization: Bearer " + tester() + "\r\n";
            default -> token + "\r\n";
        };
    }

    private static String tester() {
        var header = TestTokens.header(TestTokens.KEY).build();
        return TestTokens.signed(TestTokens.KEY, header, claims -> claims.claim("scope", "shop load-test"));
    }

    private static String one(Random random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
