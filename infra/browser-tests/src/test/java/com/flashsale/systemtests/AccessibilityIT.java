package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Nothing serious by axe-core on any page, light and dark, on a small and a large screen, and at 200 % zoom; and no
 * sideways scrolling.
 */
class AccessibilityIT extends BrowserTest {

    private record Display(ColorScheme colours, int width, int height) {}

    /** 640 px are 1280 px at 200 %. */
    private static final List<Display> DISPLAYS = List.of(
            new Display(ColorScheme.LIGHT, 1280, 900),
            new Display(ColorScheme.DARK, 360, 740),
            new Display(ColorScheme.LIGHT, 360, 740),
            new Display(ColorScheme.DARK, 1280, 900),
            new Display(ColorScheme.LIGHT, 640, 450));

    private static final String RUN = """
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
              .filter(one => ['serious', 'critical'].includes(one.impact))
              .map(one => one.id + ': ' + one.nodes
                .map(node => node.target.join(' ') + ' ' + (node.any[0]?.message ?? ''))
                .join('; '))
            """;
    private static final String OVERFLOW =
            "document.documentElement.scrollWidth - document.documentElement.clientWidth";

    private final String axe = source();
    private final List<String> found = new ArrayList<>();

    @Test
    void the_pages_of_a_stranger() {
        var visitor = visitor(new Browser.NewContextOptions().setBypassCSP(true));
        sale(3);
        check(visitor.opens("/").sees("Aurora Sneaker"), "home");
        check(visitor.opensSale(sale(3)).isAt("On sale now"), "on sale");
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
        visitor.page.addScriptTag(new Page.AddScriptTagOptions().setContent(axe));
        for (var display : DISPLAYS) {
            visitor.page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(display.colours()));
            visitor.page.setViewportSize(display.width(), display.height());
            for (var violation : (List<?>) Objects.requireNonNull(visitor.page.evaluate(RUN))) {
                found.add(what + ", " + display + ": " + violation);
            }
            if (((Number) visitor.page.evaluate(OVERFLOW)).intValue() > 0)
                found.add(what + ", " + display + ": scrolls sideways");
        }
        visitor.page.setViewportSize(1280, 900);
        visitor.page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    private static String source() {
        try (var file = AccessibilityIT.class.getResourceAsStream("/axe-core/axe.min.js")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
