package com.flashsale.order.payment;

/** What the provider says about a charge, as far as we could hear it. */
public sealed interface Answer {

    record Captured() implements Answer {}

    record Declined() implements Answer {}

    record Refunded() implements Answer {}

    /** The provider knows no such charge; one that is still on its way to it may appear later. */
    record NotKnown() implements Answer {}

    /** No answer in time, or none that makes sense: the money may have been taken or not. */
    record Unclear(String why) implements Answer {}
}
