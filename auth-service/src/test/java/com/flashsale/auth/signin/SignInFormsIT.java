package com.flashsale.auth.signin;

import static com.flashsale.auth.Storefront.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.auth.Browser;
import com.flashsale.auth.Storefront;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The forms of the pages and the pages themselves. */
class SignInFormsIT extends SignInPagesIT {

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
                                    new SavedRequest(elsewhere).encoded()));
            assertThat(Browser.location(signedIn)).as(elsewhere).isEqualTo("/");
        }
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
}
