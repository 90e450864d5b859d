package com.flashsale.order;

import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.order.Shopper.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;

class PlaceOrderRaceIT extends OrderServiceIT {

    @Autowired
    ConfigurableApplicationContext context;

    @Test
    void twenty_times_the_same_request_at_once_is_one_order_and_nineteen_replays() {
        var shopper = aShopper();
        var sale = anOpenSale();
        var admission = admission(sale, shopper.id());

        var answers = allAtOnce(20, () -> shopper.order("a-key", sale, 1, admission));

        assertThat(ordersIn(sale)).isEqualTo(1);
        assertOneAndReplays(answers);
    }

    @Test
    void one_admission_used_a_hundred_times_at_once_is_one_order() {
        var shopper = aShopper();
        var sale = anOpenSale();
        var admission = admission(sale, shopper.id());

        var answers = allAtOnce(100, () -> shopper.order(sale, 1, admission));

        assertThat(answers).filteredOn(answer -> answer.status() == 202).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 403).hasSize(99);
        assertThat(ordersIn(sale)).isEqualTo(1);
    }

    @Test
    void two_replicas_make_one_order_of_each_key_and_of_each_admission() {
        var sale = anOpenSale();
        try (var replica = SecondReplica.beside(context)) {
            var requests = new ArrayList<Callable<Answer>>();
            for (int customer = 0; customer < 50; customer++) {
                var here = aShopper();
                var there = here.movedTo(replica.address());
                var admission = admission(sale, here.id());
                for (int copy = 0; copy < 5; copy++) {
                    requests.add(() -> here.order("a-key", sale, 1, admission));
                    requests.add(() -> there.order("a-key", sale, 1, admission));
                }
                requests.add(() -> there.order("another-key", sale, 1, admission));
            }

            var answers = allAtOnce(requests);

            assertThat(ordersIn(sale)).isEqualTo(50);
            assertThat(answers).extracting(Answer::status).containsOnly(202, 403);
            var byOrder = answers.stream()
                    .filter(answer -> answer.status() == 202)
                    .collect(Collectors.groupingBy(answer -> answer.header("Location")));
            assertThat(byOrder).hasSize(50);
            byOrder.values().forEach(PlaceOrderRaceIT::assertOneAndReplays);
        }
    }

    @Test
    void orders_that_are_committed_together_are_told_each_in_the_trace_of_its_own_request() {
        var sale = anOpenSale();
        var traces = Stream.generate(() -> UUID.randomUUID().toString().replace("-", ""))
                .limit(40)
                .toList();
        var orders = new ConcurrentHashMap<UUID, String>();
        allAtOnce(traces.stream()
                .<Callable<Answer>>map(trace -> () -> {
                    var shopper = aShopper();
                    var answer = shopper.traced(trace).order(sale, 1, admission(sale, shopper.id()));
                    orders.put(answer.id(), trace);
                    return answer;
                })
                .toList());

        assertThat(orders).hasSize(40);
        orders.forEach((order, trace) -> {
            awaitFacts(order, "placed");
            assertThat(eventsOf(order).getFirst().traceparent()).contains(trace);
        });
    }

    private static void assertOneAndReplays(List<Answer> answers) {
        assertThat(answers).extracting(Answer::status).containsOnly(202);
        assertThat(answers)
                .extracting(Answer::body)
                .containsOnly(answers.getFirst().body());
        assertThat(answers)
                .filteredOn(answer -> answer.header("Idempotency-Replayed") == null)
                .hasSize(1);
    }

    private int ordersIn(UUID sale) {
        return count("select count(*) from orders where sale_id = ?", sale);
    }
}
