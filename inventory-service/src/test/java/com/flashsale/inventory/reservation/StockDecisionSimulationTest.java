package com.flashsale.inventory.reservation;

import static com.flashsale.inventory.reservation.Buyers.SALE;
import static com.flashsale.inventory.reservation.Buyers.limitOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.inventory.stock.OrderId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Thousands of random sales. Each is played in batches, and again with one message per transaction; both must end
 * alike. A failure names its seed: {@code -Dsimulation.seed=<seed>} plays that sale alone.
 */
class StockDecisionSimulationTest {

    private static final int SALES = 10_000;
    private static final int TRANSACTIONS = 12;
    private static final int LARGEST_BATCH = 12;

    /** One transaction: facts about orders, or orders whose time is up. */
    private record Step(List<OrderFact> facts, List<OrderId> expired) {}

    @Test
    void every_random_sale_keeps_its_promises_and_ends_alike_however_it_was_batched() {
        var only = Long.getLong("simulation.seed");
        var seeds = only != null ? Stream.of(only) : new Random().longs(SALES).boxed();
        var outcomes = new ArrayList<Class<?>>();
        seeds.forEach(seed -> play(seed).forEach(decision -> outcomes.add(decision.getClass())));
        if (only == null)
            assertThat(outcomes).as("every kind of decision occurs").contains(Decision.class.getPermittedSubclasses());
    }

    private static List<Decision> play(long seed) {
        try {
            return playChecked(seed);
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("replay with -Dsimulation.seed=" + seed, failure);
        }
    }

    private static List<Decision> playChecked(long seed) {
        var random = new Random(seed);
        var units = 1 + random.nextInt(12);
        var terms = limitOf(1 + random.nextInt(3));
        var inBatches = new SimulatedSale(units, terms);
        var oneByOne = new SimulatedSale(units, terms);
        for (var step : steps(random)) {
            inBatches.decide(step.facts());
            inBatches.expire(step.expired());
            step.facts().forEach(fact -> oneByOne.decide(List.of(fact)));
            step.expired().forEach(order -> oneByOne.expire(List.of(order)));
        }
        assertThat(inBatches.summary()).isEqualTo(oneByOne.summary());
        return inBatches.decisions();
    }

    private static List<Step> steps(Random random) {
        var customers = IntStream.range(0, 8)
                .mapToObj(_ -> new CustomerId(uuid(random)))
                .toList();
        var orders = new ArrayList<Purchase>();
        var steps = new ArrayList<Step>();
        for (int transaction = 0; transaction < TRANSACTIONS; transaction++) {
            var facts = IntStream.range(0, random.nextInt(LARGEST_BATCH))
                    .mapToObj(_ -> fact(random, orders, customers))
                    .toList();
            var expired = orders.stream()
                    .filter(_ -> random.nextInt(5) == 0)
                    .map(Purchase::order)
                    .distinct()
                    .toList();
            steps.add(new Step(facts, random.nextBoolean() ? expired : List.of()));
        }
        return steps;
    }

    /** A new order, or news, possibly for the second time and possibly senseless, of one that came before. */
    private static OrderFact fact(Random random, List<Purchase> orders, List<CustomerId> customers) {
        if (orders.isEmpty() || random.nextInt(2) == 0) {
            var customer = customers.get(random.nextInt(customers.size()));
            orders.add(new Purchase(new OrderId(uuid(random)), SALE, customer, 1 + random.nextInt(3)));
            return Buyers.placed(orders.getLast());
        }
        var order = orders.get(random.nextInt(orders.size()));
        return switch (random.nextInt(5)) {
            case 0 -> Buyers.placed(order);
            case 1, 2 -> Buyers.paid(order);
            default -> Buyers.cancelled(order);
        };
    }

    private static UUID uuid(Random random) {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
