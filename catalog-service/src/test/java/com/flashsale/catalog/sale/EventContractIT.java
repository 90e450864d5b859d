package com.flashsale.catalog.sale;

import static com.flashsale.catalog.sale.SaleBodies.anOpenSale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.catalog.CatalogClient;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestEvent;
import com.flashsale.platform.test.TestKafka;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The events on the wire match asyncapi.yaml. */
@ServiceTest
class EventContractIT {

    @LocalServerPort
    int port;

    private final JsonNode contract = contract();
    private final JsonNode facts = contract.at("/components/schemas/saleFacts");
    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(facts);

    @Test
    void each_event_keeps_the_contract() {
        var events = eventsOfAWholeLife();
        var promised = contract.at("/components/messages")
                .valueStream()
                .map(message -> message.get("name").asString())
                .toList();

        assertThat(events).hasSize(5).allSatisfy(event -> {
            assertThat(promised).contains(event.type());
            assertThat(problems(event.data())).isEmpty();
            assertThat(facts.get("properties").propertyNames())
                    .as("fields that the contract names")
                    .containsAll(event.data().propertyNames());
            assertThat(event.headers())
                    .containsEntry("ce_specversion", "1.0")
                    .containsEntry("ce_source", "/catalog-service")
                    .containsEntry("ce_subject", event.key())
                    .containsEntry("content-type", "application/json")
                    .containsKeys("ce_id", "ce_time", "traceparent");
        });
    }

    @Test
    void the_contract_notices_what_is_missing_or_wrong() {
        var good = eventsOfAWholeLife().getFirst().data();
        for (var field :
                facts.get("required").valueStream().map(JsonNode::asString).toList()) {
            assertThat(problems(((ObjectNode) good.deepCopy()).without(field)))
                    .as(field)
                    .isNotEmpty();
            assertThat(problems(((ObjectNode) good.deepCopy()).putNull(field)))
                    .as(field)
                    .isNotEmpty();
        }
        assertThat(problems(((ObjectNode) good.deepCopy()).put("opensAt", "noon")))
                .isNotEmpty();
    }

    private List<Error> problems(JsonNode data) {
        return schema.validate(
                data, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private List<TestEvent> eventsOfAWholeLife() {
        var catalog = CatalogClient.on(port);
        var sale = catalog.sale(anOpenSale(catalog.aProduct()));
        catalog.put("/api/v1/sales/" + sale + "/admission-pace", Map.of("admissionsPerSecond", 7))
                .expectStatus()
                .isOk();
        for (var change : List.of("pause", "resume", "end")) {
            catalog.post("/api/v1/sales/" + sale + "/" + change).expectStatus().isOk();
        }
        return announced(sale);
    }

    private static List<TestEvent> announced(UUID sale) {
        return await().until(() -> TestKafka.events("catalog.sale", sale.toString()), events -> events.size() >= 5);
    }

    private static JsonNode contract() {
        try (var yaml = new ClassPathResource("asyncapi.yaml").getInputStream()) {
            return JsonMapper.shared().valueToTree(new Yaml().load(yaml));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
