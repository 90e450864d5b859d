package com.flashsale.order.payment;

/** The answer of the provider about a charge, as far as it has arrived. */
public sealed interface Answer {

    record Captured() implements Answer {}

    record Declined() implements Answer {}

    record Refunded() implements Answer {}

    /** The provider knows no such charge; one that is still on its way to it may appear later. */
    record NotKnown() implements Answer {}

    /** No answer in time, or none that makes sense: the money may have been taken or not. */
    record Unclear(String why) implements Answer {}
}
