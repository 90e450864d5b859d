package com.flashsale.local.supervise;

import com.flashsale.local.process.BackOff;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps one resource running: starts it, and starts it again after its process died, with growing waits, until told to
 * stop. One that dies too often is said to have failed, and still tried, slowly.
 *
 * <p>The lock is held while starting. A stop first ends what runs, which makes a start that waits fail, then takes the
 * lock: after that no start can slip in.
 */
final class SupervisedResource {

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration LONGEST_START = Duration.ofMinutes(5);

    private final Resource resource;
    private final StatusBoard board;
    private final Clock clock;
    private final BackOff backOff;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final ReentrantLock starting = new ReentrantLock();
    private volatile boolean commanded;

    SupervisedResource(Resource resource, StatusBoard board, Clock clock, BackOff.Limits limits) {
        this.resource = resource;
        this.board = board;
        this.clock = clock;
        this.backOff = new BackOff(limits);
    }

    Resource resource() {
        return resource;
    }

    void startFirst() throws StartException, InterruptedException {
        try {
            start();
        } catch (StartException e) {
            board.change(resource.id(), status -> status.failed(String.valueOf(e.getMessage())));
            throw e;
        }
    }

    private void start() throws StartException, InterruptedException {
        starting.lock();
        try {
            if (isStopping()) {
                throw new StartException("the platform is being stopped");
            }
            var begun = clock.instant();
            board.change(resource.id(), ResourceStatus::starting);
            resource.start();
            var process = resource.process().orElse(null);
            board.change(resource.id(), status -> status.ready(process, Duration.between(begun, clock.instant())));
        } finally {
            starting.unlock();
        }
    }

    /** Ends it if it runs and starts it at once, also when it was given up. */
    void restart() throws StartException, InterruptedException {
        starting.lock();
        try {
            commanded = true;
            resource.stop();
            backOff.forgive();
            start();
        } catch (StartException e) {
            resource.stop();
            board.change(resource.id(), status -> status.failed(String.valueOf(e.getMessage())));
            throw e;
        } finally {
            commanded = false;
            starting.unlock();
        }
    }

    void watch() {
        Thread.ofVirtual().name("supervise-" + resource.id()).start(() -> {
            try {
                keep();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void keep() throws InterruptedException {
        while (awaitDeath()) {
            if (commanded && isStartedByCommand()) continue;
            var next = backOff.afterDeathAt(clock.instant());
            long seconds = next.pause().toSeconds();
            board.change(
                    resource.id(),
                    status -> next.isSlow()
                            ? status.givenUp("died too often; tried again every " + seconds
                                    + " s; see its log, mend the cause, ./flashsale restart " + resource.id())
                            : status.restarting("died; started again in " + seconds + " s"));
            if (!stopping.await(next.pause().toMillis(), TimeUnit.MILLISECONDS)) {
                startAgain();
            }
        }
    }

    /** Its end was no death: the command holds the lock until it has started it. */
    private boolean isStartedByCommand() {
        starting.lock();
        try {
            return resource.process().isPresent();
        } finally {
            starting.unlock();
        }
    }

    /** A start that fails counts as one more death. */
    private void startAgain() throws InterruptedException {
        starting.lock();
        try {
            var process = resource.process();
            if (process.isPresent()) {
                // a command was quicker
                board.change(
                        resource.id(),
                        status ->
                                status.ready(process.get(), Objects.requireNonNullElse(status.took(), Duration.ZERO)));
                return;
            }
            start();
        } catch (StartException e) {
            resource.stop();
        } finally {
            starting.unlock();
        }
    }

    /** True when the process has died, false when the platform is being stopped. */
    private boolean awaitDeath() throws InterruptedException {
        boolean stopped = isStopping();
        while (!stopped && resource.process().isPresent()) {
            stopped = stopping.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
        return !stopped;
    }

    void stopWatching() {
        stopping.countDown();
    }

    void stop() throws InterruptedException {
        stopWatching();
        resource.stop();
        if (starting.tryLock(LONGEST_START.toSeconds(), TimeUnit.SECONDS)) {
            try {
                resource.stop();
            } finally {
                starting.unlock();
            }
        }
        board.change(
                resource.id(), status -> status.state() == ResourceStatus.State.FAILED ? status : status.stopped());
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }
}
