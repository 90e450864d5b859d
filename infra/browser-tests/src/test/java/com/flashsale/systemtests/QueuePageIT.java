package com.flashsale.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Waiting: the lobby, the line, one's turn; without a stream, in the background, with a wrong clock, for longer than a
 * token lives.
 */
class QueuePageIT extends BrowserTest {

    static final String STREAM = "GET /api/v1/sales/[^/]+/queue/events";
    static final String POLL = "GET /api/v1/sales/[^/]+/queue";

    /** Behind a person who is let in and never orders: the next turn comes when that admission is over. */
    private Visitor behindOne(Visitor visitor, String admission) {
        var sale = sale(1, Map.of("admissionDuration", admission));
        visitor.opensSale(sale).isAt("On sale now");
        // a replica that is busy may not have heard of the sale yet
        var first = shop.shopper();
        await().atMost(Shop.PATIENCE).until(() -> shop.join(first, sale).status() == 201);
        return visitor.queues();
    }

    /** Most of these tests wait for it to pass. */
    private static final String SHORT = "PT8S";

    private String saleThatOpensIn(Duration time) {
        return sale(
                5,
                new HashMap<>(Map.of(
                        "opensAt", Instant.now().plus(time).toString(),
                        "closesAt", Instant.now().plus(Duration.ofHours(2)).toString())));
    }

    @Test
    void a_place_of_the_lobby_becomes_a_turn_by_itself() {
        var visitor = ada().opensSale(saleThatOpensIn(Duration.ofSeconds(15))).isAt("Opening soon");
        visitor.queues().isAt("It is your turn");
        assertThat(visitor.page).hasTitle("Your turn! Aurora Sneaker · Flash Sale");
    }

    @Test
    void a_sale_that_opens_later_says_when() {
        var visitor = visitor().opensSale(saleThatOpensIn(Duration.ofHours(1))).isAt("Not open yet");
        assertThat(visitor.page.locator("#clock")).hasText(Pattern.compile("(59:\\d\\d|01:00:00)"));
    }

    @Test
    void the_one_who_waits_sees_how_many_are_ahead_and_is_let_in_by_the_page() {
        var visitor = behindOne(ada(), SHORT);
        visitor.sees("Nobody is ahead of you").sees("Leave this page open").isAt("It is your turn");
    }

    @Test
    void a_page_whose_stream_is_refused_polls_and_claims_its_turn() {
        var visitor = ada();
        visitor.meetsOverload("**/queue/events");
        behindOne(visitor, SHORT);
        visitor.isAt("It is your turn");
        assertThat(visitor.requests(POLL)).isGreaterThan(2);
    }

    @Test
    void a_hidden_page_whose_timers_stand_still_claims_its_turn_from_the_news() {
        var visitor = ada();
        visitor.page.clock().install();
        behindOne(visitor, SHORT);
        hide(visitor.page, true);
        visitor.page.clock().pauseAt(((Number) visitor.page.evaluate("Date.now() + 1000")).longValue());
        visitor.page.waitForResponse(QueuePageIT::isClaimed, () -> {});
        hide(visitor.page, false);
        visitor.page.clock().resume();
        visitor.isAt("It is your turn");
    }

    private static boolean isClaimed(Response response) {
        return response.url().endsWith("/admissions") && response.status() == 201;
    }

    static void hide(Page page, boolean hidden) {
        page.evaluate(
                "hidden => { Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });"
                        + " document.dispatchEvent(new Event('visibilitychange', { bubbles: true })); }",
                hidden);
    }

    @Test
    void a_connection_that_was_cut_for_half_a_minute_is_taken_up_again() {
        var visitor = ada();
        visitor.page.clock().install();
        behindOne(visitor, SHORT);
        visitor.context.setOffline(true);
        visitor.sees("You are offline");
        visitor.page.clock().fastForward("00:30");
        visitor.context.setOffline(false);
        visitor.isAt("It is your turn");
        assertThat(visitor.page.locator("#connection")).isHidden();
    }

    @Test
    void a_token_that_ends_is_renewed_without_leaving_the_page() {
        var visitor = ada();
        visitor.page.clock().install();
        behindOne(visitor, SHORT);
        var navigations = new AtomicInteger();
        visitor.page.onFrameNavigated(_ -> navigations.incrementAndGet());
        visitor.page.waitForResponse(
                response -> response.url().endsWith("/oauth2/token") && response.ok(),
                () -> visitor.page.clock().fastForward("09:00"));
        visitor.isAt("It is your turn");
        assertThat(navigations).hasValue(0);
    }

    @Test
    void a_refresh_that_is_refused_is_made_good_by_the_sign_in_session() {
        var visitor = behindOne(ada(), SHORT);
        visitor.page.route("**/oauth2/token", route -> {
            if (route.request().postData().contains("refresh_token")) {
                route.fulfill(new Route.FulfillOptions().setStatus(400).setBody("{\"error\":\"invalid_grant\"}"));
            } else {
                route.resume();
            }
        });
        visitor.losesToken();
        visitor.isAt("It is your turn");
        assertThat(visitor.requests("GET /oauth2/authorize")).isGreaterThan(1);
    }

    @Test
    void a_sign_in_that_has_ended_for_good_asks_and_keeps_the_place() {
        var visitor = behindOne(ada(), "PT1M");
        visitor.losesSignIn().page.reload();
        visitor.isTold("Please sign in again").isAt("You are in the queue");
        assertThat(visitor.page).hasURL(Pattern.compile(".*/s/.*"));
    }

    @Test
    void seven_tabs_have_one_stream_and_all_work() {
        var visitor = ada();
        var sale = sale(50);
        var tabs = new ArrayList<Page>(List.of(visitor.page));
        visitor.opensSale(sale).isAt("On sale now");
        while (tabs.size() < 7) tabs.add(visitor.context.newPage());
        for (var tab : tabs.subList(1, 7)) tab.navigate("/s/" + sale);
        for (var tab : tabs) assertThat(tab.locator("#stage-title")).hasText("On sale now");
        assertThat(visitor.requests(STREAM)).isEqualTo(1);
        visitor.takesTurn();
        assertThat(tabs.get(6).locator("#stage-title")).hasText("It is your turn");
        // the one that led leaves, another leads
        var others = visitor.requests(STREAM);
        visitor.page.close();
        tabs.get(1).waitForCondition(() -> visitor.requests(STREAM) > others);
    }

    @Test
    void a_computer_clock_that_is_an_hour_wrong_changes_nothing() {
        var sale = saleThatOpensIn(Duration.ofMinutes(10));
        for (var wrong : List.of(Duration.ofHours(1), Duration.ofHours(-1))) {
            var visitor = visitor();
            visitor.page
                    .clock()
                    .install(new Clock.InstallOptions()
                            .setTime(Date.from(Instant.now().plus(wrong))));
            visitor.opensSale(sale).isAt("Opening soon");
            assertThat(visitor.page.locator("#clock")).hasText(Pattern.compile("0[6-9]:[0-5]\\d"));
        }
    }

    @Test
    void an_answer_out_of_a_cache_does_not_set_the_clock() {
        var sale = saleThatOpensIn(Duration.ofMinutes(10));
        var visitor = visitor();
        var old = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).minusSeconds(60));
        visitor.page.route(
                "**/api/v1/products/*",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setHeaders(Map.of("Content-Type", "application/json", "Date", old))
                        .setBody("{\"description\":\"from the cache\"}")));
        visitor.opensSale(sale).sees("from the cache").isAt("Opening soon");
        assertThat(visitor.page.locator("#clock")).hasText(Pattern.compile("0[6-9]:[0-5]\\d"));
    }

    @Test
    void the_word_of_the_queue_beats_the_clock() {
        var visitor = visitor();
        visitor.meetsOverload("**/queue/events");
        visitor.receives("**/queue", _ -> """
                {"state":"OPEN","servingNumber":0,"issued":0,"stock":"PLENTY","serverTime":"%s","pollAfterMs":1000,
                 "steadyPerMinute":0}""".formatted(Instant.now()));
        visitor.opensSale(saleThatOpensIn(Duration.ofMinutes(1))).isAt("On sale now");
    }

    @Test
    void a_page_that_comes_back_from_the_browsers_cache_is_fresh() {
        var holder = shop.shopper();
        var sale = sale(1);
        var visitor = visitor();
        visitor.page.clock().install();
        visitor.opensSale(sale).isAt("On sale now");
        visitor.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
        heldByAnother(holder, sale);
        visitor.page.clock().fastForward("01:00");
        visitor.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
        visitor.isAt("Sold out");
    }

    @Test
    void a_pause_is_said_and_the_turn_is_there_afterwards() {
        var sale = sale(2);
        var visitor = ada().opensSale(sale).takesTurn();
        shop.api.post("/api/v1/sales/" + sale + "/pause", shop.operator(), Map.of());
        visitor.isAt("Sale paused");
        shop.api.post("/api/v1/sales/" + sale + "/resume", shop.operator(), Map.of());
        visitor.isAt("It is your turn").orders();
    }
}
