package com.flashsale.auth.signin;

import static com.flashsale.auth.Storefront.PASSWORD;
import static com.flashsale.auth.Storefront.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.auth.Browser;
import com.flashsale.auth.Storefront;
import com.flashsale.platform.test.ServiceTest;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@ServiceTest
class SignInIT {

    @LocalServerPort
    int port;

    Browser browser;
    Storefront storefront;

    @BeforeEach
    void aNewBrowser() {
        browser = new Browser(port);
        storefront = new Storefront(browser);
    }

    @Test
    void signing_in_on_the_page_ends_with_a_token_that_anybody_can_verify() throws Exception {
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
        assertThat(claims.toString()).doesNotContain(email).doesNotContain("Somebody");
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
    void making_an_account_on_the_page_signs_in() {
        var email = "new-" + UUID.randomUUID() + "@example.com";
        var toSignIn = Browser.location(storefront.authorize(storefront.authorizationRequest()));

        var back = browser.submit(
                toSignIn.replace("/login", "/register"),
                Map.of("email", email, "password", PASSWORD, "displayName", ""));

        assertThat(back.statusCode()).as(back.body()).isEqualTo(303);
        Storefront.codeFrom(browser.get(Browser.location(back), "Accept", "text/html"));
    }

    @Test
    void an_account_form_says_what_is_wrong_and_keeps_what_was_typed() {
        var refused = browser.submit(
                "/register", Map.of("email", "not-an-address", "password", "short", "displayName", "<b>Ada</b>"));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("must be an e-mail address")
                .contains("must have 12 to 128 characters")
                .contains("&lt;b&gt;Ada&lt;/b&gt;")
                .doesNotContain("<b>Ada</b>")
                .doesNotContain("short");
    }

    @Test
    void a_taken_address_is_refused_on_the_page_too() {
        var email = Storefront.newPerson(browser);

        var refused = browser.submit("/register", Map.of("email", email, "password", PASSWORD, "displayName", ""));

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("has an account already");
    }

    @Test
    void unknown_address_and_wrong_password_get_the_same_answer() {
        var known = Storefront.newPerson(browser);
        var unknown = known.replace("person-", "nobody-");

        var wrongPassword = browser.submit("/login", Map.of("email", known, "password", "a wrong password"));
        var unknownAddress = browser.submit("/login", Map.of("email", unknown, "password", "a wrong password"));

        assertThat(List.of(wrongPassword.statusCode(), unknownAddress.statusCode()))
                .containsOnly(401);
        assertThat(withoutSecrets(unknownAddress.body()).replace(unknown, "…"))
                .isEqualTo(withoutSecrets(wrongPassword.body()).replace(known, "…"))
                .contains("do not go together");
        assertThat(browser.cookies()).doesNotContainKey("flashsale-session");
    }

    @Test
    void a_password_signs_in_in_any_form_that_a_keyboard_writes() {
        var composed = "p\u00e4ssw\u00f6rter-sind-lang";
        var decomposed = Normalizer.normalize(composed, Normalizer.Form.NFD);
        for (var registered : List.of(composed, decomposed)) {
            var email = "person-" + UUID.randomUUID() + "@example.com";
            assertThat(browser.postJson("/api/v1/accounts", """
                {"email": "%s", "password": "%s"}\
                """.formatted(email, registered))
                            .statusCode())
                    .isEqualTo(201);
            for (var typed : List.of(composed, decomposed)) {
                assertThat(new Browser(port)
                                .submit("/login", Map.of("email", email, "password", typed))
                                .statusCode())
                        .isEqualTo(303);
            }
        }
    }

    @Test
    void wrong_passwords_of_strangers_make_only_the_strangers_wait() {
        var email = Storefront.newPerson(browser);
        var wrong = Map.of("email", email, "password", "a wrong password");
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThat(browser.submit("/login", "/login", wrong, "X-Forwarded-For", "203.0.113.7")
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(browser.submit("/login", "/login", wrong, "X-Forwarded-For", "203.0.113.7")
                        .statusCode())
                .isEqualTo(429);

        var right = browser.submit(
                "/login", "/login", Map.of("email", email, "password", PASSWORD), "X-Forwarded-For", "8.8.4.4");

        assertThat(right.statusCode()).isEqualTo(303);
        assertThat(browser.cookies()).containsKey("flashsale-device");
        // on a device where the person has signed in before, the failures of others at the same
        // address do not count
        var known = browser.copy();
        assertThat(known.submit(
                                "/login",
                                "/login",
                                Map.of("email", email, "password", PASSWORD),
                                "X-Forwarded-For",
                                "203.0.113.7")
                        .statusCode())
                .isEqualTo(303);
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
        assertThat(browser.get(page).body()).contains("You are signed in as").contains("Somebody");
    }

    @Test
    void an_address_that_only_takes_forms_leads_to_the_form() {
        for (var path : List.of("/login/persona", "/login/", "/login/anything")) {
            var answer = browser.get(path + "?continue=x", "Accept", "text/html");
            assertThat(answer.statusCode()).as(path).isEqualTo(303);
            assertThat(Browser.location(answer)).startsWith("/login?continue=");
        }
        assertThat(Browser.location(browser.get("/register/", "Accept", "text/html")))
                .startsWith("/register?");
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
    void after_five_wrong_passwords_one_has_to_wait_even_with_the_right_one() {
        var email = Storefront.newPerson(browser);
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThat(browser.submit("/login", Map.of("email", email, "password", "a wrong password"))
                            .statusCode())
                    .isEqualTo(401);
        }

        // each further failure doubles the wait: one of seconds is not over before a slow machine asks again
        var wrong = Map.of("email", email, "password", "a wrong password");
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            var wait = browser.submit("/login", wrong).headers().firstValueAsLong("Retry-After");
            return wait.orElse(0) > 3;
        });
        var tooSoon = browser.submit("/login", Map.of("email", email, "password", PASSWORD));

        assertThat(tooSoon.statusCode()).isEqualTo(429);
        assertThat(tooSoon.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isPositive();
        assertThat(tooSoon.body()).contains("Too many attempts");
    }

    @Test
    void a_form_without_the_token_of_its_page_does_nothing() {
        var email = Storefront.newPerson(browser);

        var refused = browser.post("/login", Map.of("email", email, "password", PASSWORD));

        assertThat(refused.statusCode()).isEqualTo(303);
        assertThat(Browser.location(refused)).startsWith("/login?continue=");
        assertThat(browser.cookies()).doesNotContainKey("flashsale-session");
    }

    @Test
    void the_page_redirects_to_no_other_place() {
        for (var elsewhere : List.of(
                "https://evil.example/",
                "//evil.example/",
                "/\\evil.example",
                "/oauth2/authorize\\@evil.example",
                "/api/v1/accounts")) {
            var email = Storefront.newPerson(browser);
            var signedIn = new Browser(port)
                    .submit(
                            "/login",
                            Map.of(
                                    "email",
                                    email,
                                    "password",
                                    PASSWORD,
                                    "continueTo",
                                    new Continuation(elsewhere).encoded()));
            assertThat(Browser.location(signedIn)).as(elsewhere).isEqualTo("/");
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
    void pages_are_locked_down() {
        var headers = browser.get("/login").headers();

        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(headers.firstValue("Cache-Control").orElseThrow()).contains("no-store");
        var css = browser.get("/login.css");
        assertThat(css.statusCode()).isEqualTo(200);
        assertThat(css.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/css");
    }

    @Test
    void signing_out_ends_the_session() throws Exception {
        var tokens = storefront.tokensFor(Storefront.newPerson(browser));

        var out = browser.get("/connect/logout?"
                + Browser.encoded(Map.of(
                        "id_token_hint",
                        tokens.get("id_token").asString(),
                        "post_logout_redirect_uri",
                        "http://localhost:8080/")));

        assertThat(out.statusCode()).as(out.body()).isEqualTo(302);
        assertThat(Browser.location(out)).isEqualTo("http://localhost:8080/");
        assertThat(Browser.location(storefront.authorize(storefront.authorizationRequest())))
                .startsWith("/login?continue=");
        assertThat(storefront.refresh(tokens.get("refresh_token").asString()).statusCode())
                .isEqualTo(400);
    }

    @Test
    void after_a_sign_out_the_cookie_of_before_is_worth_nothing() {
        var tokens = storefront.tokensFor(Storefront.newPerson(browser));
        var refreshed = json(storefront.refresh(tokens.get("refresh_token").asString()));
        var before = browser.copy();

        // as a program without the cookie, with the id token of the last refresh
        var out = new Browser(port)
                .get("/connect/logout?"
                        + Browser.encoded(Map.of(
                                "id_token_hint", refreshed.get("id_token").asString())));

        assertThat(out.statusCode()).as(out.body()).isEqualTo(302);
        assertThat(Browser.location(new Storefront(before).authorize(storefront.authorizationRequest())))
                .startsWith("/login?continue=");
        assertThat(storefront.refresh(refreshed.get("refresh_token").asString()).statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_link_asks_before_it_signs_a_person_out() {
        var tokens = storefront.tokensFor(Storefront.newPerson(browser));
        var stranger = new Browser(port);
        var theirs = new Storefront(stranger).tokensFor(Storefront.newPerson(stranger));
        for (var hint : List.of(
                "",
                "?id_token_hint=garbage",
                "?id_token_hint=" + theirs.get("id_token").asString())) {
            var asked = browser.get("/connect/logout" + hint, "Accept", "text/html");
            assertThat(asked.statusCode()).isEqualTo(303);
            assertThat(Browser.location(asked)).isEqualTo("/login/sign-out");
        }
        assertThat(browser.post("/login/sign-out", Map.of()).statusCode()).isEqualTo(303);
        assertThat(browser.get("/login/sign-out").body()).contains("Sign out?").contains("Somebody");
        Storefront.codeFrom(storefront.authorize(storefront.authorizationRequest()));

        var out = browser.submit("/login/sign-out", Map.of());

        assertThat(Browser.location(out)).isEqualTo("/?signed-out");
        assertThat(browser.get("/login/sign-out").body()).contains("You are signed out");
        assertThat(Browser.location(storefront.authorize(storefront.authorizationRequest())))
                .startsWith("/login?continue=");
        assertThat(storefront.refresh(tokens.get("refresh_token").asString()).statusCode())
                .isEqualTo(400);
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
        assertThat(info.get("name").asString()).isEqualTo("Somebody");
    }

    private static String withoutSecrets(String page) {
        return page.replaceAll("name=\"_csrf\"[^>]*>", "");
    }
}
