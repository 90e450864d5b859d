package com.flashsale.platform.test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A request byte for byte, for what a well-behaved client refuses to send. Each character is one byte. */
public final class RawRequest {

    private static final int TIMEOUT_MILLIS = 20_000;

    private String method = "POST";
    private String target;
    private String body;
    private boolean isChunked;
    private final List<String> headers = new ArrayList<>(List.of("Host: localhost", "Connection: close"));

    /** A {@code POST} without a content type. */
    public RawRequest(String target, String body) {
        this.target = target;
        this.body = body;
    }

    /** A {@code GET} without a body, and so without a length. */
    public static RawRequest get(String target) {
        return new RawRequest(target, "").method("GET");
    }

    public RawRequest method(String other) {
        method = other;
        return this;
    }

    public RawRequest target(String other) {
        target = other;
        return this;
    }

    public String target() {
        return target;
    }

    public RawRequest body(String other) {
        body = other;
        return this;
    }

    public String body() {
        return body;
    }

    /** Without a declared length. */
    public RawRequest chunked() {
        isChunked = true;
        return this;
    }

    public RawRequest add(String name, String value) {
        headers.add(name + ": " + value);
        return this;
    }

    public RawRequest without(String name) {
        headers.removeIf(header -> header.startsWith(name + ":"));
        return this;
    }

    /** Instead of the header that is there. */
    public RawRequest set(String name, String value) {
        return without(name).add(name, value);
    }

    /** The whole response; the connection ends after it. */
    public String sendTo(int port) {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(toBytes());
            socket.getOutputStream().flush();
            // a service that waits for more of a body sees at once that none will come
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] toBytes() {
        return toString().getBytes(ISO_8859_1);
    }

    @Override
    public String toString() {
        var framing = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length();
        var sent = isChunked ? Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n" : body;
        var isFramed = headers.stream().anyMatch(header -> header.startsWith("Content-Length:"));
        var isEmpty = method.equals("GET") && body.isEmpty() && !isChunked;
        var head = isFramed || isEmpty ? "" : framing + "\r\n";
        return method + " " + target + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n" + head + "\r\n" + sent;
    }
}
