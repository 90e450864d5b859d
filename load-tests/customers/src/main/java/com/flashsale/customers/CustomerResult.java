package com.flashsale.customers;

import com.flashsale.client.api.Ending;
import com.flashsale.client.api.Steps.Step;
import java.time.Duration;
import java.util.Map;

/**
 * How it went for one customer.
 *
 * @param at from the release of the crowd to the final answer
 */
public record CustomerResult(CustomerProfile profile, Ending ending, Duration at, Map<Step, Duration> times) {}
