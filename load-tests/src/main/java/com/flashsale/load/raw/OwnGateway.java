package com.flashsale.load.raw;

import com.flashsale.launcher.LauncherException;
import com.flashsale.launcher.service.Context;
import com.flashsale.launcher.service.ServiceEnvironment;
import com.flashsale.launcher.service.Unpacker;
import com.flashsale.launcher.state.PlatformState;
import com.flashsale.launcher.topology.Instance;
import com.flashsale.launcher.topology.Services;
import com.flashsale.load.platform.Target;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A second gateway process beside the platform's own, with the same filters, limits and Redis. Its order-service and
 * catalog-service are the small server, so the routes of the running platform stay unchanged.
 */
final class OwnGateway implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);
    private static final int OFFSET = 45;
    private static final int MANAGEMENT = 100;

    private final Process process;
    private final int port;

    OwnGateway(Target target, int upstream) throws IOException, InterruptedException {
        var context = target.context();
        port = context.ports().base() + OFFSET;
        var app = new Unpacker(context.home().apps())
                .unpack("gateway", context.home().jar("gateway"));
        var service = "http://127.0.0.1:" + upstream;
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions(target.state()));
        command.add("-Dspring.cloud.discovery.client.simple.instances.order-service[0].uri=" + service);
        command.add("-Dspring.cloud.discovery.client.simple.instances.catalog-service[0].uri=" + service);
        command.addAll(List.of("-jar", app.jar().toString()));
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(new ServiceEnvironment(context).of(new Instance(Services.GATEWAY, 1)));
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        builder.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(port + MANAGEMENT));
        builder.environment().put("EUREKA_CLIENT_ENABLED", "false");
        builder.environment().put("FLASHSALE_TRUSTED_PROXIES", "127.0.0.1/32");
        process = builder.redirectErrorStream(true)
                .redirectOutput(context.home().log("load-gateway").toFile())
                .start();
        awaitReady(context);
    }

    /** The JVM options of the platform's own gateway: the benchmark compares the two. */
    private static List<String> jvmOptions(PlatformState state) {
        return state.services().stream()
                .filter(service -> service.name().equals(Services.GATEWAY.name()) && service.pid() != null)
                .findFirst()
                .flatMap(service -> ProcessHandle.of(Objects.requireNonNull(service.pid())))
                .flatMap(gateway -> gateway.info().arguments())
                .map(arguments -> Arrays.stream(arguments)
                        .takeWhile(argument -> !argument.equals("-jar"))
                        .toList())
                .orElseThrow(() -> LauncherException.prerequisite("How the gateway was started cannot be seen."));
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
        throw LauncherException.prerequisite(
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
