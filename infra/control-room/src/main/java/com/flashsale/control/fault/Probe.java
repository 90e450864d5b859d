package com.flashsale.control.fault;

import com.flashsale.client.topology.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Asks a process whether it answers: one small request of its protocol, and the first byte of the response. */
final class Probe {

    private static final int PATIENCE_MS = 1_000;

    /** SSLRequest: length and code. The server answers with one byte, from a new process. */
    private static final byte[] POSTGRESQL = {0, 0, 0, 8, 4, (byte) 210, 22, 47};

    /** ApiVersions, version 0, without a client id. */
    private static final byte[] KAFKA = {0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, (byte) 0xff, (byte) 0xff};

    private static final byte[] REDIS = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Ports ports;

    Probe(Ports ports) {
        this.ports = ports;
    }

    boolean engineAnswers(String name) {
        return switch (name) {
            case "postgresql" -> answers(ports.postgres(), POSTGRESQL);
            case "kafka" -> answers(ports.kafka(), KAFKA);
            case "redis" -> answers(ports.redis(), REDIS);
            default -> throw new IllegalArgumentException("no engine: " + name);
        };
    }

    /** @param management the base address of the replica's management port */
    boolean serviceAnswers(String management) {
        var request = "GET /actuator/health/readiness HTTP/1.0\r\nHost: localhost\r\n\r\n";
        return answers(URI.create(management).getPort(), request.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean answers(int port, byte[] request) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(request);
            return socket.getInputStream().read() >= 0;
        } catch (IOException silent) {
            return false;
        }
    }
}
