package com.flashsale.catalog.switches;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** @param changedAt when it was turned last; null for a switch that never was */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Switch(String name, boolean on, @Nullable Instant changedAt) {}
