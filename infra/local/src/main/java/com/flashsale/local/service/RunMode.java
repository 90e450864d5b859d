package com.flashsale.local.service;

import org.jspecify.annotations.Nullable;

/**
 * How the services of one platform are run.
 *
 * @param recording which services record what they load and compile, for their {@link TrainedCache}
 * @param tracing null: no service carries an agent
 */
public record RunMode(
        Jvm jvm, Recording recording, @Nullable Tracing tracing) {

    public static final RunMode USUAL = new RunMode(Jvm.quick, Recording.NONE, null);

    /** A JVM that records writes it when it ends, which takes it some seconds more. */
    public enum Recording {
        NONE,
        /** Those without a cache: once for each build. */
        WITHOUT_CACHE,
        /** All, and no cache is used. */
        ALL
    }

    public RunMode recording(Recording recording) {
        return new RunMode(jvm, recording, tracing);
    }
}
