package com.flashsale.launcher.demo;

import com.flashsale.launcher.client.Steps.Step;
import com.flashsale.launcher.crowd.Habit;
import com.flashsale.launcher.crowd.Tally;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a sale came to.
 *
 * @param cast how many customers were drawn with which habit
 * @param joins answered requests to join, and how many a second while the rush lasted
 * @param askedToWait requests that were to come again later, and did, by the reason given
 * @param endings how many customers got which final answer
 * @param seconds since the opening: until everything was paid for, until the last customer knew
 * @param conditions what had to be true; the sale is a success when all are
 */
public record SaleResult(
        String saleId,
        int units,
        int customers,
        long seed,
        Map<Habit, Integer> cast,
        Rush joins,
        Map<Tally.Count, Long> counts,
        Map<String, Long> askedToWait,
        Map<String, Long> endings,
        Map<Step, Percentiles> steps,
        Seconds seconds,
        Platform platform,
        Aftermath books,
        List<Condition> conditions) {

    /** @param seconds from the release until the first attempt of everybody was answered */
    public record Rush(long answered, double seconds, long perSecond) {}

    public record Seconds(@Nullable Double toAllPaid, double toLastAnswer) {}

    public record Platform(@Nullable Double secondsToReady, long rssBytes) {}

    public boolean isSuccess() {
        return conditions.stream().allMatch(Condition::holds);
    }
}
