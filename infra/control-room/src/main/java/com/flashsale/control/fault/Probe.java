package com.flashsale.control.fault;

import com.flashsale.client.platform.Addresses;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks a process whether it answers: one small request of its protocol, and the first byte of the response. */
public final class Probe {

    /** The engines that it can ask. */
    public static final Set<String> ENGINES = Set.of("postgresql", "kafka", "redis");

    private static final int PATIENCE_MS = 1_000;

    /** SSLRequest: length and code. The server answers with one byte, from a new process. */
    private static final byte[] POSTGRESQL = {0, 0, 0, 8, 4, (byte) 210, 22, 47};

    /** ApiVersions, version 0, without a client id. */
    private static final byte[] KAFKA = {0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, (byte) 0xff, (byte) 0xff};

    private static final byte[] REDIS = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Addresses addresses;

    public Probe(Addresses addresses) {
        this.addresses = addresses;
    }

    public boolean engineAnswers(String name) {
        return switch (name) {
            case "postgresql" -> answers(addresses.postgres(), POSTGRESQL);
            case "kafka" -> answers(addresses.kafka(), KAFKA);
            case "redis" -> answers(addresses.redis(), REDIS);
            default -> throw new IllegalArgumentException("no engine: " + name);
        };
    }

    /** @param management the base address of the replica's management port */
    boolean serviceAnswers(String management) {
        var request = "GET /actuator/health/readiness HTTP/1.0\r\nHost: localhost\r\n\r\n";
        return answers(URI.create(management).getAuthority(), request.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean answers(@Nullable String address, byte[] request) {
        if (address == null) return false;
        try (var socket = new Socket()) {
            socket.connect(Addresses.socketOf(address), PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(request);
            return socket.getInputStream().read() >= 0;
        } catch (IOException silent) {
            return false;
        }
    }
}
