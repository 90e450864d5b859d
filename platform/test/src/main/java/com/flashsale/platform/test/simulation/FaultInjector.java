package com.flashsale.platform.test.simulation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Injects faults between the code and its database. A run arms one fault for its next action, and the fault fires once.
 * Between two statements of a transaction an intruder may come in, which waits only briefly for locks. So the runs
 * reach every order of commits, but never two statements at the same instant.
 */
public final class FaultInjector {

    private static final long INTRUDER_LIMIT_SECONDS = 20;

    private sealed interface Fault {
        record CrashAtStatement(int statement) implements Fault {}

        record CrashBeforeCommit() implements Fault {}

        record CrashAfterCommit() implements Fault {}

        record Intruder(int statement, Runnable visit) implements Fault {}
    }

    private final Map<String, String> planted = new LinkedHashMap<>();
    private @Nullable Fault armed;
    private int statements;
    private boolean fired;
    private volatile boolean intruding;

    /** The process dies as it is about to run its n-th statement from now, counted from 1. */
    public void crashAtStatement(int statement) {
        arm(new Fault.CrashAtStatement(statement));
    }

    public void crashBeforeCommit() {
        arm(new Fault.CrashBeforeCommit());
    }

    /** The effect is committed, but the process dies before it learns of it. */
    public void crashAfterCommit() {
        arm(new Fault.CrashAfterCommit());
    }

    /** Just before the n-th statement from now an intruder runs this action on a connection and a thread of its own. */
    public void intrudeAtStatement(int statement, Runnable visit) {
        arm(new Fault.Intruder(statement, visit));
    }

    private void arm(Fault fault) {
        armed = fault;
        statements = 0;
        fired = false;
    }

    /** Whether the armed fault has fired; none is armed from now on. */
    public boolean disarm() {
        armed = null;
        return fired;
    }

    /** A planted bug: wherever a statement contains the one text, it is run with the other. */
    public void plant(String text, String instead) {
        planted.put(text, instead);
    }

    public void removePlanted() {
        planted.clear();
    }

    /** Runs an action on this thread without the armed fault, which stays armed for the code under test. */
    public void undisturbed(Runnable visit) {
        var kept = armed;
        armed = null;
        visit.run();
        armed = kept;
    }

    boolean isIntruding() {
        return intruding;
    }

    String beforeStatement(String sql) throws SimulatedCrash {
        if (!intruding && armed != null) {
            statements++;
            switch (armed) {
                case Fault.CrashAtStatement(int at) when at == statements -> crash("at statement " + at);
                case Fault.Intruder(int at, Runnable visit) when at == statements -> let(visit);
                default -> {
                    return planted(sql);
                }
            }
        }
        return planted(sql);
    }

    void beforeCommit() throws SimulatedCrash {
        if (!intruding && armed instanceof Fault.CrashBeforeCommit) crash("before the commit");
    }

    void afterCommit() throws SimulatedCrash {
        if (!intruding && armed instanceof Fault.CrashAfterCommit) crash("after the commit");
    }

    private void crash(String where) throws SimulatedCrash {
        fired = true;
        armed = null;
        throw new SimulatedCrash(where);
    }

    private void let(Runnable visit) {
        fired = true;
        armed = null;
        intruding = true;
        try {
            CompletableFuture.runAsync(
                            visit,
                            command -> Thread.ofPlatform().name("intruder").start(command))
                    .get(INTRUDER_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the intruder failed: " + failed.getCause(), failed.getCause());
        } catch (TimeoutException stuck) {
            throw new IllegalStateException("the intruder is stuck", stuck);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopping);
        } finally {
            intruding = false;
        }
    }

    private String planted(String sql) {
        var result = sql;
        for (var bug : planted.entrySet()) result = result.replace(bug.getKey(), bug.getValue());
        return result;
    }
}
