package com.flashsale.catalog;

import static com.flashsale.catalog.CatalogClient.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestTokens;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Every way to change something, with every kind of token that may not. */
@ServiceTest
class AccessIT {

    private static final String ANY = "0199a000-0000-7000-8000-000000000000";

    @LocalServerPort
    int port;

    private CatalogClient catalog;

    @BeforeEach
    void connect() {
        catalog = CatalogClient.on(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/products",
                "/api/v1/sales",
                "/api/v1/sales/" + ANY + "/pause",
                "/api/v1/sales/" + ANY + "/resume",
                "/api/v1/sales/" + ANY + "/end"
            })
    void only_an_operator_changes_anything(String path) {
        var without = catalog.as(null).post(path, Map.of()).expectStatus().isUnauthorized();
        assertThat(codeOf(without)).isEqualTo("UNAUTHORIZED");

        var shopper = TestTokens.shopper(UUID.randomUUID());
        var forged = TestTokens.forged(Map.of("sub", "operator", "scope", "operator"));
        var foreign = TestTokens.with(Map.of("scope", "operator", "aud", "somebody-else"));
        assertThat(codeOf(
                        catalog.as(shopper).post(path, Map.of()).expectStatus().isForbidden()))
                .isEqualTo("FORBIDDEN");
        catalog.as(TestTokens.loadTest()).post(path, Map.of()).expectStatus().isForbidden();
        catalog.as(forged).post(path, Map.of()).expectStatus().isUnauthorized();
        catalog.as(foreign).post(path, Map.of()).expectStatus().isUnauthorized();
    }

    @Test
    void only_an_operator_or_a_load_test_changes_a_pace() {
        var path = "/api/v1/sales/" + ANY + "/admission-pace";
        var body = Map.of("admissionsPerSecond", 5);
        catalog.as(null).put(path, body).expectStatus().isUnauthorized();
        catalog.as(TestTokens.shopper(UUID.randomUUID()))
                .put(path, body)
                .expectStatus()
                .isForbidden();
        catalog.as(TestTokens.loadTest()).put(path, body).expectStatus().isForbidden();
        catalog.put(path, body).expectStatus().isNotFound();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/products", "/api/v1/sales"})
    void every_visitor_may_read(String path) {
        catalog.get(path).expectStatus().isOk();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/actuator/health", "/actuator/env", "/api/v1/products/" + ANY + "/x", "/api/v1/orders"})
    void a_path_that_is_not_named_is_closed(String path) {
        catalog.get(path).expectStatus().isUnauthorized();
    }

    @Test
    void an_operator_finds_no_path_that_is_not_there() {
        catalog.post("/api/v1/sales/" + ANY + "/reopen", Map.of())
                .expectStatus()
                .isForbidden();
    }
}
