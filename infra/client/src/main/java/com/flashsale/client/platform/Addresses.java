package com.flashsale.client.platform;

import com.flashsale.client.topology.Ports;
import java.net.URI;

/**
 * Where a platform answers.
 *
 * @param gateway the public URL, which is also the issuer of its tokens
 * @param postgres {@code host:port}
 * @param kafka {@code host:port}
 */
public record Addresses(String gateway, String postgres, String kafka) {

    private static final String LOOPBACK = "127.0.0.1:";
    private static final String JDBC = "jdbc:";

    /** Of a platform that runs on this machine. */
    static Addresses local(Ports ports) {
        return new Addresses(
                "http://localhost:" + ports.gateway(), LOOPBACK + ports.postgres(), LOOPBACK + ports.kafka());
    }

    /** Of a platform that others run (containers, a cluster), as its description says. */
    public static Addresses of(PlatformState described) {
        var gateway = described.gateway();
        if (gateway == null) throw new IllegalArgumentException("the description of the platform names no gateway");
        var jdbc = engine(described, "postgresql");
        var server = URI.create(jdbc.startsWith(JDBC) ? jdbc.substring(JDBC.length()) : "postgresql://" + jdbc);
        return new Addresses(gateway, server.getAuthority(), engine(described, "kafka"));
    }

    private static String engine(PlatformState described, String name) {
        return described.engines().stream()
                .filter(engine -> engine.name().equals(name))
                .map(PlatformState.Engine::url)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("the description of the platform names no engine " + name));
    }
}
