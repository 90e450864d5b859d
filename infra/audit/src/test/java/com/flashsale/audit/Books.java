package com.flashsale.audit;

import com.flashsale.audit.evidence.Evidence;
import com.flashsale.audit.evidence.Topics;
import com.flashsale.client.platform.Databases;
import com.flashsale.engines.PostgresEngine;
import com.flashsale.engines.ThrowawayEngines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The databases of the services as their own migrations make them, with one sale of ten units, one customer who paid
 * for one, and one whose order was refused. Constraints that would forbid what a test plants are dropped: an audit must
 * not rely on them.
 */
final class Books implements AutoCloseable {

    static final UUID SALE = UUID.fromString("00000000-0000-7000-8000-0000000000a1");
    static final UUID PAID = UUID.fromString("00000000-0000-7000-8000-0000000000b1");
    static final UUID REFUSED = UUID.fromString("00000000-0000-7000-8000-0000000000b2");
    static final UUID ADA = UUID.fromString("00000000-0000-7000-8000-0000000000c1");
    static final UUID BOB = UUID.fromString("00000000-0000-7000-8000-0000000000c2");
    static final String PASSWORD = "test-password";

    private static final Map<String, String> MODULES = Map.of(
            "catalog", "catalog-service",
            "inventory", "inventory-service",
            "orders", "order-service",
            "payment", "infra/payment-simulator",
            "waitlist", "waitlist-service");
    private static final List<String> WITH_MESSAGES = List.of("catalog", "inventory", "orders", "waitlist");
    private static final List<String> TOPICS =
            List.of(Topics.ORDERS, Topics.RESERVATIONS, Topics.ENTRIES, Topics.STOCKS, Topics.SALES);
    private static final Path ROOT = Path.of("..", "..");

    private final ThrowawayEngines engines = new ThrowawayEngines();
    private final PostgresEngine postgres = engines.postgres();

    Books() throws SQLException, IOException {
        postgres.createReadOnlyRole("audit", PASSWORD);
        for (var entry : MODULES.entrySet()) {
            postgres.createDatabase(entry.getKey(), entry.getKey(), PASSWORD);
            migrate(entry.getKey(), ROOT.resolve(entry.getValue()).resolve("src/main/resources/db/migration"));
        }
        for (var database : WITH_MESSAGES) {
            migrate(database, ROOT.resolve("platform/service/src/main/resources/db/platform"));
        }
    }

    Databases databases() {
        return new Databases(postgres.port(), "audit", PASSWORD);
    }

    /** An action just before a query is read. */
    interface Meanwhile {
        void before(String query);
    }

    Databases databases(Meanwhile meanwhile) {
        return new Databases(postgres.port(), "audit", PASSWORD) {
            @Override
            public void read(String database, String query, RowReader reader) throws SQLException {
                meanwhile.before(query);
                super.read(database, query, reader);
            }
        };
    }

    Evidence evidence(Path histories) {
        return new Evidence(databases(), new Topics(kafka()), histories);
    }

    String kafka() {
        return engines.kafka().url();
    }

    /** Nothing in any table, nothing in any topic. */
    void clear() throws SQLException, ExecutionException, InterruptedException {
        for (var database : MODULES.keySet()) {
            execute(database, """
                    do $$
                    declare
                        names text[] := array(select quote_ident(tablename) from pg_tables where schemaname = 'public');
                        name text;
                    begin
                        foreach name in array names loop
                            execute 'alter table ' || name || ' disable trigger user';
                        end loop;
                        execute 'truncate ' || array_to_string(names, ',');
                        foreach name in array names loop
                            execute 'alter table ' || name || ' enable trigger user';
                        end loop;
                    end $$
                    """);
        }
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka()))) {
            var there = new HashSet<>(admin.listTopics().names().get());
            there.retainAll(TOPICS);
            admin.deleteTopics(there).all().get();
            admin.createTopics(TOPICS.stream()
                            .map(topic -> new NewTopic(topic, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    /** One customer who paid, one who came too late; all agree. */
    void balance() throws SQLException {
        execute("catalog", "truncate product, sale_stock cascade");
        insert("catalog", BalancedRows.catalog());
        execute("inventory", "truncate stock, reservation, ledger");
        insert("inventory", BalancedRows.inventory());
        execute("orders", "truncate sale, orders, payment, idempotency_record, voided_admission cascade");
        insert("orders", BalancedRows.orders());
        execute("waitlist", "truncate sale, stock, waiting_room, admission, waitlist_entry, admitted_order cascade");
        insert("waitlist", BalancedRows.waitlist());
        execute("payment", """
                alter table ledger_entry disable trigger user;
                delete from ledger_entry;
                delete from charge;
                alter table ledger_entry enable trigger user
                """);
        insert("payment", BalancedRows.capture("p1", PAID));
    }

    void insert(String database, Row row) throws SQLException {
        insert(database, List.of(row));
    }

    void insert(String database, List<Row> rows) throws SQLException {
        try (var connection = connect(database)) {
            for (var row : rows) row.insert(connection);
        }
    }

    /** Statements with %1$s sale, %2$s paid order, %3$s refused order, %4$s Ada, %5$s Bob. */
    void execute(String database, String... statements) throws SQLException {
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql.formatted(SALE, PAID, REFUSED, ADA, BOB));
            }
        }
    }

    private void migrate(String database, Path directory) throws IOException, SQLException {
        List<Path> scripts;
        try (var files = Files.list(directory)) {
            scripts = files.sorted().toList();
        }
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            for (var script : scripts) {
                statement.execute(Files.readString(script));
            }
        }
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(postgres.url(database), database, PASSWORD);
    }

    @Override
    public void close() {
        engines.close();
    }
}
