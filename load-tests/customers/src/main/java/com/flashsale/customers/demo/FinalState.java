package com.flashsale.customers.demo;

import com.flashsale.audit.AuditReport;
import com.flashsale.audit.Findings;
import java.util.Map;

/**
 * The state of the databases after the sale.
 *
 * @param freed units that came back during the sale
 * @param orderPosts requests to place an order that reached order-service, as far as they are known
 * @param orderServiceRestarted true when a replica has lost its count of them: there were more
 * @param mostPromised the most admissions that were out at the same time, at any look
 * @param unclosed waitlist entries that were not told how it ended
 * @param secondsToTellAll from the end of the sale until the last customer knew
 * @param quiet true when no message was on its way any more
 * @param watched the findings of the looks, one a second, while the sale went on
 * @param orders the number of orders in each state
 */
public record FinalState(
        long sold,
        long freed,
        long oversold,
        long orderPosts,
        boolean orderServiceRestarted,
        long inversions,
        long mostPromised,
        long unclosed,
        double secondsToTellAll,
        boolean quiet,
        Map<String, Long> orders,
        AuditReport audit,
        Findings watched) {}
