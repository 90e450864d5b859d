package com.flashsale.order.order;

import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemType;

/** Problems of orders. A missing order and another customer's order get the same answer. */
public final class OrderProblems {

    private static final ProblemType ORDER_NOT_FOUND =
            new ProblemType("order-not-found", 404, "You have no such order.");

    private OrderProblems() {}

    public static ProblemException orderNotFound() {
        return new ProblemException(ORDER_NOT_FOUND, "GET /api/v1/orders lists your orders.");
    }
}
