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

    /** The broken promise alone. */
    String promise() {
        return String.valueOf(getCause() == null ? getMessage() : getCause().getMessage());
    }
}
