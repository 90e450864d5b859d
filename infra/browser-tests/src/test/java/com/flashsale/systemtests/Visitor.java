package com.flashsale.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A person with a browser of their own: its first tab, and their actions in it. */
final class Visitor implements AutoCloseable {

    private static final int MOST_TABS = 60;
    private static final int BETWEEN_LOOKS_MS = 200;

    final BrowserContext context;
    final Page page;
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    Visitor(BrowserContext context) {
        this.context = context;
        context.onWebError(error -> faults.add(error.error()));
        context.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) faults.add(message.text());
        });
        context.onRequest(request -> requests.add(line(request)));
        page = context.newPage();
    }

    /** A page's address may be malformed: only text is cut here, nothing is parsed. */
    private static String line(Request request) {
        var path = request.url().replaceFirst("^[a-z]+://[^/]*", "").replaceFirst("[?#].*$", "");
        return request.method() + " " + path;
    }

    /** Uncaught errors, and resources that the content security policy has blocked. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    long requests(String methodAndPath) {
        var pattern = Pattern.compile(methodAndPath);
        return requests.stream().filter(line -> pattern.matcher(line).matches()).count();
    }

    Visitor signedInAs(String persona) {
        page.navigate("/");
        press("Sign in");
        press(persona);
        sees("Sign out");
        return this;
    }

    Visitor opens(String path) {
        page.navigate(path);
        return this;
    }

    Visitor opensSale(String sale) {
        return opens("/s/" + sale);
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Visitor press(String name) {
        button(name).click();
        return this;
    }

    Visitor sees(String text) {
        assertThat(page.getByText(text).first()).isVisible();
        return this;
    }

    /** The sale's link on the home page, behind as many presses of "Show more" as it takes. */
    Locator cardOf(String sale) {
        var link = page.locator("a[href='/s/" + sale + "']");
        page.locator(".card").first().waitFor();
        for (int i = 0; i < MOST_TABS && link.count() == 0; i++) {
            if (button("Show more").isVisible()) button("Show more").click();
            page.waitForTimeout(BETWEEN_LOOKS_MS);
        }
        return link;
    }

    /** The sale page's stage shows this title. */
    Visitor isAt(String title) {
        assertThat(page.locator("#stage-title")).hasText(title);
        return this;
    }

    Visitor isTold(String text) {
        assertThat(page.locator("#notice")).containsText(text);
        return this;
    }

    Visitor isAtOrder(String explanation) {
        assertThat(page.locator("#explanation")).containsText(explanation);
        return this;
    }

    /** Joins a queue in which others wait. */
    Visitor queues() {
        return press("Join the queue").isAt("You are in the queue");
    }

    /** Joins the queue of a sale that lets the visitor in at once. */
    Visitor takesTurn() {
        return press("Join the queue").isAt("It is your turn");
    }

    /** Uses the turn, or the offer of a waitlist. */
    Visitor orders() {
        return press("Order now").isAtOrder("Your units are set aside");
    }

    Visitor pays() {
        return press("Card that is approved").isAtOrder("Paid. Thank you");
    }

    /** From now on the platform is overloaded for these requests: it responds with 503. */
    Visitor meetsOverload(String requests) {
        page.route(requests, route -> route.fulfill(status(503)));
        return this;
    }

    /** From now on these requests get this JSON. */
    Visitor receives(String requests, Function<Request, String> json) {
        page.route(
                requests,
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody(json.apply(route.request()))));
        return this;
    }

    /** The token ends now, as after ten minutes. */
    Visitor losesToken() {
        page.evaluate("const kept = JSON.parse(localStorage.session);"
                + " localStorage.session = JSON.stringify({ ...kept, expiresAt: Date.now(), renewAt: Date.now() })");
        return this;
    }

    /** The session at the sign-in service ends too, and nothing renews the token. */
    Visitor losesSignIn() {
        page.route(
                "**/oauth2/token",
                route -> route.fulfill(new Route.FulfillOptions().setStatus(400).setBody("{}")));
        page.route("**/oauth2/authorize?*", route -> route.fulfill(new Route.FulfillOptions().setStatus(200)));
        return losesToken();
    }

    /** By keyboard: Tab until the control has the focus, then Enter. */
    Visitor tabsTo(String name) {
        for (int i = 0; i < MOST_TABS; i++) {
            page.keyboard().press("Tab");
            if (name.equals(focused())) {
                page.keyboard().press("Enter");
                return this;
            }
        }
        throw new AssertionError("no way by keyboard to " + name + " on " + page.url());
    }

    /** The text or the id of the element that has the focus. */
    String focused() {
        return (String)
                page.evaluate("(document.activeElement.textContent || document.activeElement.id).trim().slice(0, 80)");
    }

    boolean hasFocusSomewhere() {
        return (boolean) page.evaluate("document.activeElement !== document.body && document.activeElement !== null");
    }

    static Route.FulfillOptions status(int status) {
        return new Route.FulfillOptions()
                .setStatus(status)
                .setContentType("application/problem+json")
                .setBody("{\"status\":" + status + ",\"code\":\"" + (status == 503 ? "OVERLOADED" : "UNKNOWN") + "\"}");
    }

    void screenshot(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }

    @Override
    public void close() {
        context.close();
    }
}
