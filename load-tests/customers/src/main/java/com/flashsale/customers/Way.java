package com.flashsale.customers;

import com.flashsale.client.api.Answer;
import com.flashsale.client.api.Ending;
import com.flashsale.client.api.Ending.Refused;
import com.flashsale.client.api.Ending.Unanswered;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a customer stands after a step. */
sealed interface Way {

    /** May order, by turn or by offer. */
    record Admitted(String admission) implements Way {}

    /** @param ticket that keeps its place on the waitlist; null if the customer has none */
    record SoldOut(@Nullable String ticket) implements Way {}

    /** Back to the line: the turn was missed, the admission came to nothing, or units are sold by number again. */
    record Again() implements Way {}

    record Over(Ending ending) implements Way {}

    /** An honest no is an answer; anything else is none. */
    static Way refusal(Answer answer) {
        boolean honest = answer.status() / 100 == 4 && !answer.problem().isEmpty();
        return new Over(
                honest
                        ? new Refused(answer.problem().toUpperCase(Locale.ROOT).replace('-', '_'))
                        : new Unanswered("answered with " + answer));
    }

    static Way lost(String why) {
        return new Over(new Unanswered(why));
    }
}
