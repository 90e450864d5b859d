package com.flashsale.client.api;

/** The final answer that a shopper got. */
public sealed interface Ending {

    /** For counting: a word per kind of answer. */
    default String word() {
        return switch (this) {
            case Paid _ -> "PAID";
            case Refused(var reason) -> reason;
            case Unanswered _ -> "UNANSWERED";
        };
    }

    record Paid(String orderId) implements Ending {}

    /** An honest no, with the reason the platform gave: SOLD_OUT, CROWD_FULL, SALE_ENDED, EXPIRED … */
    record Refused(String reason) implements Ending {}

    /** No final answer: what a platform must never do. */
    record Unanswered(String why) implements Ending {}
}
