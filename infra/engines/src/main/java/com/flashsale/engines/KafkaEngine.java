package com.flashsale.engines;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** Kafka (KRaft, one node) on 127.0.0.1, in a JVM of its own. */
public final class KafkaEngine extends Engine {

    private static final String RESOURCES = "com/flashsale/engines/";
    private static final int PROBE_MILLIS = 5_000;

    private final KafkaSettings settings;
    private final KafkaArchive archive;

    public KafkaEngine(KafkaSettings settings, @Nullable OrphanReaper reaper) {
        super("Kafka", settings.files(), Signal.TERM, reaper);
        this.settings = settings;
        this.archive = KafkaArchive.of(KafkaClassPath.current(), settings.files());
    }

    @Override
    public int port() {
        return settings.port();
    }

    /** The bootstrap servers. */
    @Override
    public String url() {
        return "127.0.0.1:" + port();
    }

    @Override
    void prepare(Duration timeout) throws IOException {
        Files.createDirectories(files.binaries());
        archive.discard();
        Files.writeString(properties(), KafkaProperties.of(settings));
        Files.writeString(javaArguments(), "-cp \"" + KafkaClassPath.current().replace("\\", "\\\\") + "\"\n");
        Binaries.copy(Binaries.resource(RESOURCES + "kafka-logback.xml"), logging());
        if (Files.exists(formatted())) return;
        Trees.delete(KafkaProperties.data(settings));
        var command = java("-Xmx64m");
        command.addAll(List.of("kafka.tools.StorageTool", "format"));
        command.addAll(
                List.of("-t", Uuid.randomUuid().toString(), "-c", properties().toString()));
        process.run(command, timeout);
        Files.createFile(formatted());
    }

    @Override
    List<String> command() {
        var command = java("-Xmx" + settings.heapMegabytes() + "m");
        command.addAll(archive.arguments());
        command.addAll(List.of("kafka.Kafka", properties().toString()));
        return command;
    }

    /**
     * C1 and the serial collector: a small broker beside many services needs memory and a quick start more than peak
     * speed.
     */
    private List<String> java(String heap) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(heap, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.add("-Dlogback.configurationFile=" + logging());
        command.add("@" + javaArguments());
        return command;
    }

    @Override
    public synchronized void stop() {
        super.stop();
        archive.keep();
    }

    /** Whether a polite {@link #stop} would make the next start of any broker on this machine quicker. */
    boolean isWorthStopping() {
        return archive.isMissing();
    }

    @Override
    List<Integer> ports() {
        return List.of(port(), settings.controllerPort());
    }

    @Override
    Optional<String> problem() {
        // first a plain connection: an admin client would fill the caller's log while the broker is not there
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), PROBE_MILLIS);
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        return describeCluster();
    }

    private Optional<String> describeCluster() {
        Map<String, Object> properties = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, url(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PROBE_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PROBE_MILLIS);
        try (var admin = Admin.create(properties)) {
            var nodes = admin.describeCluster().nodes().get(PROBE_MILLIS, TimeUnit.MILLISECONDS);
            return nodes.isEmpty() ? Optional.of("the cluster has no broker yet") : Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private Path properties() {
        return files.home().resolve("server.properties");
    }

    /** The class path in a file: it is too long for a command line that people read. */
    private Path javaArguments() {
        return files.home().resolve("java.arguments");
    }

    private Path logging() {
        return files.home().resolve("logback.xml");
    }

    /** Written after the format: without it, a format that was cut short is done again. */
    private Path formatted() {
        return files.home().resolve("formatted");
    }
}
