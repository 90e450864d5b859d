package com.flashsale.auth.signin;

import static com.flashsale.auth.Storefront.PASSWORD;
import static com.flashsale.auth.Storefront.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.auth.Browser;
import com.flashsale.auth.Storefront;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Sign-in and the tokens and the session that it ends with. */
class SignInIT extends SignInPagesIT {

    @Test
    void signing_in_on_the_page_ends_with_a_token_that_the_published_keys_verify() throws Exception {
        var email = Storefront.newPerson(browser);

        var tokens = storefront.tokensFor(email);

        var accessToken = SignedJWT.parse(tokens.get("access_token").asString());
        var keys = JWKSet.parse(browser.get("/oauth2/jwks").body());
        var key = keys.getKeyByKeyId(accessToken.getHeader().getKeyID()).toECKey();
        assertThat(accessToken.verify(new ECDSAVerifier(key))).isTrue();
        assertThat(accessToken.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
        assertThat(accessToken.getHeader().getType().getType()).isEqualTo("at+jwt");
        var claims = accessToken.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo("http://localhost:8080");
        assertThat(claims.getAudience()).containsExactly("flashsale");
        assertThat(UUID.fromString(claims.getSubject()).version()).isEqualTo(7);
        assertThat(claims.getStringListClaim("scope")).containsExactlyInAnyOrder("openid", "shop");
        assertThat(claims.getExpirationTime().getTime() - claims.getIssueTime().getTime())
                .isEqualTo(600_000);
        assertThat(claims.toString()).doesNotContain(email).doesNotContain("Ada Bell");
        assertThat(tokens.get("expires_in").asInt()).isBetween(590, 600);
    }

    @Test
    void the_id_token_is_for_the_storefront_and_carries_its_nonce() throws Exception {
        var tokens = storefront.tokensFor(Storefront.newPerson(browser));

        var idToken = SignedJWT.parse(tokens.get("id_token").asString());

        assertThat(idToken.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
        assertThat(idToken.getJWTClaimsSet().getAudience()).containsExactly("storefront");
        assertThat(idToken.getJWTClaimsSet().getStringClaim("nonce")).isEqualTo("a-nonce");
        assertThat(idToken.getJWTClaimsSet().getStringClaim("sid")).isNotBlank();
    }

    @Test
    void a_second_authorization_needs_no_second_sign_in() {
        storefront.codeFor(Storefront.newPerson(browser), PASSWORD);

        Storefront.codeFrom(storefront.authorize(storefront.authorizationRequest()));
    }

    @Test
    void a_second_tab_goes_straight_on_after_the_same_person_has_signed_in_in_the_first() {
        var email = Storefront.newPerson(browser);
        var page = Browser.location(storefront.authorize(storefront.authorizationRequest()));
        var continueTo = Browser.query(page).get("continue");
        var second = Map.of("email", email, "password", PASSWORD, "continueTo", continueTo, "_csrf", "of-before");
        browser.submit(page, Map.of("email", email, "password", PASSWORD));

        for (var form : List.of("/login", "/login/persona")) {
            var straightOn = browser.post(form, second);
            assertThat(straightOn.statusCode()).isEqualTo(303);
            Storefront.codeFrom(browser.get(Browser.location(straightOn), "Accept", "text/html"));
        }
        var other = browser.post("/login/persona", Map.of("email", "bob@demo.example", "continueTo", continueTo));
        assertThat(Browser.location(other)).isEqualTo(page);
        assertThat(browser.get(page).body()).contains("You are signed in as").contains("Ada Bell");
    }

    @Test
    void another_person_at_the_same_browser_ends_the_sign_in_of_the_one_before() {
        var tokens = storefront.tokensFor(Storefront.newPerson(browser));
        var bob = Storefront.newPerson(browser);

        browser.submit("/login", Map.of("email", bob, "password", PASSWORD));

        assertThat(storefront.refresh(tokens.get("refresh_token").asString()).statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_silent_request_is_answered_without_a_page() {
        var request = storefront.authorizationRequest();
        request.put("prompt", "none");
        assertThat(Browser.query(Browser.location(storefront.authorize(request))))
                .containsEntry("error", "login_required");

        storefront.codeFor(Storefront.newPerson(browser), PASSWORD);

        Storefront.codeFrom(storefront.authorize(request));
    }

    @Test
    void a_sign_in_that_began_at_another_address_ends_at_a_page_with_a_way_on() {
        for (var origin : List.of("http://127.0.0.1:8080", "http://[::1]:8080", "http://LOCALHOST:8080", "nonsense")) {
            var request = storefront.authorizationRequest();
            request.put("redirect_uri", origin + "/callback.html");

            var answer = storefront.authorize(request);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/html");
            assertThat(answer.body()).contains("href=\"http://localhost:8080/\"");
        }
    }

    @Test
    void a_visitor_who_only_looks_leaves_no_session() {
        storefront.authorize(storefront.authorizationRequest());
        browser.get("/login");
        browser.get("/register");

        assertThat(browser.cookies()).containsOnlyKeys("flashsale-csrf");
    }

    @Test
    void the_session_of_a_sign_in_is_never_one_from_before() {
        var email = Storefront.newPerson(browser);
        browser.submit("/login", Map.of("email", email, "password", PASSWORD));
        var before = browser.cookies().get("flashsale-session");

        browser.submit("/login", Map.of("email", email, "password", PASSWORD));

        assertThat(browser.cookies().get("flashsale-session")).isNotEqualTo(before);
    }

    @Test
    void a_client_may_read_about_its_person_what_the_person_granted() {
        var email = Storefront.newPerson(browser);
        var request = storefront.authorizationRequest();
        storefront.codeFor(email, PASSWORD);
        request.put("scope", "openid email profile shop");
        var code = Storefront.codeFrom(storefront.authorize(request));
        var tokens = json(storefront.exchange(browser, code, storefront.verifier));

        var info = json(browser.get(
                "/userinfo",
                "Authorization",
                "Bearer " + tokens.get("access_token").asString()));

        assertThat(info.get("email").asString()).isEqualTo(email);
        assertThat(info.get("name").asString()).isEqualTo("Ada Bell");
    }
}
