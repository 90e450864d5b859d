package com.flashsale.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Engines for tests: each started at its first use, on free ports, with data in a temporary directory, and gone with
 * this JVM. The programs are unpacked once per machine.
 */
public final class ThrowawayEngines implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    private final PostgresUser user = PostgresUser.current();
    private final ThrowawayDirectory directory;
    private final Path binaries;
    private final Sentinel sentinel;
    private final Object postgresLock = new Object();
    private final Object redisLock = new Object();
    private final Object kafkaLock = new Object();
    private @Nullable PostgresEngine postgres;
    private @Nullable RedisEngine redis;
    private @Nullable KafkaEngine kafka;

    public ThrowawayEngines() {
        directory = ThrowawayDirectory.create(Path.of(System.getProperty("java.io.tmpdir")), user);
        binaries = cache();
        sentinel = Sentinel.start(directory.path());
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "throwaway-engines"));
    }

    public PostgresEngine postgres() {
        synchronized (postgresLock) {
            if (postgres == null) {
                postgres =
                        new PostgresEngine(PostgresSettings.throwaway(Ports.free(), files("postgres")), sentinel, user);
                postgres.start(START_TIMEOUT);
            }
            return postgres;
        }
    }

    public RedisEngine redis() {
        synchronized (redisLock) {
            if (redis == null) {
                redis = new RedisEngine(
                        new RedisSettings(Ports.free(), files("redis"), "throwaway-password"), sentinel);
                redis.start(START_TIMEOUT);
            }
            return redis;
        }
    }

    public KafkaEngine kafka() {
        synchronized (kafkaLock) {
            if (kafka == null) {
                kafka = new KafkaEngine(new KafkaSettings(Ports.free(), Ports.free(), files("kafka")), sentinel);
                kafka.start(START_TIMEOUT);
            }
            return kafka;
        }
    }

    /**
     * Nothing of theirs is worth a polite goodbye, but for the first broker of a machine, which has something to leave.
     */
    @Override
    public void close() {
        synchronized (kafkaLock) {
            if (kafka != null && kafka.isWorthStopping()) kafka.stop();
            if (kafka != null) kafka.kill();
        }
        synchronized (redisLock) {
            if (redis != null) redis.kill();
        }
        synchronized (postgresLock) {
            if (postgres != null) {
                postgres.kill();
                postgres.wipe();
            }
        }
        sentinel.close();
        directory.delete();
    }

    private EngineFiles files(String name) {
        return new EngineFiles(directory.path().resolve(name), directory.path().resolve(name + ".log"), binaries);
    }

    private static Path cache() {
        var inHome = Path.of(System.getProperty("user.home"), ".cache", "flash-sale", "engines");
        try {
            Files.createDirectories(inHome);
            if (Files.isWritable(inHome)) return inHome;
        } catch (IOException readOnlyHome) {
            return inTemporaryDirectory();
        }
        return inTemporaryDirectory();
    }

    /** One per user: programs that another user may replace are not for running. */
    private static Path inTemporaryDirectory() {
        return Path.of(
                System.getProperty("java.io.tmpdir"), "flash-sale-engines-of-" + System.getProperty("user.name"));
    }
}
