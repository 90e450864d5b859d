package com.flashsale.load.http;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One request as the bytes that go out.
 *
 * @param wantsBody whether the body of a success is kept; that of a refusal always is
 */
public record Request(byte[] bytes, boolean wantsBody) {

    public static Request get(String path, Visitor visitor) {
        return new Request(
                head("GET", path, visitor).append("\r\n").toString().getBytes(StandardCharsets.US_ASCII), false);
    }

    public static Request post(String path, Visitor visitor, String json) {
        return post(path, visitor, json, key());
    }

    /**
     * A request under the given key. An honest client repeats the key when it does not know the result of its first
     * request.
     */
    public static Request post(String path, Visitor visitor, String json, String key) {
        var text = head("POST", path, visitor)
                .append("Idempotency-Key: ")
                .append(key)
                .append("\r\nContent-Type: application/json\r\nContent-Length: ")
                .append(json.length())
                .append("\r\n\r\n")
                .append(json);
        return new Request(text.toString().getBytes(StandardCharsets.US_ASCII), true);
    }

    public static String key() {
        var random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private static StringBuilder head(String method, String path, Visitor visitor) {
        var text = new StringBuilder(1_600)
                .append(method)
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nX-Forwarded-For: ")
                .append(visitor.address())
                .append("\r\n");
        if (visitor.token() != null) {
            text.append("Authorization: Bearer ").append(visitor.token()).append("\r\n");
        }
        return text;
    }

    /**
     * The client that sends a request.
     *
     * @param address the client's address, as the load balancer in front would state it
     */
    public record Visitor(String address, @Nullable String token) {

        private static final int BYTE = 256;

        /** One visitor for each number, each at its own address of 10.0.0.0/8. */
        public static Visitor number(int number, @Nullable String token) {
            return new Visitor(
                    "10." + number / (BYTE * BYTE) % BYTE + '.' + number / BYTE % BYTE + '.' + number % BYTE, token);
        }
    }
}
