package com.flashsale.platform.mechanism;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;

/** Requests byte for byte, for what a well-behaved client refuses to send. */
record RawHttp(int port) {

    private static final int TIMEOUT_MILLIS = 20_000;

    /** The whole response to a request of which each character is one byte; the connection ends after it. */
    String send(String request) {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String get(String target, String... headers) {
        return send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + String.join(
                        "",
                        java.util.Arrays.stream(headers)
                                .map(one -> one + "\r\n")
                                .toList()) + "\r\n");
    }

    String post(String target, String contentType, String body) {
        return send("POST", target, contentType, body);
    }

    String send(String method, String target, String contentType, String body) {
        return send(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
                + contentType + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }
}
