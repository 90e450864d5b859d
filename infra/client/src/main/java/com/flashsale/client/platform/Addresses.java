package com.flashsale.client.platform;

import com.flashsale.client.topology.Ports;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a platform answers.
 *
 * @param gateway the public URL, which is also the issuer of its tokens
 * @param postgres {@code host:port}
 * @param kafka {@code host:port}
 * @param redis {@code host:port} or {@code user@host:port}; null where the description names none, since most commands
 *     do not ask it
 */
public record Addresses(
        String gateway,
        String postgres,
        String kafka,
        @Nullable String redis) {

    private static final String LOOPBACK = "127.0.0.1:";
    private static final String JDBC = "jdbc:";

    /** Of a platform that runs on this machine. */
    static Addresses local(Ports ports) {
        return new Addresses(
                "http://localhost:" + ports.gateway(),
                LOOPBACK + ports.postgres(),
                LOOPBACK + ports.kafka(),
                LOOPBACK + ports.redis());
    }

    /** Of a platform that others run (containers, a cluster), as its description says. */
    public static Addresses of(PlatformState described) {
        var gateway = described.gateway();
        if (gateway == null) throw new IllegalArgumentException("the description of the platform names no gateway");
        var jdbc = required(described, "postgresql");
        var server = URI.create(jdbc.startsWith(JDBC) ? jdbc.substring(JDBC.length()) : "postgresql://" + jdbc);
        var redis = engine(described, "redis").orElse(null);
        return new Addresses(gateway, server.getAuthority(), required(described, "kafka"), redis);
    }

    /**
     * The place behind an address, resolved now.
     *
     * @param address {@code host:port}, or several with commas between them, of which the first counts; a user before
     *     the host is left out
     */
    public static InetSocketAddress socketOf(String address) {
        var first = URI.create("tcp://" + address.split(",", 2)[0]);
        if (first.getHost() == null || first.getPort() < 0) {
            throw new IllegalArgumentException("host:port expected, not " + address);
        }
        return new InetSocketAddress(first.getHost(), first.getPort());
    }

    private static String required(PlatformState described, String name) {
        return engine(described, name)
                .orElseThrow(
                        () -> new IllegalArgumentException("the description of the platform names no engine " + name));
    }

    private static Optional<String> engine(PlatformState described, String name) {
        return described.engines().stream()
                .filter(engine -> engine.name().equals(name))
                .map(PlatformState.Engine::url)
                .findFirst();
    }
}
