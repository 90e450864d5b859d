package com.flashsale.gateway;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A gateway in a process of its own, with C1 alone, for benches that measure the process. */
final class GatewayProcess implements AutoCloseable {

    private static final long KIB = 1024;

    private final int port;
    private final Process process;

    /** @param further settings beside those that each needs */
    GatewayProcess(StubService auth, StubService waitlist, Map<String, Object> further) throws IOException {
        port = freePort();
        var settings = new HashMap<String, Object>(Map.of(
                "server.port",
                port,
                "management.server.port",
                0,
                "eureka.client.enabled",
                false,
                "gateway.limit.redis.port",
                1,
                "gateway.token.proof-keys",
                GatewayIT.PROOF_KEYS,
                "gateway.token.jwks-uri",
                auth.url() + "/oauth2/jwks",
                "spring.cloud.discovery.client.simple.instances.waitlist-service[0].uri",
                waitlist.url()));
        settings.putAll(further);
        var command = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx192m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                GatewayApplication.class.getName()));
        settings.forEach((key, value) -> command.add("--" + key + "=" + value));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    /** Processor time since its start. */
    Duration processor() {
        return process.toHandle().info().totalCpuDuration().orElseThrow();
    }

    /** Resident bytes; needs /proc. */
    long resident() throws IOException {
        return Files.readString(Path.of("/proc/" + process.pid() + "/status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
