package com.flashsale.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The way to a unit, and what people do on it: two clicks, back, reload, two tabs, another card. */
class BuyingIT extends BrowserTest {

    static final String ORDERS = "POST /api/v1/orders";
    static final String PAYMENTS = "POST /api/v1/orders/[^/]+/payments";
    static final String PAID = "Paid. Thank you";

    @Test
    void a_stranger_buys_by_clicks_and_is_asked_to_sign_in_on_the_way() {
        var sale = sale(3, Map.of("purchaseLimit", 2));
        var stranger = visitor().opens("/");
        stranger.cardOf(sale).click();
        stranger.isAt("On sale now").press("Join the queue");
        stranger.press("Ada").isAt("It is your turn");
        stranger.page.selectOption("#quantity", "2");
        stranger.orders();
        assertThat(stranger.page.locator("#summary")).containsText("2 × for €159.80");
        stranger.pays();
        stranger.page
                .getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("My orders").setExact(true))
                .click();
        assertThat(stranger.page.locator("#orders .badge").first()).hasText("Paid");
        assertThat(stranger.page.locator("#orders a").first()).hasText("Aurora Sneaker: 2 × for €159.80");
    }

    @Test
    void a_keyboard_is_enough_to_buy_and_its_focus_is_never_lost() {
        var buyer = visitor().opensSale(sale(1)).isAt("On sale now");
        buyer.tabsTo("Join the queue").sees("Or look around as");
        buyer.tabsTo("Bob").isAt("It is your turn");
        buyer.tabsTo("Order now").isAtOrder("Your units are set aside");
        buyer.tabsTo("Card that is declined").sees("The bank declined this card");
        assertThat(buyer.focused()).isEqualTo("Card that is declined");
        buyer.page.locator("#checkout button[aria-disabled=false]").first().waitFor();
        buyer.page.keyboard().press("Shift+Tab");
        assertThat(buyer.focused()).isEqualTo("Card that is approved");
        buyer.page.keyboard().press("Enter");
        buyer.isAtOrder(PAID);
        assertThat(buyer.focused()).isEqualTo("Your order");
    }

    @Test
    void a_press_of_join_by_keyboard_leads_the_focus_to_the_news() {
        var buyer = ada().opensSale(sale(1)).isAt("On sale now");
        buyer.tabsTo("Join the queue").isAt("It is your turn");
        assertThat(buyer.focused()).isEqualTo("It is your turn");
    }

    @Test
    void two_clicks_make_one_order_and_one_payment() {
        var buyer = ada().opensSale(sale(2));
        buyer.button("Join the queue").dblclick();
        buyer.isAt("It is your turn").button("Order now").dblclick();
        buyer.isAtOrder("Your units are set aside")
                .button("Card that is approved")
                .dblclick();
        buyer.isAtOrder(PAID);
        assertThat(buyer.requests(ORDERS)).isEqualTo(1);
        assertThat(buyer.requests(PAYMENTS)).isEqualTo(1);
    }

    @Test
    void a_reload_keeps_turn_and_quantity_and_back_shows_the_order_that_waits() {
        var buyer = ada().opensSale(sale(3, Map.of("purchaseLimit", 3)));
        buyer.takesTurn().page.selectOption("#quantity", "2");
        buyer.page.reload();
        buyer.isAt("It is your turn");
        assertThat(buyer.page.locator("#quantity")).hasValue("2");
        buyer.orders();
        var order = buyer.page.url();
        buyer.page.reload();
        buyer.isAtOrder("Your units are set aside");
        buyer.page.goBack();
        buyer.sees("You have an order in this sale that is not paid for yet.");
        buyer.page
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Go to your order"))
                .click();
        assertThat(buyer.page).hasURL(order);
    }

    @Test
    void a_turn_that_was_used_in_one_tab_is_over_in_the_other() {
        var buyer = ada().opensSale(sale(3, Map.of("purchaseLimit", 2)));
        buyer.takesTurn();
        var second = buyer.context.newPage();
        second.navigate("/s/" + buyer.page.url().substring(buyer.page.url().lastIndexOf('/') + 1));
        assertThat(second.locator("#stage-title")).hasText("It is your turn");
        buyer.orders();
        assertThat(second.locator("#pending")).containsText("not paid for yet");
        assertThat(second.getByText("Order now")).hasCount(0);
    }

    @Test
    void the_choice_ends_at_what_the_turn_is_for_and_a_refusal_keeps_the_turn() {
        var sale = sale(3, Map.of("purchaseLimit", 2));
        var buyer = ada();
        buyer.page.route("**/api/v1/orders", BuyingIT::onlyOneUnit);
        buyer.opensSale(sale).takesTurn().page.selectOption("#quantity", "2");
        buyer.press("Order now").isTold("Your turn is for one unit");
        assertThat(buyer.page.locator("#quantity option")).hasCount(1);
        buyer.page.unroute("**/api/v1/orders");
        buyer.isAt("It is your turn").orders();
    }

    private static void onlyOneUnit(Route route) {
        route.fulfill(new Route.FulfillOptions()
                .setStatus(403)
                .setContentType("application/problem+json")
                .setBody("{\"status\":403,\"code\":\"ADMISSION_INVALID\",\"units\":1}"));
    }

    @Test
    void a_refusal_stays_readable_until_the_next_action() {
        var buyer = ada().opensSale(sale(3, Map.of("purchaseLimit", 2)));
        buyer.takesTurn();
        buyer.meetsOverload("**/api/v1/orders");
        buyer.press("Order now").isTold("Very many people are here");
        // the page goes on showing news, and the words stay
        buyer.page.waitForResponse("**/queue", () -> buyer.page.evaluate("dispatchEvent(new Event('online'))"));
        buyer.isTold("Very many people are here");
        buyer.page.unroute("**/api/v1/orders");
        buyer.orders();
    }

    @Test
    void a_payment_that_was_refused_for_overload_can_be_made_again() {
        var sale = sale(1);
        var buyer = ada().opensSale(sale);
        buyer.takesTurn().orders();
        buyer.meetsOverload("**/api/v1/orders/**");
        buyer.press("Card that is approved").isTold("Very many people are here");
        assertThat(buyer.button("Card that is approved")).hasAttribute("aria-disabled", "false");
        buyer.page.unroute("**/api/v1/orders/**");
        buyer.pays();
    }

    @Test
    void a_slow_network_is_waited_for() {
        var buyer = ada();
        buyer.page.route("**/api/**", BuyingIT::slowly);
        buyer.opensSale(sale(1)).takesTurn();
        buyer.orders();
        buyer.pays();
        assertThat(buyer.requests(ORDERS)).isEqualTo(1);
    }

    private static void slowly(Route route) {
        if (!route.request().url().endsWith("/events"))
            route.request().frame().page().waitForTimeout(800);
        route.resume();
    }
}
