package com.flashsale.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.Cookie;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The session of a browser: sign-in, sign-out, the next person, another tab, another address. */
class SessionIT extends BrowserTest {

    private static final Pattern LOGIN = Pattern.compile(".*/login\\?.*");

    @Test
    void a_sign_out_ends_the_sign_in_session_too() {
        var visitor = ada();
        visitor.press("Sign out").sees("Sign in");
        visitor.button("Sign in").click();
        assertThat(visitor.page).hasURL(LOGIN);
        visitor.sees("Or look around as");
    }

    @Test
    void the_next_person_sees_nothing_of_the_last_one_who_finds_everything_again() {
        var sale = sale(1, Map.of("admissionDuration", "PT5M"));
        shop.join(shop.shopper(), sale).is(201);
        var visitor = ada().opensSale(sale).queues();
        assertThat(visitor.page.locator("#heartbeat")).containsText("Your number is");
        var number = visitor.page.locator("#heartbeat").textContent().split("\\.")[0];
        visitor.press("Sign out").sees("Sign in");
        visitor.signedInAs("Bob").opensSale(sale).isAt("On sale now");
        assertThat(visitor.button("Join the queue")).isVisible();
        assertThat(visitor.page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('customer:')).length"))
                .isEqualTo(0);
        visitor.press("Sign out").sees("Sign in");
        visitor.signedInAs("Ada").opensSale(sale).isAt("You are in the queue");
        assertThat(visitor.page.locator("#heartbeat")).containsText(number + ".");
    }

    @Test
    void a_sign_out_in_one_tab_is_seen_in_the_other() {
        var visitor = ada().opensSale(sale(2)).takesTurn();
        var home = visitor.context.newPage();
        home.navigate("/");
        home.getByText("Sign out").click();
        visitor.isAt("On sale now").sees("Sign in");
    }

    @Test
    void the_cookies_of_another_platform_on_the_same_host_are_not_ours() {
        var visitor = ada();
        // browsers tell hosts apart, not ports
        var ours = visitor.context.cookies().stream().map(cookie -> cookie.name).toList();
        var theirs = ours.stream().map(this::atAnotherPort).toList();
        assertThat(theirs).isNotEmpty().doesNotContainAnyElementsOf(ours);
        visitor.context.addCookies(theirs.stream()
                .map(name -> new Cookie(name, "theirs").setDomain("localhost").setPath("/"))
                .toList());
        visitor.press("Sign out").sees("Sign in");
        visitor.signedInAs("Bob");
        assertThat(visitor.context.cookies().stream()
                        .filter(cookie -> theirs.contains(cookie.name))
                        .map(cookie -> cookie.value))
                .hasSameSizeAs(theirs)
                .containsOnly("theirs");
    }

    private String atAnotherPort(String cookie) {
        var port = storefront.address().substring(storefront.address().lastIndexOf(':') + 1);
        return cookie.endsWith("-" + port)
                ? cookie.substring(0, cookie.length() - port.length() - 1)
                : cookie + "-9090";
    }

    @Test
    void going_back_to_the_sign_in_page_and_choosing_another_person_is_that_person() {
        var visitor = visitor().opens("/").press("Sign in").press("Ada").sees("Sign out");
        visitor.page.goBack();
        if (visitor.button("Bob").isVisible()) {
            visitor.press("Bob");
            assertThat(visitor.page).hasURL(storefront.address() + "/");
            var customer = (String) visitor.page.evaluate("JSON.parse(localStorage.session).customer");
            var bob = bob();
            assertThat(bob.page.evaluate("JSON.parse(localStorage.session).customer"))
                    .isEqualTo(customer);
        } else {
            // the sign-in service may say who is signed in, or send the browser back to the shop
            assertThat(visitor.page.locator("body")).containsText(Pattern.compile("Ada|Sign out"));
        }
    }

    @Test
    void the_shop_at_another_address_leads_to_its_own_before_the_sign_in() {
        var sale = sale(1);
        for (var host : List.of("127.0.0.1", "LOCALHOST")) {
            var visitor =
                    visitor().opens(storefront.address(host) + "/s/" + sale).isAt("On sale now");
            visitor.press("Join the queue")
                    .press("Ada")
                    .isAt(host.equals("LOCALHOST") ? "It is your turn" : "On sale now");
            assertThat(visitor.page).hasURL(storefront.address() + "/s/" + sale);
            visitor.sees("Sign out");
        }
    }

    @Test
    void a_sign_in_that_was_not_begun_here_begins_anew_once() {
        var visitor = visitor().opens("/callback.html?code=abc&state=unknown");
        assertThat(visitor.page).hasURL(LOGIN);
        visitor.press("Ada").sees("Sign out");
    }

    @Test
    void a_sign_in_service_without_room_is_waited_for() {
        var visitor = visitor();
        var busy = new AtomicInteger(2);
        visitor.page.route("**/oauth2/token", route -> {
            if (busy.getAndDecrement() > 0) route.fulfill(Visitor.status(503));
            else route.resume();
        });
        visitor.signedInAs("Ada");
    }
}
