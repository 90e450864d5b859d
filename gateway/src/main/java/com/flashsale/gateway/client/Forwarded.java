package com.flashsale.gateway.client;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Data of trusted proxies about the client: from {@code X-Forwarded-For} and its companions or, where that header is
 * missing, from {@code Forwarded} (RFC 7239).
 *
 * @param hops addresses as they were written, the nearest last
 * @param proto of the client's own request
 * @param host of the client's own request
 */
record Forwarded(List<String> hops, Optional<String> proto, Optional<String> host) {

    private static final String ADDRESSES = "X-Forwarded-For";

    /** Address and port of IPv4; address of IPv6 in brackets, with or without port. */
    private static final Pattern WITH_PORT =
            Pattern.compile("([0-9.]+):[0-9]{1,5}|\\[([0-9a-fA-F:.]+)(?:%[^]]*)?](?::[0-9]{1,5})?");

    private static final Pattern OUTSIDE_QUOTES = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

    static Forwarded of(Function<String, List<String>> headers) {
        var standard = headers.apply("Forwarded");
        if (!headers.apply(ADDRESSES).isEmpty() || standard.isEmpty()) {
            return new Forwarded(
                    split(headers.apply(ADDRESSES)),
                    first(headers.apply("X-Forwarded-Proto")),
                    first(headers.apply("X-Forwarded-Host")));
        }
        var elements = elementsOf(standard);
        var nearest = elements.getLast();
        return new Forwarded(
                elements.stream()
                        .map(element -> valueOf(element, "for").orElse(""))
                        .toList(),
                valueOf(nearest, "proto"),
                valueOf(nearest, "host"));
    }

    /** The address of a hop in any notation of proxies; null when it names none. */
    static @Nullable InetAddress addressOrNull(String hop) {
        var text = unquoted(hop.strip());
        var withPort = WITH_PORT.matcher(text);
        if (withPort.matches()) text = withPort.group(1) != null ? withPort.group(1) : withPort.group(2);
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException noAddress) {
            return null;
        }
    }

    private static List<String> split(List<String> values) {
        return List.of(String.join(",", values).split(",", -1));
    }

    private static Optional<String> first(List<String> values) {
        return values.stream().findFirst().map(value -> value.split(",", 2)[0].strip());
    }

    private static List<String> elementsOf(List<String> values) {
        var elements = new ArrayList<String>();
        for (var value : values) elements.addAll(List.of(OUTSIDE_QUOTES.split(value, -1)));
        return elements;
    }

    private static Optional<String> valueOf(String element, String name) {
        return Stream.of(element.split(";"))
                .map(String::strip)
                .filter(pair -> pair.toLowerCase(Locale.ROOT).startsWith(name + "="))
                .map(pair -> unquoted(pair.substring(name.length() + 1).strip()))
                .findFirst();
    }

    private static String unquoted(String text) {
        return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }
}
