package com.flashsale.load.raw;

import com.flashsale.client.ToolException;
import com.flashsale.client.platform.Context;
import com.flashsale.client.platform.PlatformState;
import com.flashsale.client.topology.Services;
import com.flashsale.load.platform.Target;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A second gateway process beside the platform's own, with the same filters, limits and Redis. Its order-service and
 * catalog-service are the stub server, so the routes of the running platform stay unchanged.
 */
final class SecondGateway implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);
    private static final int OFFSET = 45;
    private static final int MANAGEMENT = 100;

    private final Process process;
    private final int port;

    SecondGateway(Target target, int upstream) throws IOException, InterruptedException {
        var context = target.context();
        port = context.ports().base() + OFFSET;
        var running = running(target.state());
        var builder = new ProcessBuilder(command(running, "http://127.0.0.1:" + upstream));
        builder.environment().clear();
        builder.environment().putAll(environment(running.pid()));
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        builder.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(port + MANAGEMENT));
        builder.environment().put("EUREKA_CLIENT_ENABLED", "false");
        builder.environment().put("FLASHSALE_TRUSTED_PROXIES", "127.0.0.1/32");
        process = builder.redirectErrorStream(true)
                .redirectOutput(context.home().log("load-gateway").toFile())
                .start();
        awaitReady(context);
    }

    static ProcessHandle running(PlatformState state) {
        return state.services().stream()
                .filter(service -> service.name().equals(Services.GATEWAY.name()) && service.pid() != null)
                .findFirst()
                .flatMap(service -> ProcessHandle.of(Objects.requireNonNull(service.pid())))
                .orElseThrow(() -> ToolException.prerequisite("The platform's own gateway does not run here."));
    }

    /** The JVM, its options and the jar of the platform's own gateway: the benchmark compares the two. */
    private static List<String> command(ProcessHandle running, String service) {
        var own = arguments(running);
        int jar = own.indexOf("-jar");
        var command = new ArrayList<String>();
        command.add(running.info().command().orElseThrow());
        command.addAll(own.subList(0, jar));
        command.add("-Dspring.cloud.discovery.client.simple.instances.order-service[0].uri=" + service);
        command.add("-Dspring.cloud.discovery.client.simple.instances.catalog-service[0].uri=" + service);
        command.addAll(own.subList(jar, own.size()));
        return command;
    }

    /** The options of a JVM, {@code -jar}, the jar and more. */
    static List<String> arguments(ProcessHandle running) {
        var own = running.info().arguments().map(List::of).orElse(List.of());
        if (!own.contains("-jar")) {
            throw ToolException.prerequisite("The command of the platform's gateway cannot be read.");
        }
        return own;
    }

    /** The environment of a process of this user, as Linux shows it: {@code NAME=value}, each ended by a zero. */
    private static Map<String, String> environment(long pid) throws IOException {
        var text = Files.readString(Path.of("/proc", Long.toString(pid), "environ"));
        return Arrays.stream(text.split("\0"))
                .filter(line -> line.indexOf('=') > 0)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')), line -> line.substring(line.indexOf('=') + 1)));
    }

    private void awaitReady(Context context) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        var health = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + (port + MANAGEMENT) + "/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            while (process.isAlive() && System.nanoTime() < deadline) {
                if (isReady(http, health)) return;
                Thread.sleep(250);
            }
        }
        close();
        throw ToolException.prerequisite(
                "The second gateway did not start; see " + context.home().log("load-gateway"));
    }

    private static boolean isReady(HttpClient http, HttpRequest health) throws InterruptedException {
        try {
            return http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(25, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException stopping) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
