package com.flashsale.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.platform.test.RequestVariants.Variant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Compares the responses of two replicas, of which only one has a fast path: status, headers and body. */
public record BothWays(int fast, int usual) {

    /** Both ways continue this trace, so that their problem documents carry one id. */
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:[0-9.]+Z");
    private static final Pattern SIGNED = Pattern.compile("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    /** A response without the values that differ between two requests of the same kind. */
    public record Response(String status, Map<String, List<String>> headers, String body) {

        static Response of(String raw) {
            int end = raw.indexOf("\r\n\r\n");
            if (end < 0) return new Response(raw, new TreeMap<>(), "");
            var lines = raw.substring(0, end).split("\r\n", -1);
            var headers = new TreeMap<String, List<String>>();
            for (int i = 1; i < lines.length; i++) {
                var header = lines[i].split(": ?", 2);
                headers.merge(
                        header[0],
                        List.of(masked(header[1])),
                        (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
            }
            headers.remove("Date");
            // how a body is framed says nothing about it; a wrong length stays visible
            var chunked = headers.remove("Transfer-Encoding") != null;
            var body = chunked ? withoutChunks(raw.substring(end + 4)) : raw.substring(end + 4);
            headers.remove("Content-Length", List.of(Integer.toString(body.length())));
            return new Response(lines[0], headers, masked(body));
        }

        private static String withoutChunks(String chunks) {
            var body = new StringBuilder();
            for (int at = 0, size = 1; size > 0; at += size + 2) {
                int line = chunks.indexOf("\r\n", at);
                size = Integer.parseInt(chunks.substring(at, line), 16);
                at = line + 2;
                body.append(chunks, at, at + size);
            }
            return body.toString();
        }

        private static String masked(String text) {
            var signed = SIGNED.matcher(text).replaceAll("(signed)");
            return INSTANT.matcher(ID.matcher(signed).replaceAll("(id)")).replaceAll("(instant)");
        }
    }

    /**
     * Sends a fresh request with this change to each replica, then each request once more.
     *
     * @return the first response of the fast path
     */
    public Response assertAlike(Variant variant, Supplier<RawRequest> fresh) {
        var here = changed(variant, fresh.get());
        var there = changed(variant, fresh.get());
        var answered = Response.of(here.sendTo(fast));
        assertThat(answered).as("%s%n%s", variant.name(), here).isEqualTo(Response.of(there.sendTo(usual)));
        assertThat(Response.of(here.sendTo(fast)))
                .as("%s, again%n%s", variant.name(), here)
                .isEqualTo(Response.of(there.sendTo(usual)));
        return answered;
    }

    private static RawRequest changed(Variant variant, RawRequest request) {
        variant.change().accept(request.add("traceparent", TRACE));
        return request;
    }
}
