package com.flashsale.engines;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The signal that asks a process to end. */
public enum Signal {
    /** PostgreSQL: disconnect all clients and shut down cleanly. */
    INT,
    /** All other engines: finish and end. */
    TERM;

    private static final int SECONDS_FOR_KILL = 5;

    void send(ProcessIdentity process) {
        if (!process.isAlive()) return;
        try {
            // the JVM itself can only send TERM and KILL; the shell's own kill, because slim machines have no program
            // of that name
            var kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + name() + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!kill.waitFor(SECONDS_FOR_KILL, TimeUnit.SECONDS)) kill.destroyForcibly();
        } catch (IOException e) {
            throw new EngineException("Cannot send " + this + " to process " + process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
