package com.flashsale.platform.test.simulation;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One run of a state machine.
 *
 * @param onlooker records the run for people who watch it
 */
public record SimulationRun(long seed, SeededRandom chance, Trace trace, Recording onlooker) {

    static SimulationRun of(long seed) {
        return of(seed, Recording.file() != null);
    }

    static SimulationRun of(long seed, boolean watched) {
        return new SimulationRun(seed, new SeededRandom(seed), new Trace(), new Recording(watched));
    }

    public void step(String what) {
        trace.step(what);
        onlooker.step(what);
    }

    /** @param invariant its id in docs/reliability.md; its lamp turns red when the check ends the run */
    public void holds(String invariant, Runnable check) {
        try {
            check.run();
        } catch (AssertionError broken) {
            onlooker.lamp(invariant, false);
            throw broken;
        }
        onlooker.lamp(invariant, true);
    }

    /** Checks of the same moment: each lamp is lit before the first broken promise ends the run. */
    public void allHold(List<String> invariants, Consumer<String> check) {
        AssertionError first = null;
        for (var invariant : invariants) {
            try {
                holds(invariant, () -> check.accept(invariant));
            } catch (AssertionError broken) {
                if (first == null) first = broken;
            }
        }
        if (first != null) throw first;
    }

    /**
     * Runs an action as in production: mostly it succeeds, sometimes its process dies on the way, sometimes another
     * process comes in between.
     *
     * @param statements about how many the action runs
     * @param visit the action of the other process, which gives way when it cannot have a lock
     * @return whether the action came to its end, and knows it
     */
    public boolean attempt(FaultInjector faults, String what, int statements, Runnable action, Runnable visit) {
        var fault = arm(faults, statements, visit);
        step(what + fault);
        var died = false;
        try {
            action.run();
        } catch (RuntimeException failure) {
            if (!SimulatedCrash.isCauseOf(failure)) throw failure;
            died = true;
        }
        var fired = faults.disarm();
        if (died) onlooker.mark(Recording.Mark.DIED);
        else if (fired) onlooker.mark(Recording.Mark.VISITED);
        else if (!fault.isEmpty()) step("  but it did not come to that");
        return !died;
    }

    private String arm(FaultInjector faults, int statements, Runnable visit) {
        var statement = chance.from(1, statements);
        return switch (chance.weighted(10, 3, 1, 1, 5)) {
            case 1 -> {
                faults.crashAtStatement(statement);
                yield ", dying at statement " + statement;
            }
            case 2 -> {
                faults.crashBeforeCommit();
                yield ", dying before the commit";
            }
            case 3 -> {
                faults.crashAfterCommit();
                yield ", dying after the commit";
            }
            case 4 -> {
                faults.intrudeAtStatement(statement, () -> givingWay(visit));
                yield ", with a visitor at statement " + statement;
            }
            default -> "";
        };
    }

    private static void givingWay(Runnable visit) {
        try {
            visit.run();
        } catch (RuntimeException failure) {
            if (!SimulatedCrash.isLockConflict(failure)) throw failure;
        }
    }

    /** Ends the run if the condition does not hold. */
    @SuppressWarnings("AnnotateFormatMethod") // its annotation would be one more dependency
    public static void mustHold(boolean holds, String what, Object... details) {
        if (!holds) throw new AssertionError(what.formatted(details));
    }

    public static void mustBeEqual(Object actual, Object expected, String what) {
        if (!Objects.equals(actual, expected)) {
            throw new AssertionError("%s: is %s, must be %s".formatted(what, actual, expected));
        }
    }
}
