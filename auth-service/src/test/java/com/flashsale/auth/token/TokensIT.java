package com.flashsale.auth.token;

import static com.flashsale.auth.Storefront.basic;
import static com.flashsale.auth.Storefront.json;
import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.auth.Browser;
import com.flashsale.auth.Storefront;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestSecrets;
import com.flashsale.platform.test.TestTokens;
import com.nimbusds.jwt.SignedJWT;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class TokensIT {

    @LocalServerPort
    int port;

    @LocalManagementPort
    int managementPort;

    @Autowired
    JdbcClient jdbc;

    Browser browser;
    Storefront storefront;

    @BeforeEach
    void aNewBrowser() {
        browser = new Browser(port);
        storefront = new Storefront(browser);
    }

    @Test
    void discovery_names_the_gateway_and_what_is_supported() {
        var document = json(browser.get("/.well-known/openid-configuration"));

        assertThat(document.get("issuer").asString()).isEqualTo(TestTokens.ISSUER);
        assertThat(document.get("authorization_endpoint").asString())
                .isEqualTo(TestTokens.ISSUER + "/oauth2/authorize");
        assertThat(document.get("jwks_uri").asString()).isEqualTo(TestTokens.ISSUER + "/oauth2/jwks");
        assertThat(document.get("end_session_endpoint").asString()).isEqualTo(TestTokens.ISSUER + "/connect/logout");
        assertThat(document.get("id_token_signing_alg_values_supported").toString())
                .isEqualTo("[\"ES256\"]");
        assertThat(document.get("code_challenge_methods_supported").toString()).isEqualTo("[\"S256\"]");
    }

    @Test
    void a_wrong_verifier_is_refused_and_so_is_none() {
        var code = storefront.codeFor(Storefront.newPerson(browser), Storefront.PASSWORD);

        var wrong = storefront.exchange(browser, code, "x".repeat(60));
        var none = browser.post(
                "/oauth2/token",
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "client_id",
                        "storefront",
                        "redirect_uri",
                        Storefront.REDIRECT,
                        "code",
                        code));

        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(json(wrong).get("error").asString()).isEqualTo("invalid_grant");
        assertThat(none.statusCode()).isIn(400, 401);
    }

    @Test
    void an_authorization_request_without_pkce_is_refused() {
        var email = Storefront.newPerson(browser);
        storefront.codeFor(email, Storefront.PASSWORD);
        var request = storefront.authorizationRequest();
        request.remove("code_challenge");
        request.remove("code_challenge_method");

        var refused = Browser.query(Browser.location(storefront.authorize(request)));

        assertThat(refused).containsEntry("error", "invalid_request").doesNotContainKey("code");
    }

    @Test
    void a_foreign_redirect_is_never_followed() {
        storefront.codeFor(Storefront.newPerson(browser), Storefront.PASSWORD);
        for (var foreign : List.of("https://evil.example/callback", TestTokens.ISSUER + "/callback/../x")) {
            var request = storefront.authorizationRequest();
            request.put("redirect_uri", foreign);
            assertThat(storefront.authorize(request).statusCode()).as(foreign).isEqualTo(400);
        }
    }

    @Test
    void a_storefront_cannot_get_the_rights_of_a_machine() {
        storefront.codeFor(Storefront.newPerson(browser), Storefront.PASSWORD);
        var request = storefront.authorizationRequest();
        request.put("scope", "openid shop operator");

        assertThat(Browser.query(Browser.location(storefront.authorize(request))))
                .containsEntry("error", "invalid_scope");
    }

    @Test
    void a_code_is_good_for_one_exchange_even_if_ten_come_at_once() {
        var code = storefront.codeFor(Storefront.newPerson(browser), Storefront.PASSWORD);

        var statuses = allAtOnce(
                10,
                () -> storefront
                        .exchange(new Browser(port), code, storefront.verifier)
                        .statusCode());

        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
        assertThat(statuses).as("the code was used, or too many waited for it").isSubsetOf(200, 400, 503);
    }

    @Test
    void a_machine_gets_a_token_for_its_own_scope() throws Exception {
        var token = SignedJWT.parse(Storefront.machineToken(browser, "operator", TestSecrets.OPERATOR));

        assertThat(token.getHeader().getType().getType()).isEqualTo("at+jwt");
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("operator");
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("flashsale");
        assertThat(token.getJWTClaimsSet().getStringListClaim("scope")).containsExactly("operator");
    }

    @Test
    void a_machine_gets_nothing_with_a_wrong_secret_or_for_a_foreign_scope() {
        var wrongSecret = browser.post(
                "/oauth2/token",
                Map.of("grant_type", "client_credentials", "scope", "operator"),
                "Authorization",
                basic("operator", "guessed"));
        var foreignScope = browser.post(
                "/oauth2/token",
                Map.of("grant_type", "client_credentials", "scope", "load-test"),
                "Authorization",
                basic("operator", TestSecrets.OPERATOR));
        var noSecret =
                browser.post("/oauth2/token", Map.of("grant_type", "client_credentials", "client_id", "operator"));

        assertThat(wrongSecret.statusCode()).isEqualTo(401);
        assertThat(json(wrongSecret).get("error").asString()).isEqualTo("invalid_client");
        assertThat(json(foreignScope).get("error").asString()).isEqualTo("invalid_scope");
        assertThat(noSecret.statusCode()).isEqualTo(401);
        assertThat(json(noSecret).get("error").asString()).isEqualTo("invalid_client");
    }

    @Test
    void only_an_access_token_is_an_access_token() {
        var tokens = storefront.tokensFor(Storefront.newPerson(browser));
        var subject = subjectOf(tokens.get("access_token").asString());

        assertThat(mine(subject, tokens.get("access_token").asString())).isEqualTo(200);
        assertThat(mine(subject, tokens.get("id_token").asString())).isEqualTo(401);
        assertThat(mine(subject, tokens.get("refresh_token").asString())).isEqualTo(401);
        assertThat(mine(subject, TestTokens.shopper(UUID.fromString(subject))))
                .as("signed by a key that is not ours")
                .isEqualTo(401);
        assertThat(browser.get(
                                "/userinfo",
                                "Authorization",
                                "Bearer " + tokens.get("id_token").asString())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void each_scope_opens_its_own_paths_only() {
        var operator = Storefront.machineToken(browser, "operator", TestSecrets.OPERATOR);
        var loadTest = Storefront.machineToken(browser, "load-test", TestSecrets.LOAD_TEST);
        var shopper = storefront
                .tokensFor(Storefront.newPerson(browser))
                .get("access_token")
                .asString();

        assertThat(rotate(shopper)).isEqualTo(403);
        assertThat(rotate(loadTest)).isEqualTo(403);
        assertThat(synthetic(shopper)).isEqualTo(403);
        assertThat(synthetic(operator)).isEqualTo(403);
        assertThat(browser.postJson("/api/v1/signing-keys/rotation", "").statusCode())
                .isEqualTo(401);
        assertThat(browser.get("/api/v1/whatever", "Authorization", "Bearer " + operator)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void another_persons_account_does_not_exist() {
        var other = subjectOf(new Storefront(new Browser(port))
                .tokensFor(Storefront.newPerson(browser))
                .get("access_token")
                .asString());
        var token = storefront
                .tokensFor(Storefront.newPerson(browser))
                .get("access_token")
                .asString();

        assertThat(mine(other, token)).isEqualTo(404);
    }

    @Test
    void stored_codes_and_tokens_are_no_use_to_a_thief() {
        var tokens = storefront.tokensFor(Storefront.newPerson(browser));
        var subject = subjectOf(tokens.get("access_token").asString());

        var row = jdbc.sql("select row_to_json(a)::text from oauth2_authorization a where principal_name = :subject")
                .param("subject", subject)
                .query(String.class)
                .single();
        assertThat(row)
                .doesNotContain(tokens.get("access_token").asString())
                .doesNotContain(tokens.get("refresh_token").asString())
                .doesNotContain(tokens.get("id_token").asString())
                .contains("sha256:");

        var stored = jdbc.sql("select refresh_token_value from oauth2_authorization where principal_name = :subject")
                .param("subject", subject)
                .query(String.class)
                .single();
        assertThat(storefront.refresh(stored).statusCode()).isEqualTo(400);
        assertThat(storefront.refresh(tokens.get("refresh_token").asString()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void management_answers_on_its_own_port_only() {
        var management = new Browser(managementPort);

        assertThat(management.get("/actuator/health/readiness").body()).contains("UP");
        assertThat(management.get("/actuator/prometheus").body()).contains("password-hashing");
        assertThat(management.get("/actuator/env").statusCode()).isIn(401, 404);
        assertThat(browser.get("/actuator/health").statusCode()).isIn(401, 403, 404);
    }

    private int mine(String id, String token) {
        return browser.get("/api/v1/accounts/" + id, "Authorization", "Bearer " + token)
                .statusCode();
    }

    private int rotate(String token) {
        return browser.postJson("/api/v1/signing-keys/rotation", "", "Authorization", "Bearer " + token)
                .statusCode();
    }

    private int synthetic(String token) {
        return browser.postJson("/api/v1/synthetic-shoppers", "{\"count\": 1}", "Authorization", "Bearer " + token)
                .statusCode();
    }

    private static String subjectOf(String token) {
        try {
            return SignedJWT.parse(token).getJWTClaimsSet().getSubject();
        } catch (java.text.ParseException e) {
            throw new AssertionError(e);
        }
    }
}
