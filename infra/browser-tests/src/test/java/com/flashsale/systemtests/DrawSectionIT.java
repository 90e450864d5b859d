package com.flashsale.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The section of a sale page that explains the draw and checks it in the browser. */
class DrawSectionIT extends BrowserTest {

    private static Visitor opensDraw(Visitor visitor) {
        visitor.page.locator("#draw summary").click();
        return visitor;
    }

    private static Locator verdict(Visitor visitor) {
        return visitor.page.locator("#verdict");
    }

    @Test
    void a_seed_is_secret_before_the_opening_and_checked_against_what_the_page_showed() {
        var sale = sale(
                5,
                Map.of(
                        "opensAt", Instant.now().plus(Duration.ofSeconds(12)).toString(),
                        "closesAt", Instant.now().plus(Duration.ofHours(2)).toString()));
        var visitor = opensDraw(visitor().opensSale(sale).isAt("Opening soon"));
        assertThat(verdict(visitor)).containsText("Secret until the sale opens");
        assertThat(visitor.page.locator("#seed")).hasText("…");
        assertThat(verdict(visitor)).containsText("that this page showed before the opening");
    }

    @Test
    void a_customer_sees_the_place_that_follows_from_the_seed() throws GeneralSecurityException {
        var visitor = opensDraw(ada().opensSale(sale(2)).isAt("On sale now"));
        assertThat(verdict(visitor)).containsText("Checked in this browser");
        var customer = (String) visitor.page.evaluate("JSON.parse(localStorage.session).customer");
        var seed = visitor.page.locator("#seed").textContent();
        assertThat(visitor.page.locator("#drawn-place")).containsText("%015d".formatted(place(seed, customer)));
        assertThat(visitor.page.locator("#draw-command")).containsText("--customer " + customer);
    }

    private static long place(String seed, String customer) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(HexFormat.of().parseHex(seed), "HmacSHA256"));
        return ByteBuffer.wrap(mac.doFinal(customer.getBytes(StandardCharsets.US_ASCII)))
                        .getLong()
                >>> 16;
    }

    @Test
    void a_seed_that_does_not_fit_is_called_unfair() {
        var visitor = visitor();
        visitor.receives(
                "**/queue/draw",
                _ -> "{\"draw\":\"RANDOM\",\"commitment\":\"%s\",\"seed\":\"%s\"}"
                        .formatted("00".repeat(32), "11".repeat(32)));
        opensDraw(visitor.opensSale(sale(2)).isAt("On sale now"));
        assertThat(verdict(visitor)).containsText("This draw was not fair");
    }
}
