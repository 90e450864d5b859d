package com.flashsale.order.checkout;

import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemType;

/** Why an order cannot be paid or cancelled; the names are part of the API. */
final class CheckoutProblems {

    private static final ProblemType ORDER_NOT_PAYABLE =
            new ProblemType("order-not-payable", 409, "This order cannot be paid in its state.");
    private static final ProblemType RESERVATION_EXPIRED =
            new ProblemType("reservation-expired", 409, "The time to pay is over.");
    private static final ProblemType PAYMENT_IN_PROGRESS =
            new ProblemType("payment-in-progress", 409, "A payment of this order is already on its way.");
    private static final ProblemType ORDER_NOT_CANCELLABLE =
            new ProblemType("order-not-cancellable", 409, "This order cannot be cancelled in its state.");

    private CheckoutProblems() {}

    static ProblemException notPayable(String state) {
        return new ProblemException(ORDER_NOT_PAYABLE, "It is " + state + ".");
    }

    static ProblemException reservationExpired() {
        return new ProblemException(RESERVATION_EXPIRED, "Its units are released for other customers.");
    }

    static ProblemException paymentInProgress() {
        return new ProblemException(PAYMENT_IN_PROGRESS, "Wait for its outcome.");
    }

    static ProblemException notCancellable(String state) {
        return new ProblemException(ORDER_NOT_CANCELLABLE, "It is " + state + ".");
    }
}
