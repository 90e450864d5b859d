package com.flashsale.launcher.platform;

import com.flashsale.launcher.service.Jvm;
import com.flashsale.launcher.service.Tracing;
import com.flashsale.launcher.topology.Ports;
import com.flashsale.launcher.topology.Replicas;
import org.jspecify.annotations.Nullable;

/**
 * What a person chose.
 *
 * @param fresh forget all data and secrets of earlier runs
 * @param tracing null: none
 */
public record Options(
        Ports ports,
        Replicas replicas,
        boolean fresh,
        Jvm jvm,
        @Nullable Tracing tracing) {}
