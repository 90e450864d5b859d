package com.flashsale.inventory.reservation;

/** Why an order gets no units. */
enum Refusal {
    SOLD_OUT("SOLD_OUT"),
    LIMIT_REACHED("LIMIT_REACHED"),
    /** The sale is not open; customers are told the same as when nothing is left, since for them nothing is. */
    NOT_OPEN("SOLD_OUT"),
    /** A load test ordered what is real, or the other way round: order-service has let it through, and this is the last door. */
    OTHER_TRAFFIC("SOLD_OUT");

    private final String reason;

    Refusal(String reason) {
        this.reason = reason;
    }

    /** The word other services know. */
    String reason() {
        return reason;
    }
}
