package com.flashsale.platform.test;

import com.flashsale.platform.test.RequestVariants.Variant;
import java.util.List;
import java.util.stream.Stream;

/** Changes of a JSON body: its form, its fields, its values. */
final class BodyVariants {

    private BodyVariants() {}

    static List<Variant> all() {
        var changed = Stream.of(
                new Variant("unknown field", request -> request.body(withField(request.body(), "\"owner\":\"eve\""))),
                new Variant("field twice", request -> request.body(twice(request.body()))),
                new Variant(
                        "text as numbers",
                        request -> request.body(request.body().replace(":\"", ":7,\"was\":\""))),
                new Variant(
                        "numbers as text",
                        request -> request.body(request.body().replaceAll(":(\\d+)", ":\"$1\""))),
                new Variant("negative", request -> request.body(request.body().replaceAll(":(\\d+)", ":-$1"))),
                new Variant("fraction", request -> request.body(request.body().replaceAll(":(\\d+)", ":$1.5"))),
                new Variant("NUL", request -> request.body(request.body().replaceFirst(":\"", ":\"\\\\u0000"))),
                new Variant(
                        "half a pair", request -> request.body(request.body().replaceFirst(":\"", ":\"\\\\ud800"))),
                new Variant(
                        "long text",
                        request -> request.body(request.body().replaceFirst(":\"", ":\"" + "x".repeat(3_000)))),
                new Variant(
                        "cut off",
                        request -> request.body(
                                request.body().substring(0, request.body().length() / 2))),
                new Variant("two bodies", request -> request.body(request.body() + request.body())),
                new Variant("spaces", request -> request.body(" \r\n" + request.body() + " ")),
                new Variant("no UTF-8", request -> request.body(request.body().replaceFirst(":\"", ":\"\u00e9"))));
        var others = Stream.of("", "null", "{}", "[]", "7", "\"text\"", "{", "[".repeat(8_000))
                .map(body -> new Variant("body " + (body.length() > 9 ? "deep" : body), r -> r.body(body)));
        return Stream.concat(changed, others).toList();
    }

    static String withField(String body, String field) {
        return body.length() < 3 ? "{" + field + "}" : "{" + field + "," + body.substring(1);
    }

    private static String twice(String body) {
        return body.length() < 3 ? body : body.substring(0, body.length() - 1) + "," + body.substring(1);
    }
}
