package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * One platform for all tests of this module: started by the command, two replicas of the services that write, ended
 * with the JVM. Tests with a platform of their own come first, so that two cores never bear two platforms.
 */
final class RunningPlatform {

    /** The {@code @Order} of a test class with a platform of its own. */
    static final int BEFORE_THE_SHARED_ONE = 1;

    private static final Duration START_LIMIT = Duration.ofMinutes(6);
    private static final int MANAGEMENT = 100;
    private static final int SERVICES = 8;
    private static final int KAFKA = 52;
    private static final int CONTROL_ROOM = 54;

    private static @Nullable RunningPlatform shared;

    private final FlashsaleCommand command;
    private final Process process;
    private final int base;
    private final Properties secrets = new Properties();
    private final String metricsAtStart;

    private RunningPlatform(FlashsaleCommand command, Process process, int base) throws IOException {
        this.command = command;
        this.process = process;
        this.base = base;
        try (var file = Files.newBufferedReader(command.run().resolve("secrets"))) {
            secrets.load(file);
        }
        metricsAtStart = metrics();
    }

    /** The metrics of the first replica of each service, as Prometheus would read them. */
    private String metrics() {
        var all = new StringBuilder();
        for (int port = base + MANAGEMENT; port < base + MANAGEMENT + SERVICES; port++) {
            var page = new Api("http://127.0.0.1:" + port)
                    .get("/actuator/prometheus")
                    .is(200);
            all.append(new String(page.bytes(), StandardCharsets.UTF_8)).append("\n");
        }
        return all.toString();
    }

    /** The metrics before any purchase but that of the self-test. */
    String metricsAtStart() {
        return metricsAtStart;
    }

    String kafka() {
        return "127.0.0.1:" + (base + KAFKA);
    }

    /** The address of the control room, without its path. */
    String controlRoom() {
        return "http://127.0.0.1:" + (base + CONTROL_ROOM);
    }

    static synchronized RunningPlatform shared() {
        try {
            if (shared == null) shared = start();
            return shared;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static RunningPlatform start() throws IOException, InterruptedException {
        var run = Path.of(System.getProperty("flashsale.run", "target/run"));
        return started(run, "--replicas", "order-service=2,inventory-service=2,waitlist-service=2");
    }

    /** One more, for a test that needs it otherwise; the test ends it. */
    static RunningPlatform started(Path run, String... choices) throws IOException, InterruptedException {
        FileSystemUtils.deleteRecursively(run);
        var command = new FlashsaleCommand(run);
        var base = freePortBase();
        var output = Files.createDirectories(run).resolve("up.out");
        var arguments = new ArrayList<>(
                List.of("up", "--plain", "--warm-up", "0", "--no-learn", "--port-base", String.valueOf(base)));
        arguments.addAll(List.of(choices));
        var process = command.start(output, arguments.toArray(String[]::new));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
        var deadline = Instant.now().plus(START_LIMIT);
        while (!Files.readString(output).contains("READY")) {
            assertThat(process.isAlive())
                    .as("up ended:%n%s", Files.readString(output))
                    .isTrue();
            assertThat(Instant.now())
                    .as("up is not ready:%n%s", Files.readString(output))
                    .isBefore(deadline);
            process.waitFor(200, TimeUnit.MILLISECONDS);
        }
        return new RunningPlatform(command, process, base);
    }

    /** Above the default ports and below the ephemeral ones, so that a platform that a person runs is left alone. */
    static int freePortBase() throws IOException {
        for (int base = 12_000; base < 30_000; base += 200) {
            try (var _ = new ServerSocket(base);
                    var _ = new ServerSocket(base + 50);
                    var _ = new ServerSocket(base + 105)) {
                return base;
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IOException("no free ports");
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    void stop() {
        end(process);
    }

    boolean isRunning() {
        return process.isAlive();
    }

    FlashsaleCommand command() {
        return command;
    }

    Shop shop() {
        return new Shop(gateway(), machineToken("operator"), machineToken("load-test"));
    }

    String machineToken(String client) {
        var result = command.run("token", "--client", client);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output().strip();
    }

    Api gateway() {
        return new Api("http://127.0.0.1:" + base);
    }

    /** The same as a client with another address; any of 127.0.0.0/8. */
    Api gateway(String source) {
        return new Api("http://127.0.0.1:" + base, source);
    }

    int port() {
        return base;
    }

    /** Straight at a replica, past the gateway. */
    Api orderService(int replica) {
        return new Api("http://127.0.0.1:" + (base + 10 * (replica - 1) + 5));
    }

    /** Health and metrics of the process with this distance from the first port. */
    Api management(int port) {
        return new Api("http://127.0.0.1:" + (base + MANAGEMENT + port));
    }

    /** The same of the waiting room and the waitlist. */
    Api waitlistService(int replica) {
        return new Api("http://127.0.0.1:" + (base + 10 * (replica - 1) + 6));
    }

    RedisClient redis() {
        return new RedisClient(base + 51, secret("redis"));
    }

    long enginePid(String name) {
        return command.status()
                .path("engines")
                .valueStream()
                .filter(entry -> entry.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow()
                .path("pid")
                .asLong();
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + base + path);
    }

    String secret(String name) {
        return java.util.Objects.requireNonNull(secrets.getProperty(name), name);
    }

    /** Process ids of all replicas of a service. */
    List<Long> pids(String service) {
        return command.status()
                .path("services")
                .valueStream()
                .filter(entry -> entry.path("name").asString().equals(service))
                .map(entry -> entry.path("pid").asLong())
                .toList();
    }

    /** Read-only. */
    Connection database(String name) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + (base + 50) + "/" + name, "audit", secret("database.audit"));
    }

    Units units(String sale) {
        try (var connection = database("inventory");
                var query =
                        connection.prepareStatement("select allotted, reserved, sold from stock where sale_id = ?")) {
            query.setObject(1, UUID.fromString(sale));
            try (var row = query.executeQuery()) {
                assertThat(row.next()).as("stock of %s", sale).isTrue();
                return new Units(row.getInt(1), row.getInt(2), row.getInt(3));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    long captures(String order) {
        return count("payment", "select count(*) from ledger_entry where kind = 'CAPTURE' and order_id = ?", order);
    }

    /** The column "at" of a sale's rows in milliseconds: a time, or an id that carries one. */
    List<Long> milliseconds(String database, String sql, String sale) throws SQLException {
        try (var connection = database(database);
                var query = connection.prepareStatement(sql)) {
            query.setObject(1, UUID.fromString(sale));
            try (var rows = query.executeQuery()) {
                var all = new ArrayList<Long>();
                while (rows.next()) {
                    all.add(
                            rows.getObject("at") instanceof UUID id
                                    ? id.getMostSignificantBits() >>> 16
                                    : rows.getTimestamp("at").getTime());
                }
                return all;
            }
        }
    }

    long count(String database, String sql, String id) {
        try (var connection = database(database);
                var query = connection.prepareStatement(sql)) {
            query.setObject(1, UUID.fromString(id));
            try (var row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
