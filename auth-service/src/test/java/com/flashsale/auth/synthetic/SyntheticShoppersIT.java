package com.flashsale.auth.synthetic;

import static com.flashsale.auth.Storefront.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.auth.Browser;
import com.flashsale.auth.Storefront;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestSecrets;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.util.HashSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class SyntheticShoppersIT {

    static final Logger log = LoggerFactory.getLogger(SyntheticShoppersIT.class);

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    Browser browser;
    String loadTest;

    @BeforeEach
    void aLoadTest() {
        browser = new Browser(port);
        loadTest = "Bearer " + Storefront.machineToken(browser, "load-test", TestSecrets.LOAD_TEST);
    }

    @Test
    void a_synthetic_shopper_may_shop_for_an_hour_and_says_what_it_is() throws Exception {
        var item = json(create(1)).get("items").get(0);

        var token = SignedJWT.parse(item.get("accessToken").asString());
        assertThat(token.getHeader().getType().getType()).isEqualTo("at+jwt");
        var claims = token.getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo(item.get("customerId").asString());
        assertThat(claims.getBooleanClaim("synthetic")).isTrue();
        assertThat(claims.getStringClaim("scope")).isEqualTo("shop");
        assertThat(claims.getAudience()).containsExactly("flashsale");
        assertThat(claims.getExpirationTime().getTime() - claims.getIssueTime().getTime())
                .isEqualTo(3_600_000);
        assertThat(browser.get(
                                "/api/v1/accounts/" + claims.getSubject(),
                                "Authorization",
                                "Bearer " + item.get("accessToken").asString())
                        .statusCode())
                .as("good for a shopper's path, where there is no person to be found")
                .isEqualTo(404);
    }

    @Test
    void thousands_come_in_one_answer_and_leave_no_trace() {
        var started = System.nanoTime();
        var thousand = json(create(1_000)).get("items");
        var afterThousand = System.nanoTime();
        var many = json(create(20_000)).get("items");
        var ended = System.nanoTime();

        log.info(
                "1,000 synthetic shoppers took {} ms, 20,000 took {} ms",
                (afterThousand - started) / 1_000_000,
                (ended - afterThousand) / 1_000_000);
        var ids = new HashSet<String>();
        thousand.forEach(item -> ids.add(item.get("customerId").asString()));
        many.forEach(item -> ids.add(item.get("customerId").asString()));
        assertThat(ids).hasSize(21_000);
        assertThat(synthetic()).isGreaterThanOrEqualTo(21_000);

        var removed = browser.delete("/api/v1/synthetic-shoppers", "Authorization", loadTest);

        assertThat(json(removed).get("removed").asInt()).isGreaterThanOrEqualTo(21_000);
        assertThat(synthetic()).isZero();
    }

    @Test
    void a_shopper_of_a_load_test_has_its_tag_in_row_and_token() throws Exception {
        var made = browser.postJson(
                "/api/v1/synthetic-shoppers", "{\"count\": 2}", "Authorization", loadTest, "X-Load-Test", "evening-1");
        for (var item : json(made).get("items")) {
            var claims = SignedJWT.parse(item.get("accessToken").asString()).getJWTClaimsSet();
            assertThat(claims.getStringClaim("load_test")).isEqualTo("evening-1");
            assertThat(tagOf(item.get("customerId").asString())).isEqualTo("evening-1");
        }
        var untagged = json(create(1)).get("items").get(0);
        assertThat(SignedJWT.parse(untagged.get("accessToken").asString())
                        .getJWTClaimsSet()
                        .getClaim("load_test"))
                .isNull();
        assertThat(tagOf(untagged.get("customerId").asString())).isEqualTo("none");
    }

    private String tagOf(String account) {
        return jdbc.sql("select coalesce(load_test, 'none') from account where id = :id::uuid")
                .param("id", account)
                .query(String.class)
                .single();
    }

    @Test
    void there_is_a_limit_to_how_many() {
        assertThat(create(0).statusCode()).isEqualTo(400);
        assertThat(create(25_001).statusCode()).isEqualTo(400);
        assertThat(json(create(25_001)).get("code").asString()).isEqualTo("INVALID_REQUEST");
    }

    private HttpResponse<String> create(int count) {
        return browser.postJson("/api/v1/synthetic-shoppers", "{\"count\": " + count + "}", "Authorization", loadTest);
    }

    private long synthetic() {
        return jdbc.sql("select count(*) from account where synthetic")
                .query(Long.class)
                .single();
    }
}
