package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The audit as a command, on a platform that has sold units. It finds nothing at first, and then the one row that the
 * test has falsified.
 */
class AuditIT {

    final RunningPlatform platform = RunningPlatform.shared();
    final Shop shop = platform.shop();

    @Test
    void one_reservation_too_many_ends_with_exit_code_5_and_is_named() throws SQLException {
        var sale = shop.openSale(1);
        var ada = shop.shopper();
        var order = shop.reservedOrder(ada, sale);
        shop.pay(ada, order, "test-approve").is(202);
        shop.awaitState(ada, order, "PAID");

        var before = audit();
        assertThat(before.exitCode()).isEqualTo(red(before).isEmpty() ? 0 : 5);
        assertThat(naming(before, sale)).as("of the sale").isEmpty();
        assertThat(naming(before, order)).as("of the order").isEmpty();
        // other tests sign admissions themselves: the audit may find those (I12), and nothing else
        assertThat(red(before)).isSubsetOf(ordersWithoutAdmission().isEmpty() ? Set.of() : Set.of("I12"));

        var tooMany = UUID.randomUUID();
        try (var inventory = owner("inventory")) {
            change(inventory, """
                    insert into reservation
                    values ('%s', gen_random_uuid(), '%s', gen_random_uuid(), 1, 'CONFIRMED',
                            now(), now() + interval '1 min', now())
                    """.formatted(tooMany, sale));
            try {
                var after = audit();
                assertThat(after.exitCode()).isEqualTo(5);
                assertThat(red(after)).contains("I1", "I2", "I3");
                assertThat(naming(after, sale))
                        .anySatisfy(violation -> assertThat(violation)
                                .contains("2 units held or confirmed by reservations of 1 allotted"));
                assertThat(naming(after, tooMany.toString()))
                        .anySatisfy(violation -> assertThat(violation).contains("does not exist in order-service"));
            } finally {
                change(inventory, "delete from reservation where order_id = '%s'".formatted(tooMany));
            }
        }
        Awaitility.await()
                .atMost(Shop.PATIENCE)
                .untilAsserted(() -> assertThat(naming(audit(), sale)).isEmpty());
    }

    private record Audited(int exitCode, JsonNode report) {}

    /** Runs the audit, which gives events on their way three seconds to arrive. */
    private Audited audit() {
        var result = platform.command().run("audit", "--json", "--settle", "3");
        return new Audited(result.exitCode(), Api.JSON.readTree(result.output()));
    }

    private static Set<String> red(Audited audited) {
        var red = new HashSet<String>();
        audited.report().path("invariants").forEach(invariant -> {
            if (!invariant.path("holds").asBoolean())
                red.add(invariant.path("id").asString());
        });
        return red;
    }

    private static List<String> naming(Audited audited, String id) {
        return audited.report()
                .path("invariants")
                .valueStream()
                .flatMap(invariant -> invariant.path("violations").valueStream())
                .map(JsonNode::asString)
                .filter(violation -> violation.contains(id))
                .toList();
    }

    private Set<UUID> ordersWithoutAdmission() throws SQLException {
        var used = ids("orders", "select admission_id from orders");
        used.removeAll(ids("waitlist", "select id from admission"));
        return used;
    }

    private Set<UUID> ids(String database, String query) throws SQLException {
        var ids = new HashSet<UUID>();
        try (var connection = platform.database(database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) ids.add(rows.getObject(1, UUID.class));
        }
        return ids;
    }

    /** A connection that may write: it has the role of the service, which owns the database. */
    private Connection owner(String database) throws SQLException {
        try (var audit = platform.database(database)) {
            return DriverManager.getConnection(
                    audit.getMetaData().getURL(), database, platform.secret("database." + database));
        }
    }

    private static void change(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }
}
