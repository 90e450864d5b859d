package com.flashsale.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/** Sold out, and what comes after. */
class WaitlistPageIT extends BrowserTest {

    @Test
    void a_unit_that_comes_back_is_offered_on_the_page_and_bought() {
        var sale = sale(1);
        var holder = shop.shopper();
        var order = heldByAnother(holder, sale);
        var visitor = ada().opensSale(sale)
                .isAt("Sold out")
                .press("Join the waitlist")
                .isAt("You are on the waitlist");
        assertThat(visitor.page.locator("#position")).hasText("1");
        cancel(holder, order);
        visitor.isAt("A unit is yours to buy").orders();
        visitor.pays();
    }

    @Test
    void an_offer_is_seen_on_another_device() {
        var sale = sale(1);
        var holder = shop.shopper();
        var order = heldByAnother(holder, sale);
        bob().opensSale(sale)
                .press("Join the waitlist")
                .isAt("You are on the waitlist")
                .close();
        cancel(holder, order);
        var elsewhere = bob().opensSale(sale).isAt("A unit is yours to buy");
        assertThat(elsewhere.page.locator("#quantity option")).hasCount(1);
        elsewhere.opens("/orders").sees("A unit is yours to buy");
    }

    @Test
    void the_waitlist_can_be_left() {
        var sale = sale(1);
        heldByAnother(shop.shopper(), sale);
        var visitor = ada().opensSale(sale).press("Join the waitlist").isAt("You are on the waitlist");
        visitor.press("Leave the waitlist").isAt("Sold out");
        visitor.page.reload();
        visitor.isAt("Sold out");
        assertThat(visitor.button("Join the waitlist")).isVisible();
    }

    @Test
    void a_sale_whose_units_are_all_paid_for_offers_no_waitlist_for_long() {
        var sale = sale(1);
        var owner = shop.shopper();
        var order = heldByAnother(owner, sale);
        shop.pay(owner, order, "test-approve").is(202);
        shop.awaitState(owner, order, "PAID");
        var visitor = ada().opensSale(sale).isAt("Sold out");
        var join = visitor.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Join the waitlist"));
        visitor.sees("All units are paid for, so none can come back.");
        assertThat(join).hasCount(0);
    }
}
