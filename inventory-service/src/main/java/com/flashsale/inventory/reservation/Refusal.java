package com.flashsale.inventory.reservation;

/** Why an order gets no units. */
enum Refusal {
    SOLD_OUT("SOLD_OUT"),
    LIMIT_REACHED("LIMIT_REACHED"),
    /**
     * The sale is not open. Customers get the same reason as after a sell-out, since no unit is left for them either
     * way.
     */
    NOT_OPEN("SOLD_OUT"),
    /**
     * A load test ordered from a real sale, or a real customer from a load test's sale. order-service has let the order
     * through, and this check is the last one.
     */
    OTHER_TRAFFIC("SOLD_OUT");

    private final String reason;

    Refusal(String reason) {
        this.reason = reason;
    }

    /** The reason in the events. */
    String reason() {
        return reason;
    }
}
