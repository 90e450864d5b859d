package com.flashsale.launcher.platform;

import com.flashsale.launcher.service.RunMode;
import com.flashsale.launcher.topology.Ports;
import com.flashsale.launcher.topology.Replicas;

/**
 * The options that a person chose.
 *
 * @param fresh forget all data and secrets of earlier runs
 */
public record Options(Ports ports, Replicas replicas, boolean fresh, RunMode mode) {

    /** The same, with services that record what they learn. */
    public Options training() {
        return new Options(ports, replicas, fresh, mode.recording());
    }
}
