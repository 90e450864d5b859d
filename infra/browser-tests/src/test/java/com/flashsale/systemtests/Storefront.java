package com.flashsale.systemtests;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One platform and one browser for all tests of this module. {@code -Dflashsale.base=PORT -Dflashsale.run=DIRECTORY}
 * takes a platform that runs already, {@code -Dflashsale.pages=DIRECTORY} the pages of a working copy instead of the
 * gateway's.
 */
final class Storefront {

    /** For a machine that does something else as well. */
    static final double PATIENCE_MS = 30_000;

    private static @Nullable Storefront shared;

    /** The tokens of its machines live for ten minutes. */
    private static final Duration TOKENS_RENEWED_AFTER = Duration.ofMinutes(4);

    private final Supplier<Shop> shops;
    private Shop shop;
    private Instant renewed = Instant.now();
    private final int port;
    private final Browser browser;

    private Storefront(Supplier<Shop> shops, int port, Browser browser) {
        this.shops = shops;
        this.shop = shops.get();
        this.port = port;
        this.browser = browser;
    }

    static synchronized Storefront shared() {
        try {
            if (shared == null) shared = started();
            return shared;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Storefront started() throws IOException, InterruptedException {
        var run = Path.of(System.getProperty("flashsale.run", "target/run"));
        var base = System.getProperty("flashsale.base", "");
        if (!base.isEmpty())
            return new Storefront(() -> shopAt(base, new FlashsaleCommand(run)), Integer.parseInt(base), browser());
        // one replica of each service, as `./flashsale up` starts them: pages do not care, and the machine is small
        var platform = RunningPlatform.started(run, "--replicas", "order-service=1");
        return new Storefront(platform::shop, platform.address("/").getPort(), browser());
    }

    Shop shop() {
        if (Instant.now().isAfter(renewed.plus(TOKENS_RENEWED_AFTER))) {
            shop = shops.get();
            renewed = Instant.now();
        }
        return shop;
    }

    private static Shop shopAt(String base, FlashsaleCommand command) {
        return new Shop(new Api("http://127.0.0.1:" + base), token(command, "operator"), token(command, "load-test"));
    }

    private static String token(FlashsaleCommand command, String client) {
        return command.run("token", "--client", client).output().strip();
    }

    /** A browser alone, for pages that need no platform. */
    static Browser browser() {
        var playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1", "NODE_OPTIONS", "")));
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Chromium.executable().orElseThrow())
                        // a container has neither the sandbox's user namespaces nor a large /dev/shm
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu")));
    }

    /** The gateway's port, from which all others are counted. */
    int port() {
        return port;
    }

    /** The shop's own address. */
    String address() {
        return address("localhost");
    }

    String address(String host) {
        return "http://" + host + ":" + port;
    }

    Visitor visitor(Browser.NewContextOptions options) {
        if (options.locale == null) options.setLocale("en-GB");
        var context = browser.newContext(options.setBaseURL(address()));
        context.setDefaultTimeout(PATIENCE_MS);
        context.setDefaultNavigationTimeout(PATIENCE_MS);
        var pages = System.getProperty("flashsale.pages", "");
        if (!pages.isEmpty()) WorkingCopy.serve(context, Path.of(pages));
        return new Visitor(context);
    }

    static Path screenshots() throws IOException {
        return Files.createDirectories(Path.of(System.getProperty("flashsale.screenshots", "target/screenshots")));
    }
}
