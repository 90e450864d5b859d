package com.flashsale.local.process;

import com.flashsale.engines.OrphanReaper;
import com.flashsale.engines.ProcessIdentity;
import com.flashsale.engines.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A child process that ends with this JVM at the latest, however this JVM ends. */
public final class ChildProcess {

    private final Process process;
    private final @Nullable ProcessIdentity identity;
    private final OrphanReaper reaper;

    private ChildProcess(Process process, @Nullable ProcessIdentity identity, OrphanReaper reaper) {
        this.process = process;
        this.identity = identity;
        this.reaper = reaper;
    }

    public static ChildProcess start(ProcessSpec spec, OrphanReaper reaper) throws IOException {
        var process = spec.start();
        var identity = ProcessIdentity.of(process.pid());
        identity.ifPresent(alive -> reaper.watch(alive, Signal.TERM));
        return new ChildProcess(process, identity.orElse(null), reaper);
    }

    public Optional<ProcessIdentity> identity() {
        return process.isAlive() ? Optional.ofNullable(identity) : Optional.empty();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Meaningful once it is dead. */
    public int exitValue() {
        return process.exitValue();
    }

    /** Returns when it has ended. */
    public void awaitEnd() {
        process.onExit().join();
    }

    /** Returns when it has ended, and at the latest after this time; false if it had to be killed. */
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) process.destroyForcibly();
        return ended;
    }

    /** TERM, patience, KILL. */
    public void stop(Duration patience) {
        process.destroy();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        if (identity != null) {
            reaper.forget(identity);
        }
    }
}
