package com.flashsale.customers.demo;

import com.flashsale.client.api.Steps.Step;
import com.flashsale.customers.Behaviour;
import com.flashsale.customers.Counters;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of a sale.
 *
 * @param cast the number of customers that were drawn with each habit
 * @param joins answered requests to join, and their number per second while the rush lasted
 * @param askedToWait requests that were asked to come again later, and did, by the reason in the response
 * @param endings the number of customers with each final answer
 * @param seconds since the opening: until all units were paid for, until the last customer knew
 * @param conditions the conditions of a success; the sale is one when all hold
 */
public record SaleResult(
        String saleId,
        int units,
        int customers,
        long seed,
        Map<Behaviour, Integer> cast,
        Rush joins,
        Map<Counters.Count, Long> counts,
        Map<String, Long> askedToWait,
        Map<String, Long> endings,
        Map<Step, Percentiles> steps,
        Seconds seconds,
        Platform platform,
        FinalState books,
        List<Condition> conditions) {

    /** @param seconds from the release until the first attempts of all customers were answered */
    public record Rush(long answered, double seconds, long perSecond) {}

    public record Seconds(@Nullable Double toAllPaid, double toLastAnswer) {}

    public record Platform(@Nullable Double secondsToReady, long rssBytes) {}

    public boolean isSuccess() {
        return conditions.stream().allMatch(Condition::holds);
    }
}
