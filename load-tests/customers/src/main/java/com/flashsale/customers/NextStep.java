package com.flashsale.customers;

import com.flashsale.client.api.Answer;
import com.flashsale.client.api.Ending;
import com.flashsale.client.api.Ending.Refused;
import com.flashsale.client.api.Ending.Unanswered;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a customer stands after a step. */
sealed interface NextStep {

    /** May order, by turn or by offer. */
    record Admitted(String admission) implements NextStep {}

    /** @param ticket that keeps its place on the waitlist; null if the customer has none */
    record SoldOut(@Nullable String ticket) implements NextStep {}

    /** Back to the line: the turn was missed, the admission came to nothing, or units are sold by number again. */
    record Again() implements NextStep {}

    record Over(Ending ending) implements NextStep {}

    /** An honest no is an answer; anything else is none. */
    static NextStep refusal(Answer answer) {
        boolean honest = answer.status() / 100 == 4 && !answer.problem().isEmpty();
        return new Over(
                honest
                        ? new Refused(answer.problem().toUpperCase(Locale.ROOT).replace('-', '_'))
                        : new Unanswered("answered with " + answer));
    }

    static NextStep lost(String why) {
        return new Over(new Unanswered(why));
    }
}
