package com.flashsale.catalog.sale;

import static com.flashsale.catalog.CatalogClient.codeOf;
import static com.flashsale.catalog.CatalogClient.json;
import static com.flashsale.catalog.sale.SaleBodies.anOpenSale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.catalog.CatalogClient;
import com.flashsale.platform.loadtest.LoadTests;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestEvent;
import com.flashsale.platform.test.TestKafka;
import com.flashsale.platform.test.TestTokens;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A load test makes sales of its own, which real customers do not see, and changes no others. */
@ServiceTest
class LoadTestSaleIT {

    private final String run = "evening-" + UUID.randomUUID();

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    LoadTests loadTests;

    private CatalogClient operator;
    private CatalogClient tester;

    @BeforeEach
    void connect() {
        operator = CatalogClient.on(port);
        tester = operator.in(run);
        await().until(loadTests::areServed);
    }

    @Test
    void its_sale_product_and_events_carry_its_name() {
        var product = tester.aProduct();
        var sale = tester.sale(anOpenSale(product));
        tester.post("/api/v1/sales/" + sale + "/pause").expectStatus().isOk();
        // an operator who ends it runs no load test, and it stays one
        var asAuthServiceWritesIt = Map.<String, Object>of("sub", "operator", "scope", List.of("operator"));
        operator.as(TestTokens.with(asAuthServiceWritesIt))
                .post("/api/v1/sales/" + sale + "/end")
                .expectStatus()
                .isOk();
        assertThat(tagOf("product", product)).isEqualTo(run);
        assertThat(tagOf("sale", sale)).isEqualTo(run);
        var events = await().until(() -> TestKafka.events("catalog.sale", sale.toString()), told -> told.size() == 3);
        assertThat(events).extracting(event -> event.headers().get("loadtest")).containsOnly(run);
    }

    @Test
    void a_sale_of_an_operator_carries_none() {
        var sale = operator.sale(anOpenSale(operator.aProduct()));
        assertThat(tagOf("sale", sale)).isNull();
        var events = await().until(() -> TestKafka.events("catalog.sale", sale.toString()), told -> !told.isEmpty());
        assertThat(events).allSatisfy(event -> assertThat(event.headers()).doesNotContainKey("loadtest"));
    }

    @Test
    void real_customers_do_not_see_it_in_any_list() {
        var product = tester.aProduct("Ghost " + run, "Nobody should find it");
        var sale = tester.sale(anOpenSale(product));
        assertThat(operator.sale(sale).get("state").asString()).isEqualTo("OPEN");
        for (var list : List.of("/api/v1/sales?limit=100", "/api/v1/products?limit=100", "/api/v1/products?q=Ghost")) {
            var ids = json(operator.get(list))
                    .get("items")
                    .valueStream()
                    .map(item -> item.get("id").asString())
                    .toList();
            assertThat(ids).as(list).doesNotContain(sale.toString(), product.toString());
        }
    }

    @Test
    void it_can_neither_sell_what_is_real_nor_touch_a_real_sale_nor_that_of_another_run() {
        var realProduct = operator.aProduct();
        var realSale = operator.sale(anOpenSale(realProduct));
        assertThat(codeOf(tester.post("/api/v1/sales", anOpenSale(realProduct))))
                .isEqualTo("LOAD_TEST_MISMATCH");
        assertThat(codeOf(operator.post("/api/v1/sales", anOpenSale(tester.aProduct()))))
                .isEqualTo("LOAD_TEST_MISMATCH");
        var mine = tester.sale(anOpenSale(tester.aProduct()));
        for (var change : List.of("pause", "resume", "end")) {
            assertThat(codeOf(tester.post("/api/v1/sales/" + realSale + "/" + change)))
                    .isEqualTo("LOAD_TEST_MISMATCH");
            assertThat(codeOf(operator.in("other").post("/api/v1/sales/" + mine + "/" + change)))
                    .isEqualTo("LOAD_TEST_MISMATCH");
        }
        var pace = Map.of("admissionsPerSecond", 7);
        assertThat(codeOf(tester.put("/api/v1/sales/" + realSale + "/admission-pace", pace)))
                .isEqualTo("LOAD_TEST_MISMATCH");
        tester.put("/api/v1/sales/" + mine + "/admission-pace", pace)
                .expectStatus()
                .isOk();
        assertThat(operator.sale(realSale).get("state").asString()).isEqualTo("OPEN");
        assertThat(operator.sale(mine).get("state").asString()).isEqualTo("OPEN");
    }

    @Test
    void without_a_name_it_makes_nothing() {
        var nameless = operator.as(TestTokens.loadTest());
        nameless.post("/api/v1/products", Map.of()).expectStatus().isForbidden();
    }

    @Test
    void purged_it_is_gone_from_tables_and_from_the_topic() {
        var realSale = operator.sale(anOpenSale(operator.aProduct()));
        var sale = tester.sale(anOpenSale(tester.aProduct()));
        var stock = Map.of("saleId", sale.toString(), "allotted", 9, "available", 9, "version", 1);
        TestKafka.produceTagged(
                run, "inventory.stock", sale.toString(), "com.flashsale.inventory.stock.changed.v1", stock);
        await().until(() -> stocksOf(sale) == 1);
        var internal = operator.as(TestTokens.loadTest());
        await().until(() -> rows("outbox") == 0);
        jdbc.sql("update load_switch set served = false").update();
        await().until(() -> !loadTests.areServed());
        internal.post("/internal/v1/load-tests/runs/" + run + "/closing")
                .expectStatus()
                .isOk();
        jdbc.sql("update load_switch set served = true").update();
        var proof = json(internal.post("/internal/v1/load-tests/runs/" + run + "/purge"));
        assertThat(proof.get("tables").valueStream()).allSatisfy(table -> {
            assertThat(table.get("left").asInt()).isZero();
            assertThat(table.get("after")).isEqualTo(table.get("before"));
        });
        for (var table : List.of("product", "sale", "outbox", "idempotency_record")) {
            assertThat(rows(table)).as(table).isZero();
        }
        assertThat(stocksOf(sale)).isZero();
        operator.get("/api/v1/sales/" + sale).expectStatus().isNotFound();
        operator.get("/api/v1/sales/" + realSale).expectStatus().isOk();
        var last = await().until(() -> lastOf(sale), message -> message.data().isNull());
        assertThat(last.headers()).containsEntry("loadtest", run);
    }

    private @Nullable String tagOf(String table, UUID id) {
        return jdbc.sql("select load_test from " + table + " where id = :id")
                .param("id", id)
                .query((row, _) -> Optional.ofNullable(row.getString(1)))
                .single()
                .orElse(null);
    }

    private int rows(String table) {
        return jdbc.sql("select count(*) from " + table + " where load_test = :run")
                .param("run", run)
                .query(Integer.class)
                .single();
    }

    private int stocksOf(UUID sale) {
        return jdbc.sql("select count(*) from sale_stock where sale_id = :sale")
                .param("sale", sale)
                .query(Integer.class)
                .single();
    }

    private static TestEvent lastOf(UUID sale) {
        return TestKafka.events("catalog.sale", sale.toString()).getLast();
    }
}
