package com.flashsale.gateway;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StaleIfErrorIT extends GatewayIT {

    @Test
    void the_catalog_answers_from_memory_while_its_service_is_down() {
        var path = "/api/v1/sales/" + UUID.randomUUID();
        for (var catalog : List.of(WORLD.catalog, WORLD.otherCatalog)) {
            catalog.on(path, StubService.json(200, "{\"price\":1}"));
        }
        client.get().uri(path).exchange().expectStatus().isOk().expectHeader().doesNotExist("X-Served-From");
        WORLD.catalog.stop();
        WORLD.otherCatalog.stop();

        for (var i = 0; i < 30; i++) {
            client.get()
                    .uri(path)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .valueEquals("X-Served-From", "cache")
                    .expectHeader()
                    .exists("Age")
                    .expectHeader()
                    .valueEquals("Warning", "110 - \"Response is Stale\"")
                    .expectBody()
                    .json("{\"price\":1}");
        }
        client.get().uri(path + "?other").exchange().expectStatus().isEqualTo(503);
    }

    @Test
    void the_catalog_answers_from_memory_while_its_service_fails() {
        var path = "/api/v1/products/" + UUID.randomUUID();
        client.get().uri(path).exchange().expectStatus().isOk();
        for (var catalog : List.of(WORLD.catalog, WORLD.otherCatalog)) {
            catalog.on(path, StubService.problem(500, "INTERNAL_ERROR"));
        }

        client.get().uri(path).exchange().expectStatus().isOk().expectHeader().valueEquals("X-Served-From", "cache");
    }
}
