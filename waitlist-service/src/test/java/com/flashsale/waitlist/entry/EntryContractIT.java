package com.flashsale.waitlist.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestEvent;
import com.flashsale.platform.test.TestKafka;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.AnInventory;
import com.flashsale.waitlist.AnOrderService;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Each event that we send keeps to {@code asyncapi.yaml}. */
@ServiceTest
class EntryContractIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final int port;

    EntryContractIT(@LocalServerPort int port) {
        this.port = port;
    }

    @Test
    void every_fact_of_an_entry_is_told_as_the_contract_says() {
        var sale = ASale.of(2).with("offerDuration", "PT1S").scheduled().knownTo(port);
        AnOrderService.fallSilent(sale.id());
        var inventory = AnInventory.of(sale).taken(2);
        var ada = new AShopper(port);
        await().atMost(SOON).until(() -> ada.queue(sale.id()).state().equals("SOLD_OUT"));
        var buys = new AShopper(port);
        var dawdles = new AShopper(port);
        var leaves = new AShopper(port);
        var stays = new AShopper(port);
        var first = buys.joinWaitlist(sale.id()).text("id");
        dawdles.joinWaitlist(sale.id());
        leaves.leave(leaves.joinWaitlist(sale.id()).text("id"));
        stays.joinWaitlist(sale.id());
        inventory.freed(1);
        await().atMost(SOON).until(() -> buys.entry(first).state().equals("OFFERED"));
        var order = buys.order(sale.id(), buys.entry(first).text("admission"), 1);
        AnOrderService.speak(sale.id());
        inventory.decide(order, buys.id(), 1);
        inventory.freed(1);
        await().atMost(SOON).until(() -> facts(sale).contains("lapsed"));
        sale.ended();

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(facts(sale)).contains("waiting", "offered", "ordered", "lapsed", "left", "closed"));
        assertThat(TestKafka.events("waitlist.entry", sale.id().toString()))
                .allSatisfy(event -> assertThat(violations(event.json())).isEmpty());
    }

    @Test
    void the_contract_bites() {
        var good = """
                {"entryId":"0199c0de-0000-7000-8000-000000000001","saleId":"0199c0de-0000-7000-8000-000000000002",
                 "customerId":"0199c0de-0000-7000-8000-000000000003","state":"WAITING","at":"2026-11-22T10:00:00Z"}""";

        assertThat(violations(good)).isEmpty();
        assertThat(violations(good.replace("WAITING", "HOPING"))).isNotEmpty();
        assertThat(violations(good.replace("\"at\"", "\"when\""))).isNotEmpty();
        assertThat(violations(good.replace("2026-11-22T10:00:00Z", "yesterday")))
                .isNotEmpty();
    }

    private static Set<String> facts(ASale sale) {
        return TestKafka.events("waitlist.entry", sale.id().toString()).stream()
                .map(TestEvent::type)
                .map(type -> type.split("\\.")[4])
                .collect(Collectors.toSet());
    }

    private static List<?> violations(String json) {
        return SCHEMAS.getSchema(SchemaLocation.of("classpath:asyncapi.yaml#/components/schemas/entry"))
                .validate(
                        json,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }
}
