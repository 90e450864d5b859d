package com.flashsale.auth.account;

import static com.flashsale.auth.Storefront.json;
import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.auth.Browser;
import com.flashsale.auth.Storefront;
import com.flashsale.platform.test.ServiceTest;
import java.net.http.HttpResponse;
import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
@ExtendWith(OutputCaptureExtension.class)
class AccountsIT {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    Browser browser;

    @BeforeEach
    void aNewBrowser() {
        browser = new Browser(port);
    }

    @Test
    void a_registration_gets_an_id_and_an_address_of_the_account() {
        var email = someAddress();

        var response = register(email, "correct horse battery", "Ada");

        assertThat(response.statusCode()).isEqualTo(201);
        var account = json(response);
        var id = UUID.fromString(account.get("id").asString());
        assertThat(id.version()).isEqualTo(7);
        assertThat(account.get("email").asString()).isEqualTo(email);
        assertThat(account.get("displayName").asString()).isEqualTo("Ada");
        assertThat(account.propertyNames()).containsExactlyInAnyOrder("id", "email", "displayName");
        assertThat(Browser.location(response)).isEqualTo("/api/v1/accounts/" + id);
    }

    @Test
    void a_password_is_kept_as_argon2id_of_19_mebibytes_and_two_passes() {
        var email = someAddress();
        register(email, "correct horse battery", "Ada");

        var hash = jdbc.sql("select password_hash from account where email = :email")
                .param("email", email)
                .query(String.class)
                .single();

        assertThat(hash).matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
    }

    @Test
    void an_address_is_taken_however_it_is_typed() {
        var email = someAddress();
        register(email, "correct horse battery", "Ada");

        var refused = register(email.toUpperCase(java.util.Locale.ROOT), "another long password", "Bob");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(refused).get("code").asString()).isEqualTo("EMAIL_TAKEN");
        assertThat(json(refused).get("type").asString()).endsWith("/email-taken");
    }

    @Test
    void of_many_who_want_one_address_at_once_one_gets_it() {
        var email = someAddress();

        var statuses = allAtOnce(8, () -> patiently(() -> register(email, "correct horse battery", "Ada")));

        assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(7);
    }

    @Test
    void a_repeated_registration_gets_the_first_response() {
        var body = body(someAddress(), "correct horse battery", "Ada");
        var key = UUID.randomUUID().toString();
        var first = browser.postJson("/api/v1/accounts", body, "Idempotency-Key", key);

        var again = browser.postJson("/api/v1/accounts", body, "Idempotency-Key", key);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(Browser.location(again)).isEqualTo(Browser.location(first));
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
    }

    @Test
    void a_key_repeats_its_own_request_only() {
        var email = someAddress();
        var key = UUID.randomUUID().toString();
        browser.postJson("/api/v1/accounts", body(email, "correct horse battery", "Ada"), "Idempotency-Key", key);

        for (var other :
                List.of(body(email, "another long password", "Ada"), body(email, "correct horse battery", "Eve"))) {
            var refused = browser.postJson("/api/v1/accounts", other, "Idempotency-Key", key);
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(json(refused).get("code").asString()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        }
        var same = body(email, "correct horse battery", "Ada");
        assertThat(browser.postJson("/api/v1/accounts", same, "Idempotency-Key", "another")
                        .statusCode())
                .isEqualTo(409);
        assertThat(browser.postJson("/api/v1/accounts", same).statusCode()).isEqualTo(409);
        assertThat(browser.postJson("/api/v1/accounts", same, "Idempotency-Key", "not a key")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void names_are_taken_in_any_script_and_kept_in_one_form() {
        for (var name : List.of(
                "Jose\u0301",
                "\u05d0\u05d3\u05d4",
                "\u0623\u062f\u0627",
                "\u963f\u9054",
                "\ud83d\udc69\u200d\ud83d\ude80 Ada",
                "x".repeat(80))) {
            var response = register(someAddress(), "correct horse battery", name);
            assertThat(response.statusCode()).as(name).isEqualTo(201);
            assertThat(json(response).get("displayName").asString())
                    .isEqualTo(Normalizer.normalize(name, Normalizer.Form.NFC));
        }
        var nothingToSee = register(someAddress(), "correct horse battery", "\u200b\u3164");
        assertThat(json(nothingToSee).has("displayName")).isFalse();
        for (var refused : List.of("\u202eadA", "A\u2066da", "x".repeat(81), "\\ud800", "A\\u0000da")) {
            assertThat(register(someAddress(), "correct horse battery", refused).statusCode())
                    .as(refused)
                    .isEqualTo(400);
        }
    }

    @Test
    void an_internationalised_domain_is_one_address_in_both_spellings() {
        var local = "ada-" + UUID.randomUUID();
        assertThat(register(local + "@b\u00fccher.example", "correct horse battery", "Ada")
                        .statusCode())
                .isEqualTo(201);
        assertThat(register(local + "@xn--bcher-kva.example", "correct horse battery", "Ada")
                        .statusCode())
                .isEqualTo(409);
        new Storefront(browser).codeFor(local + "@BU\u0308CHER.example", "correct horse battery");
    }

    @Test
    void each_invalid_field_is_named() {
        var refused = register("not-an-address", "short", "line\\nbreak");

        assertThat(refused.statusCode()).isEqualTo(400);
        var problem = json(refused);
        assertThat(problem.get("code").asString()).isEqualTo("INVALID_REQUEST");
        assertThat(problem.get("errors").findValuesAsString("field"))
                .containsExactlyInAnyOrder("email", "password", "displayName");
        assertThat(refused.body()).doesNotContain("short\"").doesNotContain("not-an-address");
    }

    @Test
    void a_password_has_12_to_128_characters() {
        assertThat(register(someAddress(), "x".repeat(11), "Ada").statusCode()).isEqualTo(400);
        assertThat(register(someAddress(), "x".repeat(12), "Ada").statusCode()).isEqualTo(201);
        assertThat(register(someAddress(), "x".repeat(128), "Ada").statusCode()).isEqualTo(201);
        assertThat(register(someAddress(), "x".repeat(129), "Ada").statusCode()).isEqualTo(400);
        var emoji = "\ud83d\ude80";
        assertThat(register(someAddress(), emoji.repeat(11), "Ada").statusCode())
                .isEqualTo(400);
        assertThat(register(someAddress(), emoji.repeat(128), "Ada").statusCode())
                .isEqualTo(201);
        assertThat(register(someAddress(), "n\u0303".repeat(11), "Ada").statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_customer_cannot_set_internal_fields_of_an_account() {
        for (var field : new String[] {"id", "synthetic", "passwordHash", "scope"}) {
            var refused = browser.postJson("/api/v1/accounts", """
                {"email": "%s", "password": "correct horse battery", "%s": "x"}\
                """.formatted(someAddress(), field));
            assertThat(refused.statusCode()).as(field).isEqualTo(400);
        }
    }

    @Test
    void no_log_line_contains_personal_data(CapturedOutput output) {
        var canary = "canary" + UUID.randomUUID().toString().replace("-", "");
        var email = canary + "@example.com";
        register(email, canary + "-password", canary);
        register(email, canary + "-password", canary);
        register(canary, canary, canary);
        new Storefront(browser).codeFor(email, canary + "-password");
        browser.submit("/login", Map.of("email", email, "password", canary + "-wrong"));
        browser.submit("/register", Map.of("email", email, "password", canary + "-again", "displayName", canary));

        assertThat(output.getAll()).doesNotContain(canary);
    }

    /** On a busy machine the queue for hashes may be full: the request is sent again. */
    private static int patiently(Supplier<HttpResponse<String>> request) {
        return await().atMost(Duration.ofSeconds(60)).until(() -> request.get().statusCode(), status -> status != 503);
    }

    private HttpResponse<String> register(String email, String password, String displayName) {
        return browser.postJson("/api/v1/accounts", body(email, password, displayName));
    }

    private static String body(String email, String password, String displayName) {
        return """
            {"email": "%s", "password": "%s", "displayName": "%s"}\
            """.formatted(email, password, displayName);
    }

    private static String someAddress() {
        return "Person-" + UUID.randomUUID() + "@Example.com";
    }
}
