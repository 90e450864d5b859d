package com.flashsale.platform.loadtest;

import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemType;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * This replica's view of load tests. It reads the switch twice a second, and a reading is valid for two seconds. So
 * within two seconds of the switch no replica serves a tagged request, not even one that has lost its database: without
 * a valid reading it refuses.
 */
public class LoadTests implements InitializingBean, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LoadTests.class);

    private static final ProblemType OFF = new ProblemType("load-test-off", 503, "Load tests are switched off.");
    private static final ProblemType PURGED = new ProblemType("load-test-purged", 409, "This load test was purged.");
    private static final ProblemType MISMATCH =
            new ProblemType("load-test-mismatch", 403, "A load test and real traffic do not meet.");

    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration GOOD_FOR = Duration.ofSeconds(2);
    private static final Duration COME_BACK = Duration.ofSeconds(10);
    private static final int MOST_RUNS = 1_000;

    private record Known(LoadSwitch.State state, long at) {}

    private final LoadSwitch stored;
    private final ApplicationEventPublisher events;
    private final Map<String, Long> lastSeen = new ConcurrentHashMap<>();
    private volatile @Nullable ScheduledExecutorService looks;
    private volatile Known known = new Known(new LoadSwitch.State(false, Set.of()), Long.MIN_VALUE);

    LoadTests(LoadSwitch stored, ApplicationEventPublisher events) {
        this.stored = stored;
        this.events = events;
    }

    /** Reads the switch once before the service serves a request or reads from a topic. */
    @Override
    public void afterPropertiesSet() {
        tryToLook();
    }

    @Override
    public void start() {
        // a context may be stopped and started again
        var timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("load-tests").factory());
        looks = timer;
        var _ = timer.scheduleWithFixedDelay(this::tryToLook, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tryToLook() {
        try {
            look();
        } catch (DataAccessException | CannotCreateTransactionException away) {
            log.warn("The load-test switch cannot be read: {}", away.toString());
        }
    }

    void look() {
        long at = System.nanoTime();
        var fresh = stored.read();
        var before = known.state().purged();
        known = new Known(fresh, at);
        fresh.purged().stream()
                .filter(run -> !before.contains(run))
                .forEach(run -> events.publishEvent(new LoadRunPurged(run)));
    }

    /** The reason why a request of this run is refused; empty if it is served. */
    public Optional<ProblemException> refusal(String run) {
        if (!areServed()) return Optional.of(new ProblemException(OFF, "Real traffic goes on.").retryAfter(COME_BACK));
        if (isPurged(run)) return Optional.of(new ProblemException(PURGED, "Use a new name for the next load test."));
        seen(run);
        return Optional.empty();
    }

    /** The refusal of work that would bring tagged and untagged data together. */
    public static ProblemException mismatch() {
        return new ProblemException(MISMATCH, "Both sides belong to the same load test, or both to none.");
    }

    public boolean areServed() {
        return known.state().served()
                && known.at() != Long.MIN_VALUE
                && age(known.at()).compareTo(GOOD_FOR) < 0;
    }

    /**
     * Whether the data of the run was removed and must not come back. Before the first successful reading it reads the
     * switch itself, so that no message is taken without that knowledge.
     */
    public boolean isPurged(String run) {
        if (known.at() == Long.MIN_VALUE) look();
        return known.state().purged().contains(run);
    }

    /** The purged runs of this replica's last reading, which may lag behind the stored ones. */
    Set<String> purged() {
        return known.state().purged();
    }

    private void seen(String run) {
        if (lastSeen.size() > MOST_RUNS) lastSeen.clear();
        lastSeen.put(run, System.nanoTime());
    }

    /** How long ago this replica served a request of the run. */
    Optional<Duration> quietFor(String run) {
        return Optional.ofNullable(lastSeen.get(run)).map(LoadTests::age);
    }

    private static Duration age(long at) {
        return Duration.ofNanos(System.nanoTime() - at);
    }

    @Override
    public void stop() {
        var timer = looks;
        if (timer != null) timer.shutdownNow();
        looks = null;
    }

    @Override
    public boolean isRunning() {
        return looks != null;
    }

    /** Starts before everything that serves requests or reads topics, and stops after all of it. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 900;
    }
}
