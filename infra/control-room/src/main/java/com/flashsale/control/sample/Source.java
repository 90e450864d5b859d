package com.flashsale.control.sample;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One kind of figures. A thread of its own reads them, at most one at a time, so a reader that hangs holds up no other
 * figures.
 */
final class Source<T> {

    /** A reader of figures. It must have time limits of its own. */
    @FunctionalInterface
    interface Reader<T> {
        T read() throws IOException, SQLException, InterruptedException;
    }

    /** @param nanos when it was read, as {@link System#nanoTime} */
    record Reading<T>(T value, long nanos) {}

    private final String name;
    private final Reader<T> reader;
    private final Duration every;
    private final Duration goodFor;
    private @Nullable Reading<T> last;
    private String failure = "not read yet";
    private @Nullable Thread running;
    private long due = System.nanoTime();

    /** @param goodFor after this time without a new reading there is none */
    Source(String name, Reader<T> reader, Duration goodFor) {
        this(name, reader, Duration.ZERO, goodFor);
    }

    /**
     * @param every from one good reading to the next; a failed one is repeated at once
     * @param goodFor after this time without a new reading there is none
     */
    Source(String name, Reader<T> reader, Duration every, Duration goodFor) {
        this.name = name;
        this.reader = reader;
        this.every = every;
        this.goodFor = goodFor;
    }

    /** Begins to read, unless the reading before still goes on or is young enough. */
    synchronized void begin() {
        if (running == null && System.nanoTime() - due >= 0)
            running = Thread.ofVirtual().name("sample-" + name).start(this::read);
    }

    /** Waits for the reading that goes on. */
    void await(Duration atMost) throws InterruptedException {
        var thread = running();
        if (thread != null && atMost.isPositive()) thread.join(atMost);
    }

    private synchronized @Nullable Thread running() {
        return running;
    }

    private void read() {
        try {
            var value = reader.read();
            done(new Reading<>(value, System.nanoTime()), "");
        } catch (IOException | SQLException | RuntimeException failed) {
            done(null, String.valueOf(failed.getMessage()));
        } catch (InterruptedException ended) {
            done(null, "stopped");
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void done(@Nullable Reading<T> reading, String why) {
        running = null;
        if (reading != null) {
            last = reading;
            due = reading.nanos() + every.toNanos();
        }
        failure = why;
    }

    /** The last reading while it is good; afterwards null. */
    synchronized @Nullable Reading<T> fresh() {
        if (last != null && System.nanoTime() - last.nanos() > goodFor.toNanos()) last = null;
        return last;
    }

    /** The reason why there is no reading, in a few words. */
    synchronized String failure() {
        return failure.isEmpty() ? "no answer" : failure;
    }

    /** Ends a reading that goes on. */
    synchronized void stop() {
        if (running != null) running.interrupt();
    }
}
