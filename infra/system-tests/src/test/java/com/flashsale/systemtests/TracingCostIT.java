package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The cost of the tracing agent, measured with and without it on the same machine in one run. The figures are in
 * target/tracing-cost.txt.
 */
@Tag("tracing")
class TracingCostIT {

    static final int WARM_UP = 100;
    static final int ORDERS = 300;

    /** The services that carry the agent; the others run without it both times. */
    static final List<String> TRACED = List.of("gateway", "order-service", "inventory-service");

    /**
     * @param ready how long the whole platform took
     * @param startCpu of the three services until then, in milliseconds
     * @param cpuPerOrder of the three services, from the request to the decision, in milliseconds
     */
    record Cost(String what, Duration ready, long startCpu, double cpuPerOrder) {

        @Override
        public String toString() {
            return "%-28s ready %5.1f s   start CPU %6d ms   CPU per order %6.1f ms%n"
                    .formatted(what, ready.toMillis() / 1000.0, startCpu, cpuPerOrder);
        }
    }

    @Test
    void the_agents_cost_is_known() throws Exception {
        try (var collector = new SpanCollector()) {
            var to = collector.address().toString();
            var costs = new ArrayList<Cost>();
            costs.add(costOf("without"));
            assertThat(collector.count()).as("no agent, no span").isZero();
            for (var ratio : List.of("0.01", "1.0")) {
                costs.add(costOf(
                        "with, " + ratio + " of the visits",
                        "--with",
                        "traces",
                        "--traces-of",
                        String.join(",", TRACED),
                        "--traces-to",
                        to,
                        "--traces-ratio",
                        ratio));
            }
            assertThat(collector.count()).isPositive();
            var table = new StringBuilder();
            costs.forEach(table::append);
            Files.writeString(Path.of("target/tracing-cost.txt"), table);
            assertThat(costs).allSatisfy(cost -> assertThat(cost.cpuPerOrder()).isPositive());
        }
    }

    private static Cost costOf(String what, String... choices) throws Exception {
        var begun = System.nanoTime();
        var platform = RunningPlatform.started(Path.of("target/run-cost"), choices);
        try {
            var ready = Duration.ofNanos(System.nanoTime() - begun);
            var startCpu = cpuMillis(platform);
            buy(platform.shop(), WARM_UP);
            var before = cpuMillis(platform);
            buy(platform.shop(), ORDERS);
            return new Cost(what, ready, startCpu, (cpuMillis(platform) - before) / (double) ORDERS);
        } finally {
            platform.stop();
        }
    }

    private static void buy(Shop shop, int count) {
        var sale = shop.openSale(count);
        String last = "";
        Shopper buyer = shop.shopper();
        for (var shopper : shop.shoppers(count)) {
            buyer = shopper;
            last = shop.order(shopper, sale, shop.admission(shopper, sale))
                    .is(202)
                    .text("id");
        }
        shop.awaitState(buyer, last, "RESERVED");
    }

    /** User and system time of the three, from /proc; the kernel counts in hundredths of a second. */
    private static long cpuMillis(RunningPlatform platform) throws IOException {
        long ticks = 0;
        for (var service : TRACED) {
            for (var pid : platform.pids(service)) {
                var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
                var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            }
        }
        return ticks * 10;
    }
}
