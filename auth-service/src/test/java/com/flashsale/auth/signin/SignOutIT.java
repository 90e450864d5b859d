package com.flashsale.auth.signin;

import static com.flashsale.auth.Storefront.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.auth.Browser;
import com.flashsale.auth.Storefront;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignOutIT extends SignInPagesIT {

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
        assertThat(browser.get("/login/sign-out").body()).contains("Sign out?").contains("Ada Bell");
        Storefront.codeFrom(storefront.authorize(storefront.authorizationRequest()));

        var out = browser.submit("/login/sign-out", Map.of());

        assertThat(Browser.location(out)).isEqualTo("/?signed-out");
        assertThat(browser.get("/login/sign-out").body()).contains("You are signed out");
        assertThat(Browser.location(storefront.authorize(storefront.authorizationRequest())))
                .startsWith("/login?continue=");
        assertThat(storefront.refresh(tokens.get("refresh_token").asString()).statusCode())
                .isEqualTo(400);
    }
}
