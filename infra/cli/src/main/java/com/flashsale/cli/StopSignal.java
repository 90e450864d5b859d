package com.flashsale.cli;

import com.flashsale.local.platform.Platform;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl+C and TERM stop the platform in order and end this process with the code of the command. Leaving the block
 * without a signal stops the platform too, and leaves the exit code to the caller.
 */
final class StopSignal implements AutoCloseable {

    private final Platform platform;
    private final int exitCode;
    private final AtomicBoolean leaving = new AtomicBoolean();
    private final AtomicBoolean requested = new AtomicBoolean();

    private StopSignal(Platform platform, int exitCode) {
        this.platform = platform;
        this.exitCode = exitCode;
    }

    static StopSignal closing(Platform platform, int exitCode) {
        var signal = new StopSignal(platform, exitCode);
        Runtime.getRuntime().addShutdownHook(new Thread(signal::onExit, "stop-platform"));
        return signal;
    }

    /** Halt, because the virtual machine would otherwise report the signal's number as its exit code. */
    private void onExit() {
        if (!leaving.get()) {
            requested.set(true);
            platform.close();
            Runtime.getRuntime().halt(exitCode);
        }
    }

    /**
     * A platform that is being stopped fails in many ways that need no report: once the stop has begun, this method
     * never returns.
     */
    void parkIfRequested() throws InterruptedException {
        if (requested.get()) {
            new CountDownLatch(1).await();
        }
    }

    @Override
    public void close() {
        platform.close();
        leaving.set(true);
    }
}
