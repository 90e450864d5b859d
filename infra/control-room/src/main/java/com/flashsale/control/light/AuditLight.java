package com.flashsale.control.light;

import com.flashsale.audit.AuditWatch;
import com.flashsale.audit.Findings;
import com.flashsale.audit.Findings.Violation;
import com.flashsale.audit.evidence.Evidence;
import com.flashsale.audit.rule.LiveRules;
import com.flashsale.client.platform.Context;
import com.flashsale.control.light.Light.Lamp;
import com.flashsale.control.light.Light.Wrong;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The watch of the audit while a browser looks on. It starts with no findings each time. */
public final class AuditLight implements AutoCloseable {

    /** A look takes at most 2 % of the time, as long as that means a look in four seconds; then at most 5 %. */
    private static final int REST = 49;

    private static final int LEAST_REST = 19;
    private static final Duration SOON = Duration.ofSeconds(4);

    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(5);
    private static final int MOST_SHOWN = 20;

    /** Without a look for this long, a failure is worth a word, and then the light goes out. */
    private static final Duration FAILS_AFTER = Duration.ofSeconds(5);

    private static final Duration DARK_AFTER = Duration.ofSeconds(15);
    private static final Findings NOTHING = new Findings(0, 0, null, Duration.ZERO, Duration.ZERO, List.of());

    /** Sales have no explanation, so their ids are left out. */
    private static final Pattern EXPLAINABLE =
            Pattern.compile("(?<!sale )\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b");

    private final Context context;
    private final Consumer<Violation> told;
    private volatile boolean connected;
    private @Nullable AuditWatch watch;

    /** @param told of each violation when it is seen first */
    public AuditLight(Context context, Consumer<Violation> told) {
        this.context = context;
        this.told = told;
    }

    public synchronized void start() {
        if (watch == null) {
            connected = false;
            watch = AuditWatch.start(Evidence.databasesOf(context, LONGEST_STATEMENT), told, this::rest);
        }
    }

    /** The first look also opens the connections, so it says nothing about the next one. */
    private Duration rest(Duration took) {
        if (!connected) {
            connected = true;
            return Duration.ZERO;
        }
        return rested(took);
    }

    static Duration rested(Duration took) {
        var usual = took.multipliedBy(REST);
        var least = took.multipliedBy(LEAST_REST);
        var soon = usual.compareTo(SOON) < 0 ? usual : SOON;
        return soon.compareTo(least) > 0 ? soon : least;
    }

    /** Returns at once: the watch takes a last look by itself, which may take long while a database hangs. */
    public synchronized void stop() {
        var running = watch;
        watch = null;
        if (running != null) Thread.ofVirtual().name("audit-light-stop").start(running::close);
    }

    public synchronized Light now() {
        var running = watch;
        if (running == null) return of(NOTHING, null, Instant.now());
        return of(running.findings(), running.lookedAt().orElse(null), Instant.now());
    }

    static Light of(Findings findings, @Nullable Instant lookedAt, Instant now) {
        boolean fails = findings.failed() > 0 && (lookedAt == null || lookedAt.isBefore(now.minus(FAILS_AFTER)));
        boolean dark = lookedAt == null || (fails && lookedAt.isBefore(now.minus(DARK_AFTER)));
        return new Light(
                !findings.violations().isEmpty() ? "RED" : dark ? "DARK" : "GREEN",
                lookedAt == null ? null : lookedAt.toEpochMilli(),
                findings.samples(),
                findings.samples() == 0 ? 0 : findings.busy().toMillis() / findings.samples(),
                fails ? String.valueOf(findings.lastFailure()) : "",
                lamps(findings.violations(), lookedAt == null ? now : lookedAt));
    }

    private static List<Lamp> lamps(List<Violation> violations, Instant lookedAt) {
        return LiveRules.all().stream()
                .map(invariant -> {
                    var wrong = violations.stream()
                            .filter(violation -> violation.id().equals(invariant.id()))
                            .toList();
                    return new Lamp(
                            invariant.id(),
                            invariant.name(),
                            wrong.isEmpty(),
                            wrong.stream()
                                    .limit(MOST_SHOWN)
                                    .map(one -> wrong(one, lookedAt))
                                    .toList());
                })
                .toList();
    }

    private static Wrong wrong(Violation violation, Instant lookedAt) {
        var text = violation.subject() + " " + violation.what();
        var ids = EXPLAINABLE
                .matcher(text)
                .results()
                .map(found -> found.group())
                .distinct()
                .toList();
        return new Wrong(
                violation.subject(),
                violation.what(),
                violation.since().toEpochMilli(),
                violation.lastSeen().toEpochMilli(),
                !violation.lastSeen().isBefore(lookedAt),
                ids);
    }

    @Override
    public void close() {
        stop();
    }
}
