package com.flashsale.systemtests;

import static com.flashsale.systemtests.Garbage.concat;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Requests that are right but for one to three places. A seed and an index give the same request each time, but for the
 * ids and tokens of the platform at hand.
 */
final class FuzzRequests {

    /** Values that a request can name: ids of existing things, and tokens of callers by name. */
    record World(List<String> ids, List<Caller> callers) {}

    record Caller(String name, String token) {}

    /** @param source the client's address */
    record Case(long seed, int index, Operation operation, Caller caller, String source, byte[] bytes, boolean head) {

        boolean isChunked() {
            return new String(bytes, ISO_8859_1).contains("Transfer-Encoding: chunked");
        }

        @Override
        public String toString() {
            var text = new StringBuilder();
            for (byte one : bytes) {
                char c = (char) (one & 0xff);
                if (c == '\n' || (c >= ' ' && c < 0x7f)) text.append(c);
                else if (c != '\r') text.append("\\x%02x".formatted((int) c));
                if (text.length() > 3_000) break;
            }
            return "-Dfuzz.seed=%d -Dfuzz.case=%d (%s as %s)%n%s"
                    .formatted(seed, index, operation, caller.name(), text);
        }
    }

    private static final List<String> METHODS = List.of(
            "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "FOO", "get");

    private static final List<String> HEADERS = List.of(
            "Accept",
            "Accept-Language",
            "Accept-Encoding",
            "Accept-Charset",
            "Content-Encoding",
            "Content-Language",
            "Origin",
            "Referer",
            "User-Agent",
            "If-None-Match",
            "If-Match",
            "If-Modified-Since",
            "If-Unmodified-Since",
            "If-Range",
            "Range",
            "Expect",
            "Upgrade",
            "Via",
            "Forwarded",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "X-Forwarded-Prefix",
            "X-Forwarded-Port",
            "X-Real-IP",
            "X-Request-Id",
            "traceparent",
            "tracestate",
            "baggage",
            "X-Token-Proof",
            "X-User-Id",
            "X-Load-Test",
            "Last-Event-ID",
            "X-HTTP-Method-Override",
            "Cache-Control",
            "Pragma",
            "Access-Control-Request-Method",
            "Prefer",
            "Max-Forwards",
            "DNT");

    private static final List<String> TYPES = List.of(
            "text/plain",
            "application/xml",
            "application/json;charset=utf-16",
            "application/json;charset=nonsense",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "application/x-www-form-urlencoded;charset=zz",
            "json",
            "/",
            "",
            "*/*",
            "application/json; q=\"",
            "application/merge-patch+json");

    private final World world;
    private final List<Operation> operations;
    private final long seed;

    FuzzRequests(World world, List<Operation> operations, long seed) {
        this.world = world;
        this.operations = operations;
        this.seed = seed;
    }

    Case request(int index) {
        return new Draft(new Random(seed * 1_000_003 + index), index).request();
    }

    /** One request in the making. */
    private final class Draft {

        final Random random;
        final Garbage garbage;
        final FuzzBodies bodies;
        final int index;
        final Operation operation;
        final Caller caller;
        final List<byte[]> headers = new ArrayList<>();
        byte[] method;
        byte[] target;
        byte[] body = new byte[0];
        boolean length = true;

        Draft(Random random, int index) {
            this.random = random;
            this.garbage = new Garbage(random);
            this.bodies = new FuzzBodies(random, garbage, world.ids(), seed + "-" + index);
            this.index = index;
            this.operation = garbage.one(operations);
            this.caller = garbage.one(world.callers());
            this.method = operation.method().getBytes(ISO_8859_1);
            this.target = address();
        }

        Case request() {
            if (!operation.body().isMissingNode()) {
                body = operation.form() ? bodies.form(operation.body(), -1) : bodies.object(operation.body(), false);
                header("Content-Type", operation.form() ? "application/x-www-form-urlencoded" : "application/json");
            }
            header("Host", "localhost");
            if (!caller.token().isEmpty()) header("Authorization", "Bearer " + caller.token());
            operation.headers().forEach((name, schema) -> header(name, "key-" + random.nextInt(1_000_000)));
            int mutations = 1 + random.nextInt(3);
            for (int i = 0; i < mutations; i++) mutate();
            if (body.length > 0 && length) header("Content-Length", String.valueOf(body.length));
            // one request a connection, unless a test of pipelining says otherwise: a garbled one must not hide behind
            // the next
            header("Connection", "close");
            var source =
                    "127.%d.%d.%d".formatted(1 + random.nextInt(200), random.nextInt(256), 1 + random.nextInt(254));
            boolean head = new String(method, ISO_8859_1).equals("HEAD");
            return new Case(seed, index, operation, caller, source, written(), head);
        }

        private byte[] written() {
            var parts = new ArrayList<byte[]>();
            parts.add(concat(method, " ".getBytes(ISO_8859_1), target, " HTTP/1.1\r\n".getBytes(ISO_8859_1)));
            headers.forEach(line -> parts.add(concat(line, "\r\n".getBytes(ISO_8859_1))));
            parts.add("\r\n".getBytes(ISO_8859_1));
            parts.add(body);
            return concat(parts.toArray(byte[][]::new));
        }

        private void header(String name, String value) {
            header(name, value.getBytes(UTF_8));
        }

        private void header(String name, byte[] value) {
            headers.add(concat((name + ": ").getBytes(ISO_8859_1), value));
        }

        private byte[] address() {
            var path = new StringBuilder(operation.path());
            for (int open = path.indexOf("{"); open >= 0; open = path.indexOf("{")) {
                path.replace(open, path.indexOf("}") + 1, garbage.one(world.ids()));
            }
            var query = new StringBuilder();
            operation.query().forEach((name, schema) -> {
                if (garbage.chance(0.6))
                    query.append(query.isEmpty() ? '?' : '&')
                            .append(name)
                            .append('=')
                            .append(FuzzBodies.encoded(bodies.text(schema)));
            });
            return (path.toString() + query).getBytes(UTF_8);
        }

        private void mutate() {
            switch (random.nextInt(12)) {
                case 0 -> segment();
                case 1, 2 -> target = concat(target, separator(), "x=".getBytes(ISO_8859_1), garbage.inAddress());
                case 3 -> value();
                case 4 -> header(garbage.one(HEADERS), garbage.inHeader());
                case 5 -> header("Cookie", cookie());
                case 6 -> method = garbage.one(METHODS).getBytes(ISO_8859_1);
                case 7 -> header("Authorization", concat("Bearer ".getBytes(ISO_8859_1), garbage.credential()));
                case 8 -> header("Idempotency-Key", garbage.inHeader());
                case 9 -> header("Content-Type", garbage.one(TYPES));
                default -> spoilBody();
            }
        }

        private byte[] separator() {
            return (new String(target, ISO_8859_1).contains("?") ? "&" : "?").getBytes(ISO_8859_1);
        }

        /** Another segment for one of the path, or one more. */
        private void segment() {
            var parts = new String(target, ISO_8859_1).split("\\?", 2);
            var segments = parts[0].split("/", -1);
            segments[1 + random.nextInt(segments.length - 1)] = new String(garbage.inAddress(), ISO_8859_1);
            target = (String.join("/", segments) + (parts.length > 1 ? "?" + parts[1] : "")).getBytes(ISO_8859_1);
            if (target.length == 0) target = "/".getBytes(ISO_8859_1);
        }

        /** A known parameter with a value that it cannot have, perhaps twice. */
        private void value() {
            var names = operation.query().isEmpty()
                    ? List.of("limit", "cursor", "q", "continue")
                    : List.copyOf(operation.query().keySet());
            int times = garbage.chance(0.2) ? 2 : 1;
            for (int i = 0; i < times; i++) {
                target = concat(
                        target, separator(), (garbage.one(names) + "=").getBytes(ISO_8859_1), garbage.inAddress());
            }
        }

        private byte[] cookie() {
            var name = garbage.one(
                    List.of("flashsale-session", "__Host-flashsale-session", "flashsale-csrf", "XSRF-TOKEN", "a"));
            return concat((name + "=").getBytes(ISO_8859_1), garbage.credential());
        }

        private void spoilBody() {
            if (operation.form()) {
                body = bodies.form(operation.body(), random.nextInt(1 << 16));
                return;
            }
            switch (random.nextInt(8)) {
                case 0 -> body = garbage.noise(200);
                case 1 -> body = garbage.json();
                case 2 -> body = body.length == 0 ? body : java.util.Arrays.copyOf(body, random.nextInt(body.length));
                case 3 -> body = concat(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, body);
                case 4 -> body = concat(body, body);
                case 5 -> body = new String(body, UTF_8).getBytes(java.nio.charset.StandardCharsets.UTF_16);
                default -> body = bodies.object(operation.body(), true);
            }
            if (garbage.chance(0.1)) {
                length = false;
                header("Transfer-Encoding", "chunked");
                body = concat(
                        (Integer.toHexString(body.length) + "\r\n").getBytes(ISO_8859_1),
                        body,
                        "\r\n0\r\n\r\n".getBytes(ISO_8859_1));
            }
        }
    }
}
