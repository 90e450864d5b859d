package com.flashsale.customers.demo;

import com.flashsale.client.Console;
import com.flashsale.customers.Counters;
import com.flashsale.customers.Counters.Count;
import java.util.List;
import java.util.Locale;

/** How the sale stands, said once a second and only when something has changed. */
final class Progress {

    private static final int BAR = 50;

    private final Console console;
    private final SalePlan plan;
    private List<String> said = List.of();

    Progress(Console console, SalePlan plan) {
        this.console = console;
        this.plan = plan;
    }

    void show(Timeline.Look look, Counters counters) {
        var now = List.of(
                "line  %5d issued %5d served %5d wait  %5d on the waitlist"
                        .formatted(look.issued(), look.serving(), look.waiting(), look.waitlist()),
                "units %5d free   %5d held   %5d sold   %s"
                        .formatted(look.available(), look.reserved(), look.sold(), bar(look)),
                "told  %5d of %d, %d joins answered"
                        .formatted(look.told(), plan.customers(), counters.of(Count.JOINS)));
        if (!now.equals(said)) {
            said = now;
            console.show(String.format(Locale.ROOT, "%6.1f s", look.millis() / 1000.0), now);
        }
    }

    /** Sold, reserved and free units in proportion. */
    private String bar(Timeline.Look look) {
        int sold = (int) (look.sold() * BAR / plan.units());
        int taken = (int) ((look.sold() + look.reserved()) * BAR / plan.units());
        return "#".repeat(sold) + "+".repeat(taken - sold) + ".".repeat(BAR - taken);
    }
}
