package com.flashsale.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The home page, which lists the sales. */
class HomePageIT extends BrowserTest {

    @Test
    void the_list_is_refreshed_and_the_focus_stays_on_its_card() {
        var sale = sale(1);
        var visitor = visitor();
        visitor.page.clock().install();
        visitor.opens("/");
        visitor.cardOf(sale).focus();
        var holder = shop.shopper();
        heldByAnother(holder, sale);
        for (int i = 0; i < 3; i++) {
            visitor.page.waitForResponse(
                    "**/api/v1/sales?*", () -> visitor.page.clock().fastForward("00:16"));
        }
        assertThat(visitor.page.evaluate("document.activeElement.getAttribute('href')"))
                .isEqualTo("/s/" + sale);
    }

    @Test
    void an_open_sale_behind_a_page_of_ended_ones_is_found() {
        var visitor = visitor();
        var ended =
                IntStream.range(0, 24).mapToObj(i -> card("ended" + i, "ENDED")).collect(Collectors.joining(","));
        var first = "{\"items\":[" + ended + "],\"nextCursor\":\"more\"}";
        var second = "{\"items\":[" + card("open", "OPEN") + "],\"nextCursor\":null}";
        visitor.receives("**/api/v1/sales?*", request -> request.url().contains("cursor") ? second : first);
        visitor.opens("/");
        assertThat(visitor.page.locator("#sales .card")).hasCount(1);
        assertThat(visitor.page.locator("#status")).isEmpty();
    }

    private static String card(String id, String state) {
        return """
                {"id":"%s","state":"%s","stock":"PLENTY","productId":"p","productName":"Name",
                 "picture":"no-such-picture","price":{"amount":"1.00","currency":"EUR"},"purchaseLimit":1,
                 "opensAt":"2026-01-01T00:00:00Z","closesAt":"2099-01-01T00:00:00Z"}""".formatted(id, state);
    }

    @Test
    void a_product_that_names_no_picture_gets_that_of_its_kind() {
        var visitor = visitor().opensSale(sale(1)).isAt("On sale now");
        var picture = visitor.page.locator("#picture img");
        assertThat(picture).hasAttribute("src", "/assets/pictures/aurora-sneaker.svg");
        // no waitForFunction: a second look at its text is an eval, which the page's policy forbids
        assertThat(picture).hasJSProperty("complete", true);
        assertThat((int) picture.evaluate("image => image.naturalWidth")).isPositive();
    }

    @Test
    void a_product_without_any_picture_gets_one_that_is_drawn_from_its_name() {
        var visitor = visitor();
        visitor.receives("**/api/v1/sales?*", _ -> "{\"items\":[" + card("open", "OPEN") + "],\"nextCursor\":null}");
        visitor.opens("/");
        assertThat(visitor.page.locator("#sales .picture svg text")).hasText("N");
        assertThat(visitor.page.locator("#sales .picture img")).hasCount(0);
    }

    @Test
    void a_shop_that_does_not_respond_says_that_it_goes_on() {
        visitor().meetsOverload("**/api/v1/sales?*").opens("/").sees("This page tries again by itself");
    }

    @Test
    void an_address_without_a_sale_says_so() {
        visitor().opensSale("00000000-0000-7000-8000-000000000000").isAt("Sale not found");
        visitor().opensSale("no-such-sale").isAt("Sale not found");
        // encoded twice: the gateway refuses it
        visitor().opensSale("%25%32").sees("This address does not work");
    }
}
