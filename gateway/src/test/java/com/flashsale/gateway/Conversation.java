package com.flashsale.gateway;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One kept connection to the gateway, byte by byte: when each request and each answer goes over it is the test's to
 * say.
 */
final class Conversation implements AutoCloseable {

    /** @param headers by their names in lower case */
    record Answer(int status, Map<String, String> headers, String body) {}

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;

    Conversation(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    Conversation send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return this;
    }

    /** The next answer, which says its length, is chunked, or has no body. */
    Answer next() throws IOException {
        var in = socket.getInputStream();
        var status = Integer.parseInt(line(in).split(" ", 3)[1]);
        var headers = new TreeMap<String, String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            var colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        var body = "chunked".equals(headers.get("transfer-encoding"))
                ? chunks(in)
                : exactly(in, Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        for (var length = chunkLength(in); length > 0; length = chunkLength(in)) {
            body.writeBytes(exactly(in, length));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static int chunkLength(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) throw new EOFException("the gateway closed the connection within a body");
        return bytes;
    }

    boolean isOver() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) throw new EOFException("the gateway closed the connection");
            if (next != '\r') line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
