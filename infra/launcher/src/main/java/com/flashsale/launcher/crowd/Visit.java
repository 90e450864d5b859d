package com.flashsale.launcher.crowd;

import com.flashsale.launcher.client.Ending;
import com.flashsale.launcher.client.Steps.Step;
import java.time.Duration;
import java.util.Map;

/**
 * How it went for one customer.
 *
 * @param at from the release of the crowd to the final answer
 */
public record Visit(Role role, Ending ending, Duration at, Map<Step, Duration> times) {}
