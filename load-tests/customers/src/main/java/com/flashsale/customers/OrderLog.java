package com.flashsale.customers;

import org.jspecify.annotations.Nullable;

/** Hears of every POST of an order, answered or not. */
interface OrderLog {

    /**
     * @param orderId null when there is none, as far as the answer says
     * @param status {@link OrderHistory#NO_ANSWER} when none came
     */
    record Attempt(
            String customerId,
            String idempotencyKey,
            String saleId,
            String admission,
            @Nullable String orderId,
            int status) {}

    void tried(Attempt attempt);
}
