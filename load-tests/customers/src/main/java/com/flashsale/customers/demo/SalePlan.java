package com.flashsale.customers.demo;

import com.flashsale.client.api.Operator.Terms;
import com.flashsale.client.api.Operator.Times;
import com.flashsale.customers.BehaviourShares;
import com.flashsale.customers.Shop.CrowdSettings;
import java.time.Duration;

/**
 * The plan of a simulated sale: its offer, its customers, and its longest duration.
 *
 * @param product the name that people see in the shop
 * @param longest the time after which the sale is ended, even if customers still want a unit
 */
public record SalePlan(
        String product,
        Terms terms,
        int customers,
        long seed,
        BehaviourShares habits,
        CrowdSettings settings,
        Duration longest) {

    private static final int MOST_UNITS = 10_000;
    private static final int MOST_CUSTOMERS = 50_000;
    private static final int MOST_TABS = 20;
    private static final double CROWD_FACTOR = 5;
    private static final int DEMO_JOINS_UNDER_WAY = 128;
    private static final int CROWD_JOINS_UNDER_WAY = 256;

    public SalePlan {
        within("--units", terms.units(), MOST_UNITS);
        within("--customers", customers, MOST_CUSTOMERS);
        within("joins per customer", settings.joinsPerCustomer(), MOST_TABS);
    }

    /** A sale to watch: it has a lobby, a rush and units that come back, and is over in about a minute. */
    public static SalePlan demo(int units, int customers, long seed) {
        var times = new Times(
                Duration.ofSeconds(8),
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30));
        return new SalePlan(
                "Aurora Sneaker",
                new Terms(units, CROWD_FACTOR, times),
                customers,
                seed,
                BehaviourShares.usual(),
                new CrowdSettings(DEMO_JOINS_UNDER_WAY, 1, Duration.ofSeconds(4)),
                Duration.ofMinutes(3));
    }

    /** A rush: each customer joins with several requests at once, as fast as this machine can. */
    public static SalePlan crowd(int units, int customers, int joins, long seed) {
        var times = new Times(
                Duration.ZERO,
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1));
        if (joins % customers != 0) {
            throw new IllegalArgumentException(
                    "--joins must be a multiple of --customers: everybody joins equally often");
        }
        return new SalePlan(
                "Aurora Sneaker, rush",
                new Terms(units, CROWD_FACTOR, times),
                customers,
                seed,
                BehaviourShares.ofACrowd(),
                new CrowdSettings(CROWD_JOINS_UNDER_WAY, joins / customers, Duration.ofSeconds(15)),
                Duration.ofMinutes(10));
    }

    public int units() {
        return terms.units();
    }

    private static void within(String what, int number, int most) {
        if (number < 1 || number > most) throw new IllegalArgumentException(what + " must be 1 to " + most);
    }
}
