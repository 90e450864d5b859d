package com.flashsale.customers.demo;

import com.flashsale.customers.Counters.Count;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** A result on one page of text. */
public final class ResultPage {

    private static final long MIB = 1L << 20;

    /** The meaning of each final answer. */
    private static final Map<String, String> MEANING = Map.ofEntries(
            Map.entry("PAID", "own a unit"),
            Map.entry("EXPIRED", "did not pay in time"),
            Map.entry("PAYMENT_DECLINED", "gave up after their card was declined"),
            Map.entry("BY_CUSTOMER", "cancelled"),
            Map.entry("TOO_LATE_TO_PAY", "wanted to pay and were too late"),
            Map.entry("CROWD_FULL", "were told at the door that there is no chance"),
            Map.entry("SOLD_OUT", "were told that it is sold out"),
            Map.entry("CLOSED", "waited on the waitlist and were told that it is over"),
            Map.entry("OFFER_LAPSED", "let their offer pass"),
            Map.entry("SALE_ENDED", "were told that the sale has ended"),
            Map.entry("UNANSWERED", "NEVER GOT A FINAL ANSWER"));

    private ResultPage() {}

    public static String of(SaleResult result) {
        var page = new StringJoiner(System.lineSeparator());
        page.add("");
        page.add("RESULT      " + headline(result));
        page.add("  sale        %s: %d units, %d customers, seed %d (--seed %d plays it again)"
                .formatted(result.saleId(), result.units(), result.customers(), result.seed(), result.seed()));
        page.add("  cast        " + result.cast());
        addAnswers(page, result);
        page.add("  orders      %s; %d units came back"
                .formatted(result.books().orders(), result.books().freed()));
        addTraffic(page, result);
        result.steps()
                .forEach((step, times) -> page.add("  %-11s p50 %5d ms   p95 %5d ms   (%d)"
                        .formatted(
                                step.name().toLowerCase(Locale.ROOT),
                                times.p50Millis(),
                                times.p95Millis(),
                                times.count())));
        addTimes(page, result);
        page.add("CONDITIONS");
        result.conditions().forEach(condition -> page.add(condition.line()));
        page.add("AUDIT while the sale went on: " + result.books().watched().text());
        page.add("AUDIT after it: " + result.books().audit().text());
        return page.toString();
    }

    static String headline(SaleResult result) {
        if (result.isSuccess()) {
            return "%d units, %d customers: every unit sold once, everybody told"
                    .formatted(result.units(), result.customers());
        }
        return "FAILED: "
                + String.join(
                        "; ",
                        result.conditions().stream()
                                .filter(condition -> !condition.holds())
                                .map(condition -> condition.name() + " (" + condition.seen() + ")")
                                .toList());
    }

    private static void addAnswers(StringJoiner page, SaleResult result) {
        page.add("  answers");
        result.endings().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(ending -> page.add("    %7d %-17s %s"
                        .formatted(ending.getValue(), ending.getKey(), MEANING.getOrDefault(ending.getKey(), ""))));
        page.add("    %7d in all"
                .formatted(result.endings().values().stream()
                        .mapToLong(Long::longValue)
                        .sum()));
    }

    private static void addTraffic(StringJoiner page, SaleResult result) {
        var counts = result.counts();
        page.add(String.format(
                Locale.ROOT,
                "  joins       %d answered in %.1f s: %d/s; %d in all,"
                        + " %d customers got a number, %d got on the waitlist",
                result.joins().answered(),
                result.joins().seconds(),
                result.joins().perSecond(),
                counts.getOrDefault(Count.JOINS, 0L),
                counts.getOrDefault(Count.IN_LINE, 0L),
                counts.getOrDefault(Count.ON_WAITLIST, 0L)));
        page.add("  asked to wait, and tried again: " + result.askedToWait());
    }

    private static void addTimes(StringJoiner page, SaleResult result) {
        var paid = result.seconds().toAllPaid();
        page.add(String.format(
                Locale.ROOT,
                "  time        %s, the last customer knew after %.1f s",
                paid == null
                        ? "not everything was paid for"
                        : String.format(Locale.ROOT, "all paid after %.1f s", paid),
                result.seconds().toLastAnswer()));
        var ready = result.platform().secondsToReady();
        if (ready != null) {
            page.add(String.format(
                    Locale.ROOT,
                    "  platform    READY in %.0f s, %d MiB resident",
                    ready,
                    result.platform().rssBytes() / MIB));
        }
    }
}
