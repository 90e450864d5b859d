package com.flashsale.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
    private final OrphanReaper reaper;
    private final AtFirstUse<PostgresEngine> postgres = new AtFirstUse<>(this::newPostgres);
    private final AtFirstUse<RedisEngine> redis = new AtFirstUse<>(this::newRedis);
    private final AtFirstUse<KafkaEngine> kafka = new AtFirstUse<>(this::newKafka);

    public ThrowawayEngines() {
        directory = ThrowawayDirectory.create(Path.of(System.getProperty("java.io.tmpdir")), user);
        binaries = cache();
        reaper = OrphanReaper.start(directory.path());
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "throwaway-engines"));
    }

    /** An engine that starts when a test first asks for it. */
    private static final class AtFirstUse<E extends Engine> {

        private final Supplier<E> create;
        private @Nullable E engine;

        AtFirstUse(Supplier<E> create) {
            this.create = create;
        }

        synchronized E get() {
            if (engine == null) {
                engine = create.get();
                engine.start(START_TIMEOUT);
            }
            return engine;
        }

        synchronized void ifCreated(Consumer<E> action) {
            if (engine != null) action.accept(engine);
        }
    }

    public PostgresEngine postgres() {
        return postgres.get();
    }

    public RedisEngine redis() {
        return redis.get();
    }

    public KafkaEngine kafka() {
        return kafka.get();
    }

    private PostgresEngine newPostgres() {
        return new PostgresEngine(PostgresSettings.throwaway(Ports.free(), files("postgres")), reaper, user);
    }

    private RedisEngine newRedis() {
        return new RedisEngine(new RedisSettings(Ports.free(), files("redis"), "throwaway-password"), reaper);
    }

    private KafkaEngine newKafka() {
        return new KafkaEngine(new KafkaSettings(Ports.free(), Ports.free(), files("kafka")), reaper);
    }

    /**
     * Kills the engines. Only the first broker of a machine stops politely, because it leaves an archive of classes.
     */
    @Override
    public void close() {
        kafka.ifCreated(engine -> {
            if (engine.isWorthStopping()) engine.stop();
            engine.kill();
        });
        redis.ifCreated(Engine::kill);
        postgres.ifCreated(engine -> {
            engine.kill();
            engine.wipe();
        });
        reaper.close();
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
