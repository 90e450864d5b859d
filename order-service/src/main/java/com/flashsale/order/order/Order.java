package com.flashsale.order.order;

import java.time.Instant;

/**
 * The purchase of one customer. It changes only from the state that a transition names, in one guarded statement of
 * {@link OrderTransitions}: a transition that comes second changes nothing.
 */
public sealed interface Order {

    Purchase purchase();

    /** Accepted; inventory has not decided yet. */
    record Placed(Purchase purchase) implements Order {}

    /** Units are held until then; at that instant they no longer are. */
    record Reserved(Purchase purchase, Instant until) implements Order {}

    /** The money is captured. Only inventory can still undo it: the payment was too late, and no unit is left. */
    record Paid(Purchase purchase) implements Order {}

    record Refused(Purchase purchase, RefusalReason reason) implements Order {}

    record Cancelled(Purchase purchase, CancellationReason reason) implements Order {}

    enum RefusalReason {
        SOLD_OUT,
        LIMIT_REACHED
    }

    enum CancellationReason {
        EXPIRED,
        BY_CUSTOMER,
        PAYMENT_DECLINED
    }

    /** The state's name in the database and on the wire. */
    default String state() {
        return switch (this) {
            case Placed _ -> "PLACED";
            case Reserved _ -> "RESERVED";
            case Paid _ -> "PAID";
            case Refused _ -> "REFUSED";
            case Cancelled _ -> "CANCELLED";
        };
    }

    /** Whether its owner has nothing more to wait for. */
    default boolean isFinal() {
        return switch (this) {
            case Placed _, Reserved _ -> false;
            case Paid _, Refused _, Cancelled _ -> true;
        };
    }
}
