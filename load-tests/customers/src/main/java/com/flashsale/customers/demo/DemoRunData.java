package com.flashsale.customers.demo;

import com.flashsale.customers.CustomerResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The course of a sale.
 *
 * @param results of the customers who got a final answer, or lost their patience
 * @param secondsToAllPaid since the opening; null if that never happened
 * @param rush the first attempts of all customers
 * @param secondsToTellAll from the end of the sale until the last customer knew how it ended
 */
record DemoRunData(
        List<CustomerResult> results,
        List<Timeline.Look> timeline,
        SaleResult.Rush rush,
        @Nullable Double secondsToAllPaid,
        double secondsToTellAll) {}
