package com.flashsale.audit;

import com.flashsale.audit.Findings.Violation;
import com.flashsale.audit.evidence.Evidence;
import com.flashsale.audit.rule.CheckResult;
import com.flashsale.audit.rule.Invariant;
import com.flashsale.audit.rule.LiveRules;
import com.flashsale.audit.rule.Rule;
import com.flashsale.client.platform.Context;
import com.flashsale.client.platform.Databases;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Looks at the databases about once a second, while a sale runs, for what must be true in every committed snapshot. One
 * thread, one connection per database, one statement at a time. It rests for at least {@value #REST} times as long as a
 * look took, unless its user asks for other rests. So it never takes more than a twentieth of one core, however large
 * the tables are.
 *
 * <pre>
 * try (var watch = AuditWatch.start(context)) {
 *     … a sale …
 *     var findings = watch.stop();
 * }
 * </pre>
 */
public final class AuditWatch implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int REST = 19;
    private static final Duration LONGEST_STOP = Duration.ofSeconds(70);

    private record Watched(Invariant invariant, Rule rule, PersistentViolations persistent) {}

    private final Databases databases;
    private final Consumer<Violation> told;
    private final UnaryOperator<Duration> rest;
    private final Clock clock = Clock.systemUTC();
    private final List<Watched> watched = new ArrayList<>();
    private final ViolationLog log = new ViolationLog();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    private AuditWatch(Databases databases, Consumer<Violation> told, UnaryOperator<Duration> rest) {
        this.databases = databases;
        this.told = told;
        this.rest = rest;
        for (var invariant : LiveRules.all()) {
            invariant.rules().forEach(rule -> watched.add(new Watched(invariant, rule, new PersistentViolations())));
        }
        this.thread = Thread.ofPlatform().name("audit-watch").daemon().unstarted(this::run);
    }

    /** Watches the platform of this context, with connections of its own. */
    public static AuditWatch start(Context context) {
        return start(context, _ -> {});
    }

    /** @param told of each violation when it is seen first, on the watch's thread */
    public static AuditWatch start(Context context, Consumer<Violation> told) {
        return start(Evidence.databasesOf(context), told);
    }

    /**
     * @param databases from now on the watch's own, who closes them
     * @param told of each violation when it is seen first, on the watch's thread
     */
    public static AuditWatch start(Databases databases, Consumer<Violation> told) {
        return start(databases, told, took -> took.multipliedBy(REST));
    }

    /** @param rest the least rest after a look that took this time; it is a second at least */
    public static AuditWatch start(Databases databases, Consumer<Violation> told, UnaryOperator<Duration> rest) {
        var watch = new AuditWatch(databases, told, rest);
        watch.thread.start();
        return watch;
    }

    private void run() {
        try (databases) {
            boolean goesOn = true;
            while (goesOn) goesOn = rest(sample());
            sample(); // what the last second brought
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (SQLException notClosed) {
            log.failed(String.valueOf(notClosed.getMessage()));
        }
    }

    /** Returns how long it took. */
    private Duration sample() throws InterruptedException {
        long begin = System.nanoTime();
        var lookedAt = clock.instant();
        try {
            var evidence = Evidence.of(databases);
            for (var each : watched) check(each, evidence);
            log.sampled(lookedAt, since(begin));
        } catch (SQLException away) {
            log.failed(String.valueOf(away.getMessage()));
            watched.forEach(each -> each.persistent().forget());
            reconnect();
        }
        return since(begin);
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private void check(Watched each, Evidence evidence) throws SQLException, InterruptedException {
        var result = new CheckResult();
        each.rule().check(evidence, result);
        var now = clock.instant();
        each.persistent().take(result, each.rule().patience(), now, (subject, seen) -> {
            if (!seen.untilNow()) return;
            var news = log.saw(each.invariant(), subject, seen, now);
            if (news != null) told.accept(news);
        });
    }

    private void reconnect() {
        try {
            databases.reconnect();
        } catch (SQLException alreadyGone) {
            log.failed(String.valueOf(alreadyGone.getMessage()));
        }
    }

    /** False when it is to stop. */
    private boolean rest(Duration took) throws InterruptedException {
        var pause = rest.apply(took);
        long nanos = (pause.compareTo(EVERY) > 0 ? pause : EVERY).toNanos();
        return !stopping.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** The findings until now. */
    public Findings findings() {
        return log.findings();
    }

    /** When the last complete look began; empty before it. A violation that this look saw was last seen later. */
    public Optional<Instant> lookedAt() {
        return log.lookedAt();
    }

    /** Ends the watch after one last look, and says what it saw; the same when it is asked again. */
    public Findings stop() {
        stopping.countDown();
        try {
            if (!thread.join(LONGEST_STOP)) log.failed("the last sample took longer than " + LONGEST_STOP);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        return log.findings();
    }

    @Override
    public void close() {
        stop();
    }
}
