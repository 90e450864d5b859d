package com.flashsale.auth.token;

import static com.flashsale.auth.Storefront.json;
import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.auth.Browser;
import com.flashsale.auth.Storefront;
import com.flashsale.platform.test.ServiceTest;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@ServiceTest
class RefreshTokensIT {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    Storefront storefront;
    JsonNode tokens;

    @BeforeEach
    void aPersonIsSignedIn() {
        storefront = new Storefront(new Browser(port));
        tokens = storefront.tokensFor(Storefront.newPerson(storefront.browser));
    }

    @Test
    void refreshing_gives_new_tokens_for_the_same_person() throws Exception {
        var refreshed = refresh(tokens);

        var before = SignedJWT.parse(tokens.get("access_token").asString()).getJWTClaimsSet();
        var after = SignedJWT.parse(refreshed.get("access_token").asString()).getJWTClaimsSet();
        assertThat(after.getSubject()).isEqualTo(before.getSubject());
        assertThat(after.getJWTID()).isNotEqualTo(before.getJWTID());
        assertThat(after.getAudience()).containsExactly("flashsale");
        assertThat(refreshed.get("refresh_token")).isNotEqualTo(tokens.get("refresh_token"));
    }

    @Test
    void an_old_refresh_token_ends_the_whole_chain() {
        var second = refresh(tokens);
        var third = refresh(second);

        assertRefused(storefront.refresh(tokens.get("refresh_token").asString()));

        assertRefused(storefront.refresh(third.get("refresh_token").asString()));
    }

    @Test
    void the_other_sign_ins_of_a_person_go_on_when_one_chain_ends() {
        var elsewhere = Storefront.codeFrom(storefront.authorize(storefront.authorizationRequest()));
        var other = json(storefront.exchange(storefront.browser, elsewhere, storefront.verifier));
        refresh(tokens);
        assertRefused(storefront.refresh(tokens.get("refresh_token").asString()));

        refresh(other);
    }

    @Test
    void of_two_at_once_with_one_refresh_token_at_most_one_is_served() {
        var token = tokens.get("refresh_token").asString();

        var answers = allAtOnce(8, () -> new Storefront(new Browser(port)).refresh(token));

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(1);
        var winner = json(answers.stream()
                .filter(answer -> answer.statusCode() == 200)
                .findFirst()
                .orElseThrow());
        assertRefused(storefront.refresh(winner.get("refresh_token").asString()));
    }

    @Test
    void refreshing_does_not_prolong_the_chain() {
        var subject = subjectOf(tokens);
        var before = endOf(subject);

        refresh(refresh(tokens));

        assertThat(endOf(subject)).isEqualTo(before);
    }

    @Test
    void a_revoked_refresh_token_is_gone() {
        var token = tokens.get("refresh_token").asString();

        var revoked = storefront.browser.post("/oauth2/revoke", Map.of("token", token, "client_id", "storefront"));

        assertThat(revoked.statusCode()).isEqualTo(200);
        assertRefused(storefront.refresh(token));
    }

    @Test
    void a_client_with_a_secret_cannot_come_without_it() {
        var answer = storefront.browser.post(
                "/oauth2/token",
                Map.of(
                        "grant_type", "refresh_token",
                        "client_id", "operator",
                        "refresh_token", tokens.get("refresh_token").asString()));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(json(answer).get("error").asString()).isEqualTo("invalid_client");
    }

    @Test
    void an_ended_grant_is_removed_an_hour_later(@Autowired AuthorizationCleanup cleanup) {
        var subject = subjectOf(tokens);
        refresh(tokens);
        jdbc.sql("""
                update oauth2_authorization
                   set authorization_code_expires_at = now() - interval '2 hours',
                       access_token_expires_at = now() - interval '2 hours',
                       oidc_id_token_expires_at = now() - interval '2 hours',
                       refresh_token_expires_at = now() - interval '61 minutes'
                 where principal_name = :subject
                """).param("subject", subject).update();

        cleanup.run();

        assertThat(jdbc.sql("select count(*) from oauth2_authorization where principal_name = :subject")
                        .param("subject", subject)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private JsonNode refresh(JsonNode from) {
        var response = storefront.refresh(from.get("refresh_token").asString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    private static void assertRefused(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).get("error").asString()).isEqualTo("invalid_grant");
    }

    private java.time.Instant endOf(String subject) {
        return jdbc.sql("select refresh_token_expires_at from oauth2_authorization where principal_name = :subject")
                .param("subject", subject)
                .query((row, _) -> row.getTimestamp(1).toInstant())
                .single();
    }

    private static String subjectOf(JsonNode tokens) {
        try {
            return SignedJWT.parse(tokens.get("access_token").asString())
                    .getJWTClaimsSet()
                    .getSubject();
        } catch (java.text.ParseException e) {
            throw new AssertionError(e);
        }
    }
}
