package com.flashsale.control.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.flashsale.engines.PostgresEngine;
import com.flashsale.engines.ThrowawayEngines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The queries on the schemas that the migrations of the services make. */
class SaleReaderIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PASSWORD = "test-password";
    private static final String OPEN = "00000000-0000-7000-8000-0000000000a1";
    private static final String ENDED = "00000000-0000-7000-8000-0000000000a2";
    private static final String JUST_ENDED = "00000000-0000-7000-8000-0000000000ff";
    private static final Path ROOT = Path.of("..", "..");
    private static final Path PLATFORM = ROOT.resolve("platform/service/src/main/resources/db/platform");
    private static final Map<String, String> MODULES =
            Map.of("catalog", "catalog-service", "inventory", "inventory-service", "waitlist", "waitlist-service");

    private static final ThrowawayEngines ENGINES = new ThrowawayEngines();
    private static PostgresEngine postgres;

    @BeforeAll
    static void start() throws SQLException, IOException {
        postgres = ENGINES.postgres();
        postgres.createReadOnlyRole("audit", PASSWORD);
        for (var module : MODULES.entrySet()) {
            postgres.createDatabase(module.getKey(), module.getKey(), PASSWORD);
            migrate(module.getKey(), ROOT.resolve(module.getValue()).resolve("src/main/resources/db/migration"));
        }
        execute("catalog", """
                insert into product (id, name, description, price_minor, currency, created_at)
                values ('00000000-0000-7000-8000-0000000000f1', 'Lamp', '', 100, 'EUR', now());
                insert into sale (id, version, product_id, product_name, price_minor, currency, allotted,
                                  purchase_limit, opens_at, closes_at, hold_ms, crowd_factor, admission_factor,
                                  admissions_per_second, turn_ms, admission_ms, offer_ms, draw, ended_at)
                select id::uuid, 1, '00000000-0000-7000-8000-0000000000f1', name, 100, 'EUR', 10, 1,
                       now() - interval '1 hour', now() + interval '1 hour', 1000, 5, 1, 50, 1000, 1000, 1000,
                       'FIFO', now() - ago * interval '1 minute'
                  from (values ('%s', 'Lamp', null), ('%s', 'B', 1440), ('%s', 'C', 0)) as s (id, name, ago)
                """.formatted(OPEN, ENDED, JUST_ENDED));
        execute("inventory", """
                insert into stock (sale_id, allotted, reserved, sold, version, terms_version, purchase_limit,
                                   hold_millis, opens_at, closes_at)
                values ('%s', 10, 2, 3, 1, 1, 1, 1000, now(), now())
                """.formatted(OPEN));
        execute("waitlist", """
                insert into sale (sale_id, version, allotted, purchase_limit, opens_at, closes_at, crowd_factor,
                                  admission_factor, admissions_per_second, turn_ms, admission_ms, offer_ms, draw,
                                  paused)
                values ('%1$s', 1, 10, 1, now(), now(), 5, 1, 50, 1000, 1000, 1000, 'FIFO', false);
                insert into waiting_room (sale_id, issued_ceiling, issued, serving, settled, seed)
                values ('%1$s', 100, 40, 15, 10, '');
                insert into admission (id, sale_id, customer_id, units, source, number, state, issued_at,
                                       expires_at, lapses_at)
                select gen_random_uuid(), '%1$s', gen_random_uuid(), 1, 'TURN', number, state, now(),
                       now() + interval '1 minute', now() + interval '1 minute'
                  from (values (1, 'ISSUED'), (2, 'ISSUED'), (3, 'DECIDED')) as turns (number, state);
                insert into waitlist_entry (id, sale_id, customer_id, place, state)
                values (gen_random_uuid(), '%1$s', gen_random_uuid(), 1, 'WAITING'),
                       (gen_random_uuid(), '%1$s', gen_random_uuid(), 2, 'LEFT')
                """.formatted(OPEN));
    }

    @AfterAll
    static void stop() {
        ENGINES.close();
    }

    /** In the order of Flyway: the platform's tables, the service's, then the callback. */
    private static void migrate(String database, Path directory) throws SQLException, IOException {
        execute(database, Files.readString(PLATFORM.resolve("V0_1__outbox_inbox_idempotency.sql")));
        try (var files = Files.list(directory)) {
            for (var file : files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted((one, other) -> Integer.compare(version(one), version(other)))
                    .toList()) {
                execute(database, Files.readString(file));
            }
        }
        execute(database, Files.readString(PLATFORM.resolve("afterMigrate__load_tests.sql")));
    }

    private static int version(Path migration) {
        return Integer.parseInt(migration.getFileName().toString().replaceAll("^V(\\d+).*$", "$1"));
    }

    private static void execute(String database, String sql) throws SQLException {
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(String database) throws SQLException {
        var url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(postgres.port(), database);
        return DriverManager.getConnection(url, database, PASSWORD);
    }

    private static SaleReader reader(int port) {
        return new SaleReader(new ReadOnlyDatabases("127.0.0.1:" + port, PASSWORD));
    }

    @Test
    void a_sale_has_its_units_its_line_and_its_waitlist() throws SQLException {
        try (var reader = reader(postgres.port())) {
            var sale = reader.read().sales().getFirst();

            assertThat(sale.id()).isEqualTo(OPEN);
            assertThat(sale.state()).isEqualTo("OPEN");
            assertThat(sale.name()).isEqualTo("Lamp");
            assertThat(sale.allotted()).isEqualTo(10);
            assertThat(sale.reserved()).isEqualTo(2);
            assertThat(sale.sold()).isEqualTo(3);
            assertThat(sale.available()).isEqualTo(5);
            assertThat(sale.issued()).isEqualTo(40);
            assertThat(sale.waiting()).isEqualTo(25);
            assertThat(sale.admitted()).isEqualTo(2);
            assertThat(sale.waitlist()).isEqualTo(1);
            assertThat(sale.admissionsPerSecond()).isEqualTo(50);
        }
    }

    @Test
    void a_sale_that_has_been_over_for_minutes_comes_last_and_needs_no_other_rows() throws SQLException {
        try (var reader = reader(postgres.port())) {
            var sales = reader.read().sales();
            assertThat(sales).extracting(SaleFigures.Sale::id).containsExactly(OPEN, JUST_ENDED, ENDED);
            var last = sales.getLast();

            assertThat(last.id()).isEqualTo(ENDED);
            assertThat(last.state()).isEqualTo("ENDED");
            assertThat(last.issued()).isZero();
        }
    }

    @Test
    void the_switches_are_those_of_operators_and_that_of_load_tests() throws SQLException {
        try (var reader = reader(postgres.port())) {
            assertThat(reader.read().switches())
                    .extracting(SaleFigures.Switch::name)
                    .containsExactly("admission", "load-tests", "payments", "purchases");
            assertThat(reader.read().switches()).allMatch(SaleFigures.Switch::on);

            execute("catalog", "update switch set is_on = false where name = 'payments'");
            execute("catalog", "update load_switch set served = false");

            assertThat(reader.read().switches())
                    .filteredOn(each -> !each.on())
                    .extracting(SaleFigures.Switch::name)
                    .containsExactly("load-tests", "payments");
        }
    }

    @Test
    void the_server_counts_its_commits() throws SQLException {
        try (var reader = reader(postgres.port())) {
            var server = reader.read().server();

            assertThat(server.commits()).isPositive();
            assertThat(server.connections()).isPositive();
            assertThat(server.walBytes()).isPositive();
            assertThat(server.lockWaits()).isZero();
        }
    }

    @Test
    void a_session_that_waits_for_a_lock_is_counted() throws Exception {
        try (var reader = reader(postgres.port());
                var holder = connect("inventory");
                var waiter = connect("inventory")) {
            holder.setAutoCommit(false);
            update(holder);
            var waiting = new FutureTask<>(() -> update(waiter));
            Thread.ofVirtual().start(waiting);

            await().atMost(PATIENCE).until(() -> reader.read().server().lockWaits() == 1);

            holder.rollback();
            assertThat(waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(reader.read().server().lockWaits()).isZero();
        }
    }

    private static int update(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate("update stock set version = version");
        }
    }

    @Test
    void a_server_that_is_away_is_an_exception() {
        try (var reader = reader(1)) {
            assertThatExceptionOfType(SQLException.class).isThrownBy(reader::read);
        }
    }
}
