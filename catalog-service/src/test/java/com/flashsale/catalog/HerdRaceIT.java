package com.flashsale.catalog;

import static com.flashsale.catalog.CatalogClient.json;
import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.platform.test.ServiceTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;

/** A crowd that looks at the same thing costs the database one read a second, not one read a head. */
@ServiceTest
class HerdRaceIT {

    private static final int CROWD = 300;

    @TestConfiguration
    static class Counting {
        @Bean
        static CountedStatements countedStatements() {
            return new CountedStatements();
        }
    }

    @LocalServerPort
    int port;

    @Autowired
    CountedStatements statements;

    private CatalogClient catalog;
    private UUID sale;
    private UUID product;

    @BeforeEach
    void openASale() {
        catalog = CatalogClient.on(port);
        product = catalog.aProduct();
        sale = catalog.sale(Map.of(
                "productId",
                product,
                "price",
                Map.of("amount", "59.90", "currency", "EUR"),
                "allotted",
                1_000,
                "purchaseLimit",
                2,
                "opensAt",
                Instant.now().minusSeconds(5).toString(),
                "closesAt",
                Instant.now().plusSeconds(3_600).toString()));
        statements.forget();
    }

    @Test
    void a_crowd_that_looks_at_one_sale_causes_one_read_a_second() {
        assertFewReads("/api/v1/sales/" + sale, "from sale");
    }

    @Test
    void a_crowd_that_looks_at_the_list_causes_one_read_a_second() {
        assertFewReads("/api/v1/sales?limit=7", "from sale");
    }

    @Test
    void a_crowd_that_looks_at_one_product_causes_one_read_a_second() {
        assertFewReads("/api/v1/products/" + product, "from product");
    }

    @Test
    void a_crowd_that_looks_for_a_sale_that_is_not_there_causes_one_read_a_second() {
        var uri = "/api/v1/sales/" + UUID.randomUUID();
        var seconds = timed(
                () -> allAtOnce(CROWD, () -> catalog.get(uri).expectStatus().isNotFound()));
        assertThat(statements.containing("from sale")).isBetween(1L, 1 + seconds);
    }

    @Test
    void looking_again_and_again_causes_one_read_a_second_too() {
        var seconds = timed(() -> {
            for (int i = 0; i < 50; i++) catalog.sale(sale);
        });
        assertThat(statements.containing("from sale")).isBetween(1L, 1 + seconds);
    }

    private void assertFewReads(String uri, String statement) {
        var seconds = timed(() -> {
            var answers =
                    allAtOnce(CROWD, () -> json(catalog.get(uri).expectStatus().isOk()));
            assertThat(answers).hasSize(CROWD).containsOnly(answers.getFirst());
        });
        assertThat(statements.containing(statement)).isBetween(1L, 1 + seconds);
    }

    private static long timed(Runnable action) {
        var begin = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - begin).toSeconds() + 1;
    }
}
