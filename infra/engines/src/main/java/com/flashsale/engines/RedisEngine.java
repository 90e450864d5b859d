package com.flashsale.engines;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Redis on 127.0.0.1, with a password and without persistence. */
public final class RedisEngine extends Engine {

    private static final int PROBE_MILLIS = 1_000;

    private final RedisSettings settings;

    public RedisEngine(RedisSettings settings, @Nullable OrphanReaper reaper) {
        super("Redis", settings.files(), Signal.TERM, reaper);
        this.settings = settings;
    }

    @Override
    public int port() {
        return settings.port();
    }

    @Override
    public String url() {
        return "redis://127.0.0.1:" + port();
    }

    public String password() {
        return settings.password();
    }

    @Override
    void prepare(Duration timeout) {
        // a file, because every user of this machine can read command lines
        PrivateFiles.write(configuration(), """
                bind 127.0.0.1
                port %d
                requirepass %s
                save ""
                appendonly no
                dir "%s"
                maxmemory %dmb
                maxmemory-policy noeviction
                daemonize no
                """.formatted(
                        port(), settings.password(), files.home(), settings.maxMemoryMegabytes()));
    }

    @Override
    List<String> command() {
        return List.of(program().toString(), configuration().toString());
    }

    @Override
    List<Integer> ports() {
        return List.of(port());
    }

    @Override
    Optional<String> problem() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), PROBE_MILLIS);
            socket.setSoTimeout(PROBE_MILLIS);
            var request = "AUTH " + settings.password() + "\r\nPING\r\nQUIT\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.contains("+PONG") ? Optional.empty() : Optional.of("answered " + answer.strip());
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Path configuration() {
        return files.home().resolve("redis.conf");
    }

    private Path program() {
        var binary = Binaries.resource(Machine.current().redisBinary());
        var directory = new Binaries(files.binaries()).directory(Binaries.key("redis", binary), unpacked -> {
            var program = unpacked.resolve("redis-server");
            Binaries.copy(binary, program);
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        });
        return directory.resolve("redis-server");
    }
}
