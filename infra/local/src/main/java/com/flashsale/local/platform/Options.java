package com.flashsale.local.platform;

import com.flashsale.client.topology.Ports;
import com.flashsale.client.topology.Replicas;
import com.flashsale.local.service.RunMode;

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
