package com.flashsale.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Makes the picture of the README: the control room during a demo, in which a replica is killed. By {@code ./flashsale
 * test -pl infra/browser-tests -am -Dtest=ControlRoomPictureIT -Dpictures=$PWD/docs/pictures
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@EnabledIfSystemProperty(
        named = "pictures",
        matches = ".+",
        disabledReason = "it makes the README's picture: -Dpictures=DIRECTORY")
class ControlRoomPictureIT extends BrowserTest {

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 1320;
    private static final double PATIENCE = 90_000;

    @Test
    void a_demo_with_a_kill_in_it() throws Exception {
        var pictures = Files.createDirectories(Path.of(System.getProperty("pictures")));
        var visitor = visitor(new Browser.NewContextOptions().setViewportSize(WIDTH, HEIGHT))
                .opens("/control/");
        assertThat(visitor.page.locator("#light-colour")).hasText("GREEN");
        var output = Path.of("target/demo.out");
        var demo = new FlashsaleCommand(Path.of(System.getProperty("flashsale.run", "target/run")))
                .start(output, "demo", "--plain");
        try {
            contains(visitor.page.locator("#units-sum"), "[1-9]\\d* sold");
            visitor.page.locator("#fault-name").selectOption("kill-order-service");
            visitor.press("Begin");
            contains(visitor.page.locator("#timeline"), "order-service[^ ]* is killed");
            contains(visitor.page.locator("#timeline"), "order-service[^ ]* is well again");
            visitor.page.evaluate("scrollTo(0, 0)");
            visitor.page.screenshot(new Page.ScreenshotOptions().setPath(pictures.resolve("control-room.png")));
            assertThat(demo.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(demo.exitValue()).as(Files.readString(output)).isZero();
            assertThat(visitor.page.locator("#light-colour")).hasText("GREEN");
        } finally {
            demo.destroy();
        }
    }

    private static void contains(Locator part, String pattern) {
        assertThat(part).containsText(Pattern.compile(pattern), new ContainsTextOptions().setTimeout(PATIENCE));
    }
}
