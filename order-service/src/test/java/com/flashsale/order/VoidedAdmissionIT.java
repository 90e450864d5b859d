package com.flashsale.order;

import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.TestEvent;
import com.flashsale.platform.test.TestKafka;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;

/** An admission that waitlist-service takes back is either used or void, and the answer says which. */
class VoidedAdmissionIT extends OrderServiceIT {

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @Autowired
    ConfigurableApplicationContext context;

    @Test
    void an_admission_that_was_taken_back_opens_nothing_although_its_time_is_not_over() {
        var sale = anOpenSale();
        var shopper = aShopper();
        var id = UUID.randomUUID();
        withdraw(sale, id);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(answers(sale, id)).containsExactly("voided"));

        var refused = shopper.order(sale, 1, admission(sale, shopper.id(), id));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("ADMISSION_INVALID");
        assertThat(ordersIn(sale)).isZero();
    }

    @Test
    void an_admission_that_was_used_before_it_was_taken_back_stays_used() {
        var sale = anOpenSale();
        var shopper = aShopper();
        var id = UUID.randomUUID();
        var placed = shopper.order(sale, 1, admission(sale, shopper.id(), id));
        assertThat(placed.status()).isEqualTo(202);

        withdraw(sale, id);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(answers(sale, id)).containsExactly("used"));
        assertThat(event(sale, id).json()).contains(placed.id().toString());
        assertThat(count("select count(*) from voided_admission where admission_id = ?", id))
                .isZero();
    }

    @Test
    void asked_again_after_the_answer_the_answer_is_the_same() {
        var sale = anOpenSale();
        var id = UUID.randomUUID();
        withdraw(sale, id);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(answers(sale, id)).containsExactly("voided"));

        withdraw(sale, id);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(answers(sale, id)).containsExactly("voided", "voided"));
    }

    @Test
    void placed_on_two_replicas_and_taken_back_at_once_each_admission_ends_in_one_way_only() {
        var sale = anOpenSale();
        try (var replica = SecondReplica.beside(context)) {
            // the second replica's consumer has taken its share of the partitions
            var marker = UUID.randomUUID();
            withdraw(sale, marker);
            await().atMost(PATIENCE).until(() -> !answers(sale, marker).isEmpty());
            var ids = Stream.generate(UUID::randomUUID).limit(150).toList();
            // two place them from the first to the last, one takes them back from the last to the first: they meet
            var actions = List.<Callable<Set<Integer>>>of(
                    () -> orderAll(sale, ids, aShopper()),
                    () -> orderAll(sale, ids, aShopper().movedTo(replica.address())),
                    () -> {
                        ids.reversed().forEach(id -> withdraw(sale, id));
                        return Set.of();
                    });

            assertThat(allAtOnce(actions))
                    .allSatisfy(statuses -> assertThat(statuses).isSubsetOf(202, 403));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(ids)
                            .allSatisfy(id -> assertThat(answers(sale, id)).hasSize(1)));
            assertThat(ids).allSatisfy(id -> {
                var used = count("select count(*) from orders where admission_id = ?", id);
                var voided = count("select count(*) from voided_admission where admission_id = ?", id);
                assertThat(used + voided).isEqualTo(1);
                assertThat(answers(sale, id)).containsExactly(used == 1 ? "used" : "voided");
            });
            assertThat(ordersIn(sale)).as("some were first, some were not").isBetween(1, 149);
        }
    }

    private Set<Integer> orderAll(UUID sale, List<UUID> admissions, Shopper shopper) {
        return admissions.stream()
                .map(id -> shopper.order(sale, 1, admission(sale, shopper.id(), id))
                        .status())
                .collect(Collectors.toSet());
    }

    @Test
    void the_answers_keep_the_contract() {
        var sale = anOpenSale();
        var shopper = aShopper();
        var used = UUID.randomUUID();
        var unused = UUID.randomUUID();
        shopper.order(sale, 1, admission(sale, shopper.id(), used));
        withdraw(sale, used);
        withdraw(sale, unused);
        await().atMost(PATIENCE)
                .until(() ->
                        TestKafka.events("order.admission", sale.toString()).size() == 2);

        assertThat(TestKafka.events("order.admission", sale.toString()))
                .allSatisfy(event -> assertThat(violations(event)).isEmpty());
    }

    private static List<?> violations(TestEvent event) {
        return SCHEMAS.getSchema(SchemaLocation.of("classpath:asyncapi.yaml#/components/schemas/" + event.type()))
                .validate(
                        event.json(),
                        InputFormat.JSON,
                        run -> run.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private static void withdraw(UUID sale, UUID admission) {
        var data = Map.of(
                "admissionId",
                admission,
                "saleId",
                sale,
                "customerId",
                UUID.randomUUID(),
                "expiresAt",
                Instant.now().plusSeconds(60).toString());
        TestKafka.produce("waitlist.admission", sale.toString(), "com.flashsale.waitlist.admission.withdrawn.v1", data);
    }

    private String admission(UUID sale, UUID customer, UUID id) {
        var claims = admissionClaims(sale, customer, 2);
        claims.put("jti", id.toString());
        return tokens.sign("admission+jwt", claims);
    }

    private static TestEvent event(UUID sale, UUID admission) {
        return TestKafka.events("order.admission", sale.toString()).stream()
                .filter(event -> event.subject().equals(admission.toString()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> answers(UUID sale, UUID admission) {
        return TestKafka.events("order.admission", sale.toString()).stream()
                .filter(event -> event.subject().equals(admission.toString()))
                .map(event -> event.type().split("\\.")[4])
                .toList();
    }

    private int ordersIn(UUID sale) {
        return count("select count(*) from orders where sale_id = ?", sale);
    }
}
