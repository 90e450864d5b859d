package com.flashsale.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.labs.watch.Recorded;
import com.flashsale.labs.watch.SeedPage;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page of {@code ./flashsale simulate --html}, of recordings that the command made. It needs no platform. */
@ExtendWith(Chromium.class)
class SeedPageIT {

    private static Browser browser;

    @TempDir
    private Path directory;

    private final List<String> faults = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void start() {
        browser = Storefront.browser();
    }

    @AfterAll
    static void stop() {
        browser.close();
    }

    /** axe-core is a script that the page's own policy forbids. */
    @BeforeEach
    void a_browser_that_may_not_ask_for_anything() {
        context = browser.newContext(
                new Browser.NewContextOptions().setOffline(true).setBypassCSP(true));
        context.onWebError(error -> faults.add(error.error()));
        context.onConsoleMessage(message -> faults.add(message.text()));
        context.onRequest(request -> {
            if (!request.url().startsWith("file:")) faults.add(request.url());
        });
        page = context.newPage();
    }

    @AfterEach
    void nothing_failed() {
        context.close();
        assertThat(faults).isEmpty();
    }

    private void open(String recording) throws IOException {
        try (var file = SeedPageIT.class.getResourceAsStream("/recordings/" + recording + ".json")) {
            var json = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            var html = SeedPage.of(Recorded.of(json, "other"), null, "./flashsale simulate");
            page.navigate(Files.writeString(directory.resolve(recording + ".html"), html)
                    .toUri()
                    .toString());
        }
    }

    private Locator count() {
        return page.locator("#count");
    }

    @Test
    void the_end_comes_first_and_the_keys_move_through_the_run() throws IOException {
        open("reservation");
        int steps = page.locator("#rows tbody tr").count();

        assertThat(count()).hasText(steps + " of " + steps);
        assertThat(page.locator("#units-now")).hasText(Pattern.compile("\\d available \\+ 0 reserved .* allotted"));
        assertThat(page.locator("#lamps .lit")).hasCount(6);
        page.keyboard().press("Home");
        assertThat(count()).hasText("1 of " + steps);
        assertThat(page.locator("#lamps .out")).hasCount(6);
        page.keyboard().press("ArrowRight");
        assertThat(count()).hasText("2 of " + steps);
        page.keyboard().press("Shift+ArrowRight");
        assertThat(page.locator("#text")).containsText(" · ");
        assertThat(page.locator("tr[aria-current] b")).not().hasCount(0);
    }

    @Test
    void it_plays_to_the_end_and_pauses_in_between() throws IOException {
        open("reservation");
        int steps = page.locator("#rows tbody tr").count();
        page.locator("#speed").selectOption("fast");

        page.getByText("▶ Play").click();
        assertThat(count()).not().hasText(steps + " of " + steps);
        page.getByText("⏸ Pause").click();
        page.locator("#rows tbody tr").nth(steps - 3).click();
        assertThat(count()).hasText(steps - 2 + " of " + steps);
        page.getByText("▶ Play").click();
        assertThat(page.locator("#said")).hasText("The run has ended: all promises hold.");
    }

    @Test
    void a_violation_is_red_at_its_step_and_nowhere_before() throws IOException {
        open("lab-1");
        int steps = page.locator("#rows tbody tr").count();

        assertThat(page.locator(".verdict")).containsText("VIOLATED: I2");
        assertThat(page.locator("#lamps .red")).hasText(Pattern.compile("I2.*violated at step " + steps));
        assertThat(page.locator("#chart .flag")).hasText("✖ I2");
        page.keyboard().press("ArrowLeft");
        assertThat(page.locator("#lamps .red")).hasCount(0);
    }

    @Test
    void each_page_is_accessible_and_fits_small_and_large_screens() throws IOException {
        var found = new ArrayList<String>();
        for (var recording : List.of("lab-1", "admission")) {
            open(recording);
            found.addAll(Accessibility.findings(page, recording));
            for (int width : new int[] {360, 1280, 1920}) {
                var colours = width == 1280 ? ColorScheme.LIGHT : ColorScheme.DARK;
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
                page.setViewportSize(width, 1080);
                page.screenshot(new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(Storefront.screenshots().resolve("seed-" + recording + "-" + width + ".png")));
            }
            assertThat(page.evaluate(Accessibility.OVERFLOW)).isEqualTo(0);
        }
        assertThat(found).isEmpty();
    }
}
