package com.flashsale.customers.demo;

import com.flashsale.customers.Counters;
import com.flashsale.customers.Counters.Count;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The judgement on a sale: each of its promises, with the figures that it rests on. */
final class AcceptanceCriteria {

    /** The most requests to place an order per unit that order-service could sell. */
    private static final double POSTS_PER_UNIT = 1.5;

    private static final long TOLD_WITHIN_SECONDS = 30;

    private AcceptanceCriteria() {}

    static List<Condition> of(SalePlan plan, Counters counters, FinalState books) {
        var endings = counters.endings();
        return List.of(
                sold(plan, endings, books),
                told(plan, endings),
                new Condition("nobody waits after the end", closed(books), closedText(books)),
                new Condition("0 oversold", books.oversold() == 0, books.oversold() + " oversold"),
                new Condition("0 FIFO inversions", books.inversions() == 0, books.inversions() + " inversions"),
                new Condition(
                        "one number per customer",
                        counters.of(Count.TWO_NUMBERS) == 0,
                        "%d customers saw two".formatted(counters.of(Count.TWO_NUMBERS))),
                promises(plan, books),
                traffic(plan, books),
                new Condition(
                        "nothing is on its way any more", books.quiet(), books.quiet() ? "quiet" : "still moving"),
                new Condition("audit", books.audit().green(), books.audit().green() ? "GREEN" : "RED"));
    }

    /**
     * The watch compares each look with the units available at that moment. The text shows the most admissions of all
     * looks beside the number of units, the most that a sale can promise.
     */
    private static Condition promises(SalePlan plan, FinalState books) {
        return new Condition(
                "promises within goods, always",
                books.watched().green() && books.mostPromised() <= plan.units(),
                "at most %d admissions out at once, cap %d; %d looks during the sale, %d violations"
                        .formatted(
                                books.mostPromised(),
                                plan.units(),
                                books.watched().samples(),
                                books.watched().violations().size()));
    }

    /** All units are sold, or every customer was served: each one paid for a unit or gave it up. */
    private static Condition sold(SalePlan plan, Map<String, Long> endings, FinalState books) {
        long paid = endings.getOrDefault("PAID", 0L);
        boolean everybodyServed = endings.keySet().stream().allMatch(AcceptanceCriteria::wasServed);
        boolean enough = books.sold() == plan.units() || (books.sold() < plan.units() && everybodyServed);
        return new Condition(
                "every unit has one owner",
                enough && paid == books.sold(),
                "%d units, %d sold, %d customers hold a paid order".formatted(plan.units(), books.sold(), paid));
    }

    private static boolean wasServed(String ending) {
        return switch (ending) {
            case "PAID", "EXPIRED", "BY_CUSTOMER", "PAYMENT_DECLINED" -> true;
            default -> false;
        };
    }

    private static Condition told(SalePlan plan, Map<String, Long> endings) {
        long sum = endings.values().stream().mapToLong(Long::longValue).sum();
        long unanswered = endings.getOrDefault("UNANSWERED", 0L);
        return new Condition(
                "everybody was told",
                sum == plan.customers() && unanswered == 0,
                "%d customers, %d final answers, %d without one"
                        .formatted(plan.customers(), sum - unanswered, plan.customers() - sum + unanswered));
    }

    private static boolean closed(FinalState books) {
        return books.unclosed() == 0 && books.secondsToTellAll() <= TOLD_WITHIN_SECONDS;
    }

    private static String closedText(FinalState books) {
        return String.format(
                Locale.ROOT,
                "%d waitlist entries open, the last customer knew %.1f s after the end (bound %d s)",
                books.unclosed(),
                books.secondsToTellAll(),
                TOLD_WITHIN_SECONDS);
    }

    private static Condition traffic(SalePlan plan, FinalState books) {
        double bound = POSTS_PER_UNIT * (plan.units() + books.freed());
        return new Condition(
                "order-service sees units, not crowds",
                books.orderPosts() <= bound,
                String.format(
                        Locale.ROOT,
                        "%s%d POST /orders <= %.1f x (%d units + %d freed) = %.0f",
                        books.orderServiceRestarted() ? "a replica restarted; since then " : "",
                        books.orderPosts(),
                        POSTS_PER_UNIT,
                        plan.units(),
                        books.freed(),
                        bound));
    }
}
