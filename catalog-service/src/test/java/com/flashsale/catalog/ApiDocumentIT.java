package com.flashsale.catalog;

import static com.flashsale.catalog.CatalogClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.platform.test.ApiDocument;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestTokens;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The service does all that its API description says. */
@ServiceTest
class ApiDocumentIT {

    @LocalServerPort
    int port;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    private CatalogClient catalog;
    private JsonNode document;

    @BeforeEach
    void read() {
        catalog = CatalogClient.on(port);
        document = json(catalog.get("/v3/api-docs").expectStatus().isOk());
    }

    @Test
    void every_path_is_described_and_every_description_has_a_path() {
        ApiDocument.of(port).describesExactly(mappings);
    }

    @Test
    void answers_have_the_shape_that_is_described() {
        var product = catalog.aProduct();
        var sale = catalog.sale(Map.of(
                "productId",
                product,
                "price",
                Map.of("amount", "59.90", "currency", "EUR"),
                "allotted",
                10,
                "purchaseLimit",
                2,
                "opensAt",
                Instant.now().toString(),
                "closesAt",
                Instant.now().plusSeconds(60).toString()));

        assertFits("Product", json(catalog.get("/api/v1/products/{id}", product)));
        assertFits("ProductPage", json(catalog.get("/api/v1/products?limit=1")));
        assertFits("Sale", catalog.sale(sale));
        assertFits("SalePage", json(catalog.get("/api/v1/sales")));
        assertFits(
                "Sale",
                json(catalog.put("/api/v1/sales/" + sale + "/admission-pace", Map.of("admissionsPerSecond", 7))));
        assertFits("Sale", json(catalog.post("/api/v1/sales/" + sale + "/end")));
        assertFits("Switches", json(catalog.getAs(TestTokens.operator(), "/api/v1/switches")));
        assertFits("Switch", json(catalog.put("/api/v1/switches/payments", Map.of("on", true))));
        assertFits("Problem", json(catalog.put("/api/v1/switches/unknown", Map.of("on", true))));
        assertFits("Problem", json(catalog.get("/api/v1/sales/{id}", UUID.randomUUID())));
        assertFits("Problem", json(catalog.post("/api/v1/sales", Map.of())));
        assertFits("Problem", json(catalog.as(null).post("/api/v1/sales", Map.of())));
    }

    @Test
    void the_bodies_that_are_described_are_the_bodies_that_are_read() {
        for (var body : List.of("NewSale", "NewProduct")) {
            var path = body.equals("NewSale") ? "/api/v1/sales" : "/api/v1/products";
            var all = JsonMapper.shared().createObjectNode();
            document.at("/components/schemas/" + body + "/properties")
                    .propertyNames()
                    .forEach(all::putNull);
            var problem = json(catalog.post(path, all).expectStatus().isBadRequest());

            assertThat(problem.get("code").asString())
                    .as("all fields are known")
                    .isEqualTo("INVALID_REQUEST");
            assertThat(problem.get("errors"))
                    .extracting(error -> error.get("field").asString())
                    .containsExactlyInAnyOrderElementsOf(document.at("/components/schemas/" + body + "/required")
                            .valueStream()
                            .map(JsonNode::asString)
                            .toList());
        }
    }

    private void assertFits(String name, JsonNode answer) {
        var schema = ((ObjectNode) document.deepCopy()).put("$ref", "#/components/schemas/" + name);
        var problems = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(answer, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
        assertThat(problems).as(name).isEmpty();
    }
}
