package com.flashsale.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** As much of Redis' protocol as the tests need: a command, its answer, a new connection each time. */
final class RedisClient {

    private static final int TIMEOUT_MS = 5_000;

    private final int port;
    private final String password;

    RedisClient(int port, String password) {
        this.port = port;
        this.password = password;
    }

    /** Strings, numbers as text, or lists of them. */
    Object call(String... command) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            var in = new BufferedInputStream(socket.getInputStream());
            socket.getOutputStream().write(encoded("AUTH", password));
            read(in);
            socket.getOutputStream().write(encoded(command));
            return read(in);
        }
    }

    boolean answers() {
        try {
            return "PONG".equals(call("PING"));
        } catch (IOException away) {
            return false;
        }
    }

    /** Keys that would stay for ever. */
    List<String> keysWithoutEnd() throws IOException {
        var forever = new ArrayList<String>();
        for (var key : (List<?>) call("KEYS", "*")) {
            if (call("PTTL", key.toString()).equals("-1")) forever.add(key.toString());
        }
        return forever;
    }

    private static byte[] encoded(String... command) {
        var text = new StringBuilder("*" + command.length + "\r\n");
        for (var part : command)
            text.append('$')
                    .append(part.getBytes(UTF_8).length)
                    .append("\r\n")
                    .append(part)
                    .append("\r\n");
        return text.toString().getBytes(UTF_8);
    }

    private static Object read(InputStream in) throws IOException {
        var line = line(in);
        var rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+', ':' -> rest;
            case '$' -> {
                var length = Integer.parseInt(rest);
                if (length < 0) yield "";
                var bytes = in.readNBytes(length + 2);
                yield new String(bytes, 0, length, UTF_8);
            }
            case '*' -> {
                var all = new ArrayList<>();
                for (int i = 0; i < Integer.parseInt(rest); i++) all.add(read(in));
                yield all;
            }
            default -> throw new IOException("Redis says " + line);
        };
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) throw new EOFException("Redis has closed the connection");
            if (next != '\r') line.append((char) next);
        }
        return line.toString();
    }
}
