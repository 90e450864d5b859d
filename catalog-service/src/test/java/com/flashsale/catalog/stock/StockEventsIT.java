package com.flashsale.catalog.stock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.catalog.CatalogClient;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestKafka;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Inventory's events show as a band, in any order and with any number of repetitions. */
@ServiceTest
class StockEventsIT {

    private static final String TOPIC = "inventory.stock";

    @LocalServerPort
    int port;

    private CatalogClient catalog;
    private UUID sale;

    @BeforeEach
    void openASale() {
        catalog = CatalogClient.on(port);
        sale = anOpenSale();
    }

    private UUID anOpenSale() {
        return catalog.sale(Map.of(
                "productId", catalog.aProduct(),
                "price", Map.of("amount", "59.90", "currency", "EUR"),
                "allotted", 1_000,
                "purchaseLimit", 2,
                "opensAt", Instant.now().minusSeconds(5).toString(),
                "closesAt", Instant.now().plusSeconds(3_600).toString()));
    }

    @Test
    void the_band_follows_the_stock_down_and_up_again() {
        assertThat(band()).isEqualTo("PLENTY");
        says(499, 1);
        becomes("LOW", "OPEN");
        says(99, 2);
        becomes("LAST_FEW", "OPEN");
        says(0, 3);
        becomes("SOLD_OUT", "SOLD_OUT");
        says(1, 4);
        becomes("LAST_FEW", "OPEN");
    }

    @Test
    void another_band_is_another_answer_and_the_same_band_is_not() {
        says(900, 1);
        says(899, 2);
        says(499, 3);
        becomes("LOW", "OPEN");
        var low = etag();
        says(498, 4);
        says(99, 5);
        becomes("LAST_FEW", "OPEN");

        assertThat(etag()).isNotEqualTo(low);
        says(497, 6);
        becomes("LOW", "OPEN");
        assertThat(etag()).isEqualTo(low);
    }

    @Test
    void an_event_that_comes_again_or_late_changes_nothing() {
        var id = UUID.randomUUID();
        TestKafka.produce(TOPIC, sale.toString(), StockChanged.TYPE, id, stock(0, 5));
        TestKafka.produce(TOPIC, sale.toString(), StockChanged.TYPE, id, stock(0, 5));
        says(1_000, 4);
        says(1_000, 5);
        thenAllOfThatIsRead();

        assertThat(catalog.sale(sale).get("stock").asString()).isEqualTo("SOLD_OUT");
    }

    @Test
    void an_unreadable_event_is_set_aside_and_an_unknown_one_is_passed_over() {
        TestKafka.produce(TOPIC, sale.toString(), "com.flashsale.inventory.stock.counted.v9", Map.of("any", "thing"));
        TestKafka.produce(new ProducerRecord<>(TOPIC, sale.toString(), "{".getBytes(UTF_8)));
        TestKafka.produce(TOPIC, sale.toString(), StockChanged.TYPE, Map.of("saleId", "nonsense"));
        says(0, 1);

        becomes("SOLD_OUT", "SOLD_OUT");
        await().untilAsserted(() -> assertThat(TestKafka.events(TOPIC + ".dlt"))
                .filteredOn(event -> event.key().equals(sale.toString()))
                .hasSize(2));
    }

    @Test
    void a_list_of_sold_out_sales_names_it() {
        says(0, 1);
        await().untilAsserted(() -> assertThat(CatalogClient.json(catalog.get("/api/v1/sales?state=SOLD_OUT&limit=100"))
                        .get("items"))
                .extracting(item -> item.get("id").asString())
                .contains(sale.toString()));
    }

    @Test
    void a_sold_out_sale_that_is_paused_says_so_when_a_unit_comes_back() {
        says(0, 1);
        becomes("SOLD_OUT", "SOLD_OUT");
        catalog.post("/api/v1/sales/" + sale + "/pause").expectStatus().isOk();
        becomes("SOLD_OUT", "SOLD_OUT");
        assertThat(listedAs("PAUSED")).doesNotContain(sale.toString());
        assertThat(listedAs("SOLD_OUT")).contains(sale.toString());
        says(1, 2);
        becomes("LAST_FEW", "PAUSED");
        catalog.post("/api/v1/sales/" + sale + "/resume").expectStatus().isOk();
        becomes("LAST_FEW", "OPEN");
    }

    private List<String> listedAs(String state) {
        return CatalogClient.json(catalog.get("/api/v1/sales?limit=100&state=" + state))
                .get("items")
                .valueStream()
                .map(item -> item.get("id").asString())
                .toList();
    }

    /**
     * A stock that comes after them in their partition, of another sale: when it shows, all before it have been read.
     */
    private void thenAllOfThatIsRead() {
        var other = anOpenSale();
        TestKafka.produce(TOPIC, sale.toString(), StockChanged.TYPE, stockOf(other, 0, 1));
        await().untilAsserted(() ->
                assertThat(catalog.sale(other).get("stock").asString()).isEqualTo("SOLD_OUT"));
    }

    private void says(int available, long version) {
        TestKafka.produce(TOPIC, sale.toString(), StockChanged.TYPE, stock(available, version));
    }

    private Map<String, Object> stock(int available, long version) {
        return stockOf(sale, available, version);
    }

    private static Map<String, Object> stockOf(UUID sale, int available, long version) {
        return Map.of(
                "saleId",
                sale,
                "allotted",
                1_000,
                "available",
                available,
                "reserved",
                0,
                "sold",
                1_000 - available,
                "version",
                version);
    }

    private void becomes(String band, String state) {
        await().untilAsserted(() -> {
            var now = catalog.sale(sale);
            assertThat(now.get("stock").asString()).isEqualTo(band);
            assertThat(now.get("state").asString()).isEqualTo(state);
        });
    }

    private String etag() {
        return catalog.get("/api/v1/sales/{id}", sale)
                .expectBody()
                .returnResult()
                .getResponseHeaders()
                .getETag();
    }

    private String band() {
        return catalog.sale(sale).get("stock").asString();
    }
}
