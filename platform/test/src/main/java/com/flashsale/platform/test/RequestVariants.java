package com.flashsale.platform.test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Changes that make a right request of the API unusual or wrong: in its token, its headers, its framing, its address or
 * its body. Each change alone, then changes of several parts at once, by a seed.
 */
public final class RequestVariants {

    /** One or several changes of a request. */
    public record Variant(String name, Consumer<RawRequest> change) {

        private Variant and(Variant other) {
            return new Variant(name + ", " + other.name, change.andThen(other.change));
        }
    }

    private static final Variant UNCHANGED = new Variant("unchanged", _ -> {});

    /** The variants of each part of a request. */
    private static final List<List<Variant>> PARTS =
            List.of(tokens(), loadTests(), types(), accepted(), keys(), BodyVariants.all(), framings(), addresses());

    private RequestVariants() {}

    /** The unchanged request, each change alone, and then random ones of two parts. */
    public static List<Variant> all(long seed, int pairs) {
        var random = new Random(seed);
        var all = new ArrayList<>(List.of(UNCHANGED));
        PARTS.forEach(all::addAll);
        for (int i = 0; i < pairs; i++) {
            var first = random.nextInt(PARTS.size());
            var second = (first + 1 + random.nextInt(PARTS.size() - 1)) % PARTS.size();
            all.add(oneOf(PARTS.get(first), random).and(oneOf(PARTS.get(second), random)));
        }
        return all;
    }

    private static Variant oneOf(List<Variant> variants, Random random) {
        return variants.get(random.nextInt(variants.size()));
    }

    private static List<Variant> tokens() {
        var subject = UUID.randomUUID().toString();
        return List.of(
                new Variant("no token", request -> request.without("Authorization")),
                token("no token at all", ""),
                token("rubbish", "Bearer rubbish"),
                token("basic", "Basic dXNlcjpzZWNyZXQ="),
                token("forged", "Bearer " + TestTokens.forged(Map.of("sub", subject, "scope", "shop"))),
                token("expired", bearer(Map.of("exp", Instant.now().getEpochSecond() - 60))),
                token("other audience", bearer(Map.of("aud", List.of("another")))),
                token("without scope", bearer(Map.of("scope", "openid"))),
                token("operator", "Bearer " + TestTokens.operator()),
                new Variant("two tokens", request -> request.add("Authorization", "Bearer rubbish")),
                new Variant("token in the query", request -> request.target(request.target() + "?access_token=a.b.c")),
                new Variant("no stamp", request -> request.without("X-Token-Proof")),
                new Variant("rubbish as stamp", request -> request.set("X-Token-Proof", "test.1.rubbish")));
    }

    private static Variant token(String name, String authorization) {
        return new Variant("token: " + name, request -> request.set("Authorization", authorization));
    }

    private static String bearer(Map<String, Object> claims) {
        var all = new LinkedHashMap<String, Object>(
                Map.of("sub", UUID.randomUUID().toString(), "scope", "shop"));
        all.putAll(claims);
        return "Bearer " + TestTokens.with(all);
    }

    private static List<Variant> loadTests() {
        return List.of(
                new Variant("load-test header of a stranger", request -> request.add("X-Load-Test", "evening")),
                token("of a load test", bearer(Map.of("load_test", "evening"))),
                token("of a load test without a valid name", bearer(Map.of("load_test", "no name"))),
                new Variant(
                        "caller that may tag",
                        request -> request.set("Authorization", bearer(Map.of("scope", "shop load-test")))
                                .add("X-Load-Test", "evening")),
                new Variant(
                        "caller that may tag, without a valid name",
                        request -> request.set("Authorization", bearer(Map.of("scope", "shop load-test")))
                                .add("X-Load-Test", "no name")));
    }

    private static List<Variant> types() {
        return Stream.concat(
                        Stream.of(
                                new Variant("no type", request -> request.without("Content-Type")),
                                new Variant("two types", request -> request.add("Content-Type", "text/plain"))),
                        Stream.of(
                                        "application/json;charset=utf-8",
                                        "application/json;charset=nonsense",
                                        "application/json; charset=UTF-16",
                                        "APPLICATION/JSON",
                                        "application/problem+json",
                                        "application/x-www-form-urlencoded",
                                        "text/plain",
                                        "json",
                                        "")
                                .map(type -> header("Content-Type", type)))
                .toList();
    }

    private static List<Variant> accepted() {
        return Stream.concat(
                        Stream.of(new Variant(
                                "two Accept headers",
                                request -> request.add("Accept", "application/json")
                                        .add("Accept", "text/html"))),
                        Stream.of(
                                        "*/*",
                                        "application/json",
                                        "application/json, text/plain",
                                        "application/*",
                                        "text/html",
                                        "application/xml;q=0.5",
                                        "rubbish",
                                        "")
                                .map(type -> header("Accept", type)))
                .toList();
    }

    private static List<Variant> keys() {
        return Stream.concat(
                        Stream.of(
                                new Variant("no key", request -> request.without("Idempotency-Key")),
                                new Variant("two keys", request -> request.add("Idempotency-Key", "another"))),
                        Stream.of("", "   ", "two words", "k\u00e9y", "k\u0085y", "x".repeat(255), "x".repeat(256))
                                .map(key -> header("Idempotency-Key", key)))
                .toList();
    }

    private static Variant header(String name, String value) {
        var shown = value.length() > 40 ? value.length() + " characters" : value;
        return new Variant(name + ": " + shown, request -> request.set(name, value));
    }

    private static List<Variant> framings() {
        return List.of(
                new Variant("chunked", RawRequest::chunked),
                new Variant("too large", request -> request.body(BodyVariants.withField(request.body(), large()))),
                new Variant(
                        "too large and chunked",
                        request -> request.body(BodyVariants.withField(request.body(), large()))
                                .chunked()),
                new Variant(
                        "body that is cut off",
                        request -> request.add(
                                "Content-Length",
                                Integer.toString(request.body().length() + 1))),
                new Variant("length -1", request -> request.add("Content-Length", "-1")),
                new Variant("length beyond the body's limit", request -> request.add("Content-Length", "99999999")),
                new Variant("unknown header", request -> request.set("X-Unknown", "1")),
                new Variant("header with a control character", request -> request.add("X-Unknown", "a\u0001b")));
    }

    private static String large() {
        return "\"padding\":\"" + "x".repeat(20_000) + "\"";
    }

    private static List<Variant> addresses() {
        var targets = Stream.<Map.Entry<String, java.util.function.UnaryOperator<String>>>of(
                        Map.entry("query", target -> target + "?a=b"),
                        Map.entry("empty query", target -> target + "?"),
                        Map.entry("query that is no UTF-8", target -> target + "?a=%ff"),
                        Map.entry("slash at the end", target -> target + "/"),
                        Map.entry("two slashes", target -> "/" + target),
                        Map.entry("parameter", target -> target + ";v=1"),
                        Map.entry("encoded letter", target -> target.replaceFirst("a", "%61")),
                        Map.entry("encoded slash", target -> target.replaceFirst("(?<=.)/", "%2f")),
                        Map.entry("dots", target -> "/x/.." + target),
                        Map.entry("upper case", target -> target.toUpperCase(java.util.Locale.ROOT)))
                .map(each -> new Variant(
                        each.getKey(), request -> request.target(each.getValue().apply(request.target()))));
        var methods = Stream.of("GET", "PUT", "HEAD", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW", "post")
                .map(method -> new Variant(method, request -> request.method(method)));
        return Stream.concat(targets, methods).toList();
    }
}
