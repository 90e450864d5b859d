package com.flashsale.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One order while its page stands still: the stream breaks, the token ends, the time is over. */
class OrderPageIT extends BrowserTest {

    private Visitor withOrder(String hold) {
        var buyer = ada().opensSale(sale(1, Map.of("holdDuration", hold)));
        return buyer.press("Join the queue")
                .isAt("It is your turn")
                .press("Order now")
                .isAtOrder("Your units are set aside");
    }

    @Test
    void an_order_that_is_not_paid_for_in_time_says_so() {
        withOrder("PT12S").isAtOrder("The time to pay was over");
    }

    @Test
    void an_order_whose_stream_is_refused_is_polled() {
        var buyer = ada();
        buyer.page.route("**/events", route -> route.fulfill(Visitor.status(503)));
        buyer.opensSale(sale(1, Map.of("holdDuration", "PT12S")))
                .press("Join the queue")
                .isAt("It is your turn");
        buyer.press("Order now").isAtOrder("Your units are set aside").isAtOrder("The time to pay was over");
    }

    @Test
    void an_order_whose_token_and_stream_have_ended_is_followed_with_a_new_token() {
        var buyer = withOrder("PT12S");
        QueuePageIT.endToken(buyer.page);
        buyer.page.reload();
        buyer.isAtOrder("Your units are set aside").isAtOrder("The time to pay was over");
    }

    @Test
    void an_order_that_cannot_be_seen_any_more_says_so_and_asks_for_a_sign_in() {
        var buyer = withOrder("PT5M");
        buyer.page.route(
                "**/oauth2/token",
                route -> route.fulfill(new Route.FulfillOptions().setStatus(400).setBody("{}")));
        buyer.page.route("**/oauth2/authorize?*", route -> route.fulfill(new Route.FulfillOptions().setStatus(200)));
        QueuePageIT.endToken(buyer.page);
        buyer.page.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))");
        buyer.isTold("cannot see your order any more");
        assertThat(buyer.page
                        .locator("#notice")
                        .getByText("Sign in", new com.microsoft.playwright.Locator.GetByTextOptions().setExact(true)))
                .isVisible();
    }

    @Test
    void a_cancelled_order_leads_back_to_its_sale() {
        var buyer = withOrder("PT5M").press("Cancel this order").isAtOrder("You cancelled it.");
        buyer.page.getByText("Back to the sale").click();
        buyer.isAt("On sale now");
        assertThat(buyer.page.locator("#pending")).isHidden();
    }

    @Test
    void an_order_of_another_customer_does_not_exist() {
        var order = heldByAnother(shop.shopper(), sale(1));
        ada().opens("/orders/" + order).isTold("You have no such order.");
        assertThat(order).isNotEmpty();
    }
}
