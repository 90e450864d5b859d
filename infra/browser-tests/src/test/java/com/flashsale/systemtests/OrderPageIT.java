package com.flashsale.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One order while its page stands still: the stream breaks, the token ends, the time is over. */
class OrderPageIT extends BrowserTest {

    private Visitor withOrder(String hold) {
        var buyer = ada().opensSale(sale(1, Map.of("holdDuration", hold)));
        return buyer.takesTurn().orders();
    }

    @Test
    void an_order_that_is_not_paid_for_in_time_says_so() {
        withOrder("PT12S").isAtOrder("The time to pay was over");
    }

    @Test
    void an_order_whose_stream_is_refused_is_polled() {
        var buyer = ada();
        buyer.meetsOverload("**/events");
        buyer.opensSale(sale(1, Map.of("holdDuration", "PT12S"))).takesTurn();
        buyer.orders().isAtOrder("The time to pay was over");
    }

    @Test
    void an_order_whose_token_and_stream_have_ended_is_followed_with_a_new_token() {
        var buyer = withOrder("PT12S");
        buyer.losesToken().page.reload();
        buyer.isAtOrder("Your units are set aside").isAtOrder("The time to pay was over");
    }

    @Test
    void an_order_that_cannot_be_seen_any_more_says_so_and_asks_for_a_sign_in() {
        var buyer = withOrder("PT5M");
        buyer.losesSignIn().page.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))");
        buyer.isTold("cannot see your order any more");
        assertThat(buyer.page.locator("#notice").getByText("Sign in", new Locator.GetByTextOptions().setExact(true)))
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
