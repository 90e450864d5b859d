package com.flashsale.platform.test.simulation;

/** A run that broke a promise, and the line that plays it again. */
public final class SimulationFailure extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final transient SimulationRun play;

    SimulationFailure(String machine, SimulationRun play, Throwable cause) {
        super(
                """
                %s: %s
                replay with -Dsimulation.seed=0x%x
                the last of %d steps:
                %s""".formatted(
                                machine,
                                cause.getMessage(),
                                play.seed(),
                                play.trace().steps(),
                                play.trace().tail()),
                cause);
        this.play = play;
    }

    SimulationRun play() {
        return play;
    }

    /** The broken promise alone; or the exception that ended the run. */
    String promise() {
        var cause = getCause();
        if (cause instanceof AssertionError) return String.valueOf(cause.getMessage());
        return "an exception ended the run: " + cause;
    }
}
