package com.flashsale.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.inventory.Catalog;
import com.flashsale.inventory.Units;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestTokens;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
class StockControllerIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    RestClient client;

    @BeforeEach
    void connect() {
        client = RestClient.builder()
                .baseUrl("http://localhost:" + port)
                .defaultStatusHandler(_ -> true, (_, _) -> {})
                .build();
    }

    @Test
    void a_service_without_a_token_is_told_where_the_units_are() {
        var sale = Units.of(jdbc, Catalog.sale(12));
        var answer = get("/internal/v1/sales/" + sale.saleId() + "/stock");

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(JSON.readTree(answer.getBody())).isEqualTo(JSON.readTree("""
                        {"saleId":"%s","allotted":12,"available":12,"reserved":0,"sold":0,"version":1}
                        """.formatted(sale.saleId())));
    }

    @Test
    void an_unknown_sale_is_a_problem() {
        var answer = get("/internal/v1/sales/" + UUID.randomUUID() + "/stock");

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(JSON.readTree(answer.getBody()).get("code").asString()).isEqualTo("NOT_FOUND");
    }

    @Test
    void a_text_that_is_no_id_is_a_problem_too() {
        assertThat(get("/internal/v1/sales/lamp/stock").getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
    }

    @Test
    void nothing_else_is_open_not_even_to_operators() {
        assertThat(get("/internal/v1/sales").getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(client.get()
                        .uri("/internal/v1/sales")
                        .headers(headers -> headers.setBearerAuth(TestTokens.operator()))
                        .retrieve()
                        .toBodilessEntity()
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(client.put()
                        .uri("/internal/v1/sales/" + UUID.randomUUID() + "/stock")
                        .retrieve()
                        .toBodilessEntity()
                        .getStatusCode())
                .isEqualTo(HttpStatus.UNAUTHORIZED);
    }

    private ResponseEntity<String> get(String path) {
        return client.get().uri(path).retrieve().toEntity(String.class);
    }
}
