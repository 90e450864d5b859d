package com.flashsale.engines;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A database or broker that runs as a child process on a loopback port.
 *
 * <p>An engine is known by its home directory, not by the JVM that started it: {@link #start} takes over one that
 * already runs there, and {@link #stop} ends one that another JVM has started.
 */
public sealed interface Engine permits ChildEngine {

    String name();

    int port();

    /**
     * The address for clients: a JDBC URL, {@code redis://host:port} or {@code host:port}; never with a password in it.
     */
    String url();

    Path log();

    /** The process id, or -1 while the engine is not running. */
    long pid();

    /**
     * Returns when the engine answers; throws {@link EngineException} with the end of its log when it does not within
     * the timeout.
     */
    void start(Duration timeout);

    /** True when the engine has just answered a real request. */
    boolean isReady();

    /** Ends the engine politely, and by force when it does not obey. Nothing happens if it is not running. */
    void stop();

    /** Ends the engine as a power cut would: no time to flush or to say goodbye. */
    void kill();
}
