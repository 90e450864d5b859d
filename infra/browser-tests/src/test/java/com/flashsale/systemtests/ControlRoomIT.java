package com.flashsale.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The control room, through the gateway's redirect. */
@TestMethodOrder(OrderAnnotation.class)
class ControlRoomIT extends BrowserTest {

    private static final String GREEN = "GREEN";

    private Visitor room(String sale) {
        var visitor =
                visitor(new Browser.NewContextOptions().setBypassCSP(true)).opens("/control/");
        assertThat(visitor.page.locator("#platform-state")).hasText("READY");
        visitor.page.locator("#sale-choice").selectOption(sale);
        return visitor;
    }

    private static Locator tile(Visitor visitor, String name) {
        return visitor.page.locator("#tiles > div", new Page.LocatorOptions().setHasText(name));
    }

    @Test
    void a_sale_shows_its_units_and_the_light_is_green() {
        var sale = sale(7);
        heldByAnother(shop.shopper(), sale);
        var visitor = visitor().opens("/control/");
        visitor.page.locator("#sale-choice").selectOption(sale);

        assertThat(visitor.page.locator("#units-sum")).hasText("6 available + 1 reserved + 0 sold = 7 allotted");
        assertThat(visitor.page.locator("#light-colour")).hasText(GREEN);
        assertThat(visitor.page.locator("#lamps")).containsText("I2 conservation of units");
        assertThat(visitor.page.locator("#processes")).containsText("order-service");
        assertThat(tile(visitor, "Requests / s")).containsText(Pattern.compile("\\d"));
        assertThat(visitor.page.locator("#missing")).isHidden();
        assertThat(visitor.page.locator("#units canvas")).isVisible();
    }

    @Test
    void the_page_is_accessible_and_looks_as_in_these_pictures() throws IOException {
        var visitor = room(sale(5));
        assertThat(visitor.page.locator("#light-colour")).hasText(GREEN);

        assertThat(Accessibility.findings(visitor.page, "control room")).isEmpty();
        for (var colours : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            for (int width : new int[] {360, 1280, 1920}) {
                visitor.page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
                visitor.page.setViewportSize(width, 1080);
                visitor.screenshot(Storefront.screenshots().resolve("control-" + width + "-" + colours + ".png"));
            }
        }
        visitor.opens(visitor.page.url().replaceFirst("#.*", "") + "explain").sees("signed ticket");
        assertThat(Accessibility.findings(visitor.page, "explain")).isEmpty();
    }

    @Test
    void an_operator_pauses_resumes_and_ends_a_sale() {
        var visitor = room(sale(3));

        visitor.press("Pause");
        assertThat(visitor.page.locator("#sale-state")).hasText("PAUSED");
        visitor.press("Resume");
        assertThat(visitor.page.locator("#sale-state")).hasText("OPEN");
        visitor.button("End").click();
        visitor.press("End the sale");
        assertThat(visitor.page.locator("#sale-state")).hasText("ENDED");
        assertThat(visitor.page.locator("#timeline")).containsText("is paused");
        assertThat(visitor.button("Pause")).isDisabled();
    }

    @Test
    void an_operator_sets_the_pace_of_a_running_sale() {
        var visitor = room(sale(3));
        var pace = visitor.page.locator("#pace");
        assertThat(pace).isEnabled();

        pace.fill("7");
        visitor.press("Set");

        assertThat(visitor.page.locator("#tiles")).containsText("at most 7/s");
        assertThat(visitor.page.locator("#timeline")).containsText("at most 7 admissions a second");
        pace.fill("0");
        visitor.press("Set");
        assertThat(visitor.page.locator("#pace:invalid")).isVisible();
    }

    @Test
    void a_switch_stops_payments_and_lets_them_go_on() {
        var sale = sale(3);
        var shopper = shop.shopper();
        var order = heldByAnother(shopper, sale);
        var visitor = room(sale);
        var payments = visitor.page.getByRole(AriaRole.SWITCH, new Page.GetByRoleOptions().setName("Payments"));
        assertThat(payments).isChecked();
        try {
            payments.click();
            assertThat(payments).not().isChecked();
            assertThat(visitor.page.locator("#switches")).containsText("payments are refused");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> shop.pay(shopper, order, "test-approve")
                            .text("type")
                            .endsWith("/payments-stopped"));
        } finally {
            payments.click();
        }
        assertThat(payments).isChecked();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> shop.pay(shopper, order, "test-approve").status() == 202);
        assertThat(visitor.page.locator("#timeline")).containsText("Operator: payments off");
    }

    @Test
    void a_load_test_starts_is_shown_and_is_stopped() {
        var visitor = room(sale(3));
        visitor.page.locator("#load-story").selectOption("steady");

        visitor.press("Start");
        assertThat(visitor.page.locator("#load-text")).containsText("run       load-", patiently());
        assertThat(visitor.button("Start")).isDisabled();
        visitor.press("Stop");

        assertThat(visitor.page.locator("#timeline")).containsText("Load test steady is stopped", patiently());
        assertThat(visitor.button("Start")).isEnabled();
    }

    /** The load tests are a process that starts, and ends, in seconds. */
    private static LocatorAssertions.ContainsTextOptions patiently() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);
    }

    @Test
    void a_fault_is_seen_heals_and_says_so() {
        var visitor = room(sale(3));

        visitor.page.locator("#fault-name").selectOption("freeze-redis");
        visitor.page.locator("#fault-seconds").fill("4");
        visitor.press("Begin");
        assertThat(visitor.page.locator("#active")).containsText("redis is frozen");
        assertThat(visitor.page.locator("#missing")).containsText("Redis");
        assertThat(visitor.page.locator("#timeline")).containsText("redis is well again");
        assertThat(visitor.page.locator("#missing")).isHidden();
    }

    /** The last one: the light stays red until the server has seen that the page is closed. */
    @Order(Integer.MAX_VALUE)
    @Test
    void a_planted_reservation_turns_the_light_red_and_leads_to_the_order() throws Exception {
        var shopper = shop.shopper();
        var sale = sale(3);
        var order = heldByAnother(shopper, sale);
        var visitor = room(sale);
        assertThat(visitor.page.locator("#light-colour")).hasText(GREEN);

        var planted = "00000000-0000-7000-8000-00000000dead";
        execute("""
                insert into reservation (order_id, id, sale_id, customer_id, units, state, held_at, expires_at)
                select '%s', gen_random_uuid(), sale_id, customer_id, units, state, held_at, expires_at
                  from reservation where order_id = '%s'
                """.formatted(planted, order));
        try {
            assertThat(visitor.page.locator("#light-colour")).hasText("RED");
            assertThat(visitor.page.locator("#lamps")).containsText("purchase limit");
            assertThat(visitor.page.locator("#lamps a[href='explain?id=" + order + "']"))
                    .isVisible();
            assertThat(visitor.page.locator("#timeline")).containsText("I6 is violated");
        } finally {
            execute("delete from reservation where order_id = '" + planted + "'");
        }
    }

    private void execute(String sql) throws SQLException, IOException {
        var secrets = new Properties();
        try (var file = Files.newBufferedReader(
                Path.of(System.getProperty("flashsale.run")).resolve("secrets"))) {
            secrets.load(file);
        }
        var url = "jdbc:postgresql://127.0.0.1:" + (storefront.port() + 50) + "/inventory";
        var password = Objects.requireNonNull(secrets.getProperty("database.inventory"));
        try (var connection = DriverManager.getConnection(url, "inventory", password);
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }
}
