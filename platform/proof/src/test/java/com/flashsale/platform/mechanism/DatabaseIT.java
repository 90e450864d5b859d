package com.flashsale.platform.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.database.OldRows;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestKafka;
import com.flashsale.platform.test.TestTokens;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Sessions, migrations and clean-ups as PostgreSQL sees them, and what the service does while it cannot write. */
@ServiceTest
class DatabaseIT {

    static final Duration WITHIN = Duration.ofSeconds(30);

    @LocalServerPort
    int port;

    @Value("${spring.datasource.url}")
    String url;

    @Value("${spring.datasource.username}")
    String user;

    @Value("${spring.datasource.password}")
    String password;

    @Autowired
    DataSource dataSource;

    @Autowired
    Flyway flyway;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    /** Not the service's: there, the clean-up itself has registered its metric. */
    final MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void a_session_whose_client_has_vanished_ends_within_fifteen_seconds() {
        assertThat(setting("tcp_keepalives_idle")
                        + setting("tcp_keepalives_interval") * setting("tcp_keepalives_count"))
                .isLessThanOrEqualTo(15);
        assertThat(setting("tcp_user_timeout")).isBetween(1, 15_000);
        assertThat(setting("idle_in_transaction_session_timeout")).isBetween(1, 15_000);
        assertThat(setting("client_connection_check_interval")).isBetween(1, 15_000);
    }

    @Test
    void a_migration_has_connections_and_limits_of_its_own() throws SQLException {
        assertThat(flyway.getConfiguration().getDataSource()).isNotInstanceOf(HikariDataSource.class);
        assertThat(flyway.getConfiguration().getInitSql())
                .contains("statement_timeout")
                .contains("lock_timeout");
        assertThat(setting("statement_timeout")).as("a request's").isBetween(1, 4_999);
    }

    @Test
    void rows_are_forgotten_by_the_index_on_their_age() {
        jdbc.sql("""
            insert into inbox (consumer, message_id, received_at)
            select 'old', gen_random_uuid(), now() - interval '11 days' from generate_series(1, 12000)
            """).update();
        jdbc.sql("insert into inbox (consumer, message_id, received_at) values ('old', gen_random_uuid(), now())")
                .update();
        var rows = new OldRows(jdbc, transactions, meters, "inbox", "received_at");
        rows.measure();
        assertThat(age()).isGreaterThan(Duration.ofDays(10).toSeconds());

        assertThat(rows.delete(Duration.ofDays(10))).isGreaterThanOrEqualTo(12_000);

        rows.measure();
        assertThat(age()).isLessThan(Duration.ofDays(10).toSeconds());
        assertThat(jdbc.sql("select count(*) from inbox where consumer = 'old'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThat(jdbc.sql("explain select ctid from inbox where received_at < now() order by received_at limit 9")
                        .query(String.class)
                        .list())
                .anyMatch(line -> line.contains("Index Scan using inbox_by_age"));
    }

    @Test
    void while_the_database_is_read_only_requests_are_asked_back_and_all_recovers_by_itself() throws SQLException {
        var key = UUID.randomUUID().toString();
        readOnly(true);
        try {
            assertThat(post(key).statusCode()).isEqualTo(503);
            assertThat(post(key).headers().firstValue("retry-after")).hasValue("1");
            for (int number = 1; number <= 3; number++) {
                TestKafka.produce("thing", key, ThingListener.TYPE, new ThingListener.Counted(key, number));
            }
            await().during(Duration.ofSeconds(1))
                    .until(() -> TestKafka.events("thing.dlt", key).isEmpty());
        } finally {
            readOnly(false);
        }
        // the pool needs a moment until it has connections again
        await().atMost(WITHIN)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(numbersOf(key)).containsExactly(1, 2, 3));
        await().atMost(WITHIN)
                .untilAsserted(() -> assertThat(post(key).statusCode()).isEqualTo(201));
        assertThat(TestKafka.events("thing.dlt", key)).isEmpty();
    }

    /**
     * As an operator does it: for new sessions. Those of the pool are marked for eviction, as an ended failover leaves
     * them.
     */
    private void readOnly(boolean on) throws SQLException {
        var owner = new Properties();
        owner.setProperty("user", user);
        owner.setProperty("password", password);
        owner.setProperty("options", "-c default_transaction_read_only=off");
        try (var connection = DriverManager.getConnection(url, owner);
                var statement = connection.createStatement()) {
            var database = connection.getCatalog();
            statement.execute("alter database \"" + database + "\" set default_transaction_read_only = " + on);
        }
        if (on) dataSource.unwrap(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
    }

    private HttpResponse<String> post(String key) {
        var headers = Map.of(
                "authorization",
                "Bearer " + TestTokens.shopper(UUID.randomUUID()),
                "content-type",
                "application/json",
                "Idempotency-Key",
                key);
        return new Http(port).post("/things", headers, "{\"name\":\"a\",\"count\":1}");
    }

    private List<Integer> numbersOf(String key) {
        return jdbc.sql("select number from effect where key = :key order by position")
                .param("key", key)
                .query(Integer.class)
                .list();
    }

    private double age() {
        return meters.get("table.oldest.age").tag("table", "inbox").gauges().stream()
                .mapToDouble(gauge -> gauge.value())
                .max()
                .orElseThrow();
    }

    private int setting(String name) {
        return await().atMost(WITHIN)
                .ignoreExceptions()
                .until(
                        () -> jdbc.sql("select setting from pg_settings where name = :name")
                                .param("name", name)
                                .query(Integer.class)
                                .single(),
                        _ -> true);
    }
}
