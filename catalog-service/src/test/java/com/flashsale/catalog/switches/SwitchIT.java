package com.flashsale.catalog.switches;

import static com.flashsale.catalog.CatalogClient.codeOf;
import static com.flashsale.catalog.CatalogClient.json;
import static com.flashsale.catalog.CatalogClient.patiently;
import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.catalog.CatalogClient;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestTokens;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** The switches as operators turn them, and as other processes ask for them. */
@ServiceTest
class SwitchIT {

    private static final String ALL = "/api/v1/switches";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private CatalogClient catalog;

    @BeforeEach
    void connect() {
        catalog = CatalogClient.on(port);
        forgetAll();
    }

    @AfterEach
    void forgetAll() {
        jdbc.sql("update switch set is_on = true, changed_at = null").update();
    }

    @Test
    void all_switches_are_on_at_first_and_were_never_turned() {
        var all = json(catalog.getAs(TestTokens.operator(), ALL).expectStatus().isOk());

        assertThat(all.toString()).isEqualTo("""
                {"switches":[{"name":"admission","on":true,"changedAt":null},\
                {"name":"payments","on":true,"changedAt":null},\
                {"name":"purchases","on":true,"changedAt":null}]}""");
        assertThat(states()).isEqualTo("admission on\npayments on\npurchases on\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"admission", "payments", "purchases"})
    void a_turned_switch_is_in_the_response_the_list_and_the_states_at_once(String name) {
        var before = Instant.now().minusSeconds(60);

        var off = json(turn(name, false).expectStatus().isOk());

        assertThat(off.get("name").asString()).isEqualTo(name);
        assertThat(off.get("on").asBoolean()).isFalse();
        assertThat(Instant.parse(off.get("changedAt").asString())).isAfter(before);
        assertThat(listed(name)).isEqualTo(off);
        assertThat(states().lines().filter(line -> line.endsWith(" off"))).containsExactly(name + " off");

        assertThat(json(turn(name, true).expectStatus().isOk()).get("on").asBoolean())
                .isTrue();
        assertThat(states()).doesNotContain("off");
    }

    @Test
    void turning_it_twice_the_same_way_is_turning_it_once() {
        var first = json(turn("payments", false).expectStatus().isOk());

        var again = json(turn("payments", false).expectStatus().isOk());

        assertThat(again).isEqualTo(first);
    }

    @Test
    void operators_who_disagree_leave_one_state_for_all_readers() {
        var turns = new AtomicInteger();

        var answers = allAtOnce(
                20,
                () -> patiently(() -> turn("payments", turns.getAndIncrement() % 2 == 0))
                        .getStatus()
                        .value());

        assertThat(answers).containsOnly(200);
        var on = listed("payments").get("on").asBoolean();
        assertThat(states()).contains("payments " + (on ? "on" : "off"));
    }

    @Test
    void a_name_that_no_switch_has_is_not_found() {
        for (var name : new String[] {"load-tests", "Payments", "payments%20", "x".repeat(300), "%00", "on"}) {
            assertThat(catalog.put(ALL + "/" + name, Map.of("on", false))
                            .expectBody(JsonNode.class)
                            .returnResult()
                            .getStatus()
                            .value())
                    .as(name)
                    .isIn(400, 404);
        }
        assertThat(codeOf(turn("unknown", false).expectStatus().isNotFound())).isEqualTo("SWITCH_NOT_FOUND");
        assertThat(states()).doesNotContain("off");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "{\"on\":null}",
                "{\"on\":\"false\"}",
                "{\"on\":0}",
                "{\"off\":true}",
                "{\"on\":false,\"on\":true}",
                "{\"on\":false,\"name\":\"admission\"}",
                "{\"on\":"
            })
    void a_body_without_a_clear_state_is_refused(String body) {
        catalog.put(ALL + "/payments", body).expectStatus().isBadRequest();

        assertThat(states()).doesNotContain("off");
    }

    @Test
    void only_an_operator_reads_and_turns_switches() {
        var shopper = TestTokens.shopper(UUID.randomUUID());
        catalog.get(ALL).expectStatus().isUnauthorized();
        catalog.as(null)
                .put(ALL + "/payments", Map.of("on", false))
                .expectStatus()
                .isUnauthorized();
        for (var token : new String[] {shopper, TestTokens.loadTest()}) {
            catalog.getAs(token, ALL).expectStatus().isForbidden();
            catalog.as(token)
                    .put(ALL + "/payments", Map.of("on", false))
                    .expectStatus()
                    .isForbidden();
        }
        catalog.in("evening-1")
                .put(ALL + "/payments", Map.of("on", false))
                .expectStatus()
                .isForbidden();
        assertThat(states()).doesNotContain("off");
    }

    private ResponseSpec turn(String name, boolean on) {
        return catalog.put(ALL + "/" + name, Map.of("on", on));
    }

    private JsonNode listed(String name) {
        return json(catalog.getAs(TestTokens.operator(), ALL))
                .get("switches")
                .valueStream()
                .filter(each -> each.get("name").asString().equals(name))
                .findAny()
                .orElseThrow();
    }

    /** As other processes ask: without a token. */
    private String states() {
        return catalog.get("/internal/v1/switches")
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }
}
