package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Nothing serious by axe-core on any page, light and dark, on a small and a large screen, and at 200 % zoom; and no
 * sideways scrolling.
 */
class AccessibilityIT extends BrowserTest {

    private final List<String> found = new ArrayList<>();

    @Test
    void the_pages_of_a_stranger() {
        var visitor = visitor(new Browser.NewContextOptions().setBypassCSP(true));
        sale(3);
        check(visitor.opens("/").sees("Aurora Sneaker"), "home");
        check(visitor.opensSale(sale(3)).isAt("On sale now"), "on sale");
        visitor.page.locator("#draw summary").click();
        check(visitor.sees("Checked in this browser"), "draw");
        check(visitor.opensSale("00000000-0000-7000-8000-000000000000").isAt("Sale not found"), "no sale");
        check(visitor.opens("/docs").sees("OpenAPI documents"), "docs");
        check(visitor.opens("/").press("Sign in").sees("Or look around as"), "sign in");
        visitor.page.getByText("Create an account").click();
        check(visitor.sees("At least 12 characters"), "register");
        assertThat(found).isEmpty();
    }

    @Test
    void the_pages_of_a_customer() {
        var visitor =
                visitor(new Browser.NewContextOptions().setBypassCSP(true)).signedInAs("VIP");
        var waiting = sale(1, Map.of("admissionDuration", "PT5M"));
        shop.join(shop.shopper(), waiting).is(201);
        check(visitor.opensSale(waiting).queues(), "waiting");
        var soldOut = sale(1);
        heldByAnother(shop.shopper(), soldOut);
        check(visitor.opensSale(soldOut).isAt("Sold out"), "sold out");
        check(visitor.press("Join the waitlist").isAt("You are on the waitlist"), "waitlist");
        check(visitor.opensSale(sale(2)).takesTurn(), "turn");
        check(visitor.orders(), "order");
        check(visitor.press("Card that is declined").sees("The bank declined"), "declined");
        check(visitor.pays(), "paid");
        check(visitor.opens("/orders").sees("On the waitlist"), "orders");
        assertThat(found).isEmpty();
    }

    private void check(Visitor visitor, String what) {
        found.addAll(Accessibility.findings(visitor.page, what));
    }
}
