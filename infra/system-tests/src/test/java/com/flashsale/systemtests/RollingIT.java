package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;

/**
 * Version N and N+1 of order-service side by side, on the schema of N+1, while people buy. N+1 is the jar that was
 * built with one more migration, which only adds; N+2 has a migration that fails. A platform of its own: the audit must
 * be green without allowances.
 */
@Order(RunningPlatform.BEFORE_THE_SHARED_ONE)
@TestInstance(Lifecycle.PER_CLASS)
class RollingIT {

    private static final String SERVICE = "order-service";
    private static final Duration ROLLOUT = Duration.ofMinutes(8);
    private static final Path BUILT = FlashsaleCommand.ROOT.resolve("order-service/target/order-service.jar");
    private static final Path RUN = Path.of("target/run-rolling");

    private static final String ADDS_ONLY = """
            alter table orders add column channel text;
            create index orders_of_channel on orders (channel) where channel is not null;
            """;
    private static final String FAILS = "alter table orders add column channel text;";

    private RunningPlatform platform;
    private String built;

    @BeforeAll
    void two_replicas_run() throws Exception {
        platform = RunningPlatform.started(RUN, "--replicas", SERVICE + "=2");
        built = releases().iterator().next();
    }

    @AfterAll
    void it_ends() {
        platform.stop();
    }

    @Test
    void no_order_is_lost_doubled_or_refused_while_a_version_comes_another_fails_and_the_first_returns()
            throws Exception {
        var shop = platform.shop();
        var sale = shop.openSale(20_000);
        try (var buyers = new Buyers(shop, sale)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> buyers.orders().size() > 5);

            rollOutTheNext(buyers);
            rollOutOneThatFails(buyers);
            goBack(buyers);

            buyers.close();
            assertNothingWentWrong(buyers);
            assertThat(buyers.answers()).isGreaterThan(500);
            assertThat(orders(sale, "true"))
                    .as("one order for each customer, none without")
                    .isEqualTo(Set.copyOf(buyers.orders()).size());
            assertThat(orders(sale, "state = 'PAID'")).isEqualTo(buyers.orders().size());
        }
        assertThat(audit().exitCode()).isZero();
    }

    private void rollOutTheNext(Buyers buyers) throws Exception {
        var next = Jars.nextVersion(
                BUILT,
                RUN.resolve("order-service-next.jar"),
                "N+1",
                Map.of(
                        "db/migration/V1000__channel.sql",
                        ADDS_ONLY,
                        "config/application.yaml",
                        "management.metrics.tags.release: next\n"));
        var bought = buyers.orders().size();

        var rollout = rollout("--jar", next.toString());

        assertThat(rollout.exitCode()).as(rollout.output()).isZero();
        assertThat(buyers.orders().size()).as("sold meanwhile").isGreaterThan(bought + 10);
        assertThat(releases()).hasSize(1).allMatch(release -> release.startsWith("N+1"));
        assertThat(replicas()).hasSize(2).allMatch(replica -> metrics(replica).contains("release=\"next\""));
        assertThat(hasChannel()).isTrue();
        assertNothingWentWrong(buyers);
    }

    private void rollOutOneThatFails(Buyers buyers) throws Exception {
        var broken = Jars.nextVersion(
                BUILT,
                RUN.resolve("order-service-broken.jar"),
                "N+2",
                Map.of("db/migration/V1000__channel.sql", ADDS_ONLY, "db/migration/V1001__channel_again.sql", FAILS));
        var before = platform.pids(SERVICE);

        var rollout = rollout("--jar", broken.toString());

        assertThat(rollout.exitCode()).as(rollout.output()).isNotZero();
        assertThat(rollout.output())
                .contains("order-service-3 did not start")
                .contains("a migration of its database failed")
                .contains("channel");
        assertThat(platform.pids(SERVICE)).as("untouched").isEqualTo(before);
        var bought = buyers.orders().size();
        await().atMost(Duration.ofSeconds(30)).until(() -> buyers.orders().size() > bought + 5);
        assertThat(releases()).allMatch(release -> release.startsWith("N+1"));
        assertNothingWentWrong(buyers);
        assertThat(audit().exitCode()).isZero();
    }

    private void goBack(Buyers buyers) throws SQLException {
        var rollout = rollout("--undo");

        assertThat(rollout.exitCode()).as(rollout.output()).isZero();
        assertThat(releases()).containsExactly(built);
        assertThat(replicas()).hasSize(2).noneMatch(replica -> metrics(replica).contains("release=\"next\""));
        assertThat(hasChannel()).as("the schema stays").isTrue();
        var bought = buyers.orders().size();
        await().atMost(Duration.ofSeconds(30)).until(() -> buyers.orders().size() > bought + 5);
    }

    /**
     * Not one answer that was our fault: the second try of an honest client would hide a replica that was ended too
     * early.
     */
    private static void assertNothingWentWrong(Buyers buyers) {
        assertThat(buyers.unmended()).isEmpty();
        assertThat(buyers.failures()).as("of %d answers", buyers.answers()).isEmpty();
        assertThat(buyers.busy())
                .as("of %d answers", buyers.answers())
                .hasSizeLessThanOrEqualTo(5 + buyers.answers() / 20);
    }

    private FlashsaleCommand.Result rollout(String... arguments) {
        var command = new java.util.ArrayList<>(List.of("rollout", SERVICE));
        command.addAll(List.of(arguments));
        return platform.command().run(ROLLOUT, command.toArray(String[]::new));
    }

    private FlashsaleCommand.Result audit() {
        var result = platform.command().run("audit", "--settle", "20");
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result;
    }

    private List<JsonNode> replicas() {
        return platform.command()
                .status()
                .path("services")
                .valueStream()
                .filter(replica -> replica.path("name").asString().equals(SERVICE))
                .toList();
    }

    private Set<String> releases() {
        return replicas().stream()
                .map(replica -> replica.path("release").asString())
                .collect(java.util.stream.Collectors.toSet());
    }

    /** The process itself says which version it is. */
    private static String metrics(JsonNode replica) {
        var answer = new Api(replica.path("managementUrl").asString()).get("/actuator/prometheus");
        return new String(answer.is(200).bytes(), StandardCharsets.UTF_8);
    }

    private boolean hasChannel() throws SQLException {
        try (var connection = platform.database("orders");
                var query = connection.createStatement();
                var rows = query.executeQuery(
                        "select 1 from pg_attribute where attrelid = 'orders'::regclass and attname = 'channel'")) {
            return rows.next();
        }
    }

    private long orders(String sale, String condition) {
        return platform.count("orders", "select count(*) from orders where sale_id = ? and " + condition, sale);
    }
}
