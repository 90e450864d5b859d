package com.flashsale.platform.switches;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Asks for the states again and again, from before the process takes requests until after it has finished them. While
 * no instance answers, the last states hold. An instance that fails has its turn again after the others.
 */
final class SwitchPoll implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SwitchPoll.class);

    /**
     * In a row, at another instance if one is known, else on another connection. With the rest they take less than two
     * seconds.
     */
    private static final int MOST_ATTEMPTS = 2;

    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    /** The web server starts in a later phase and stops in an earlier one. */
    private static final int BEFORE_WEB_SERVER = DEFAULT_PHASE - 4096;

    private final Switches switches;
    private final SwitchQuestion question;
    private final Supplier<List<URI>> instances;
    private final Duration every;
    private final Semaphore stopping = new Semaphore(0);
    private volatile boolean running;
    private volatile Thread thread = Thread.currentThread();
    private int next;
    private boolean failing;

    SwitchPoll(Switches switches, SwitchQuestion question, Supplier<List<URI>> instances, Duration every) {
        this.switches = switches;
        this.question = question;
        this.instances = instances;
        this.every = every;
    }

    /** Asks once before it returns, so that a new replica obeys from its first request on. */
    @Override
    public void start() {
        if (running) return;
        running = true;
        ask();
        thread = Thread.ofPlatform().name("switches").daemon().start(this::run);
    }

    private void run() {
        try {
            while (!stopping.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS)) ask();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void ask() {
        try {
            var known = instances.get();
            for (var attempt = 0; attempt < MOST_ATTEMPTS && !known.isEmpty(); attempt++) {
                if (isTold(known.get(Math.floorMod(next, known.size())))) return;
                next++;
            }
        } catch (RuntimeException failure) {
            failed(failure);
        }
    }

    private boolean isTold(URI instance) {
        try {
            switches.learn(question.ask(instance));
            failing = false;
            return true;
        } catch (IOException failure) {
            failed(failure);
            return false;
        }
    }

    private void failed(Exception failure) {
        if (!failing) log.info("No word about the switches, their last states hold: {}", failure.toString());
        failing = true;
    }

    @Override
    public void stop() {
        if (!running) return;
        running = false;
        stopping.release();
        try {
            thread.join(STOP_LIMIT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return BEFORE_WEB_SERVER;
    }
}
