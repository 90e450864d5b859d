package com.flashsale.local.service;

import org.jspecify.annotations.Nullable;

/**
 * How the services of one platform are run.
 *
 * @param training each service records what it loads and compiles, for its {@link TrainedCache}
 * @param tracing null: no service carries an agent
 */
public record RunMode(Jvm jvm, boolean training, @Nullable Tracing tracing) {

    public static final RunMode USUAL = new RunMode(Jvm.quick, false, null);

    public RunMode recording() {
        return new RunMode(jvm, true, tracing);
    }
}
