package com.flashsale.local.platform;

import com.flashsale.client.topology.Ports;
import com.flashsale.client.topology.Replicas;
import com.flashsale.local.service.RunMode;
import java.time.Duration;

/**
 * The options that a person chose.
 *
 * @param fresh forget all data and secrets of earlier runs
 * @param warmUp how long a crowd buys before READY; zero for none
 */
public record Options(Ports ports, Replicas replicas, boolean fresh, RunMode mode, Duration warmUp) {

    public Options {
        if (warmUp.isNegative()) throw new IllegalArgumentException("--warm-up must not be negative");
    }

    /** The same, with services that record what they learn. */
    public Options training() {
        return new Options(ports, replicas, fresh, mode.recording(RunMode.Recording.ALL), warmUp);
    }
}
