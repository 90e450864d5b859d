package com.flashsale.audit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.audit.evidence.Evidence;
import com.flashsale.audit.explain.Entry.Kind;
import com.flashsale.audit.explain.Explain;
import com.flashsale.audit.explain.Explanation;
import com.flashsale.client.Home;
import com.flashsale.client.platform.Context;
import com.flashsale.client.platform.Databases;
import com.flashsale.client.platform.StateFile;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Random orders of the platform that runs in {@code -Dexplain.root}, for example after a demo with kills: every row and
 * event with the id of an order is in its explanation. The test reads every table and topic without knowing them.
 */
@EnabledIfSystemProperty(
        named = "explain.root",
        matches = ".+",
        disabledReason = "a platform with orders must run: -Dexplain.root=CLONE, see infra/audit/README.md")
class ExplainPlatformIT {

    private static final Logger log = LoggerFactory.getLogger(ExplainPlatformIT.class);
    private static final int MOST = Integer.getInteger("explain.orders", 1_000);
    private static final long SEED = Long.getLong("explain.seed", System.nanoTime());
    private static final List<String> DATABASES = List.of("catalog", "inventory", "orders", "waitlist", "payment");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<UUID, Map<String, Integer>> rows = new HashMap<>();
    private final Map<UUID, Set<String>> events = new HashMap<>();
    private final List<Long> millis = new ArrayList<>();

    private final Context context = contextOfThePlatform();
    private final Databases databases = Evidence.databasesOf(context, PATIENCE);

    private static Context contextOfThePlatform() {
        var root = Path.of(System.getProperty("explain.root", "."));
        var home = new Home(root);
        return Context.of(home, new StateFile(home).running().orElseThrow());
    }

    @BeforeEach
    void readEverything() throws SQLException {
        for (var order : someOrders()) {
            rows.put(order, new TreeMap<>());
        }
        for (var database : DATABASES) for (var table : tables(database)) count(database, table);
        events.putAll(EventPositions.bySubject(context.addresses().kafka()));
    }

    @AfterEach
    void close() throws SQLException {
        databases.close();
    }

    private List<UUID> someOrders() throws SQLException {
        var orders = new ArrayList<UUID>();
        databases.read("orders", "select id from orders order by id", row -> orders.add(row.getObject(1, UUID.class)));
        Collections.shuffle(orders, new Random(SEED));
        return orders.subList(0, Math.min(MOST, orders.size()));
    }

    private List<String> tables(String database) throws SQLException {
        var names = new ArrayList<String>();
        databases.read(
                database,
                "select tablename from pg_tables where schemaname = 'public' order by 1",
                row -> names.add(row.getString(1)));
        return names;
    }

    /** A row counts once for each order that it names anywhere. */
    private void count(String database, String table) throws SQLException {
        databases.read(database, "select to_jsonb(t)::text from %s as t".formatted(table), row -> {
            var ids = new HashSet<UUID>();
            ID.matcher(row.getString(1)).results().forEach(id -> ids.add(UUID.fromString(id.group())));
            for (var id : ids) {
                var known = rows.get(id);
                if (known != null) known.merge(table, 1, Integer::sum);
            }
        });
    }

    @Test
    void every_row_and_event_of_random_orders_is_in_their_explanations() throws SQLException {
        assertThat(rows).as("orders of the platform").isNotEmpty();
        for (var order : rows.keySet()) {
            try (var own = Evidence.databasesOf(context, PATIENCE)) {
                var explain = new Explain(
                        own,
                        context.addresses().kafka(),
                        context.home().logs(),
                        Explain.Limits.QUICK,
                        Clock.systemUTC());
                assertComplete(order, explain.explain(order.toString()).orElseThrow());
            }
        }
        Collections.sort(millis);
        log.info(
                "{} of {} orders are complete, seed {}; p50 {} ms, p99 {} ms, longest {} ms",
                millis.size(),
                rows.size(),
                SEED,
                millis.get(millis.size() / 2),
                millis.get(millis.size() * 99 / 100),
                millis.getLast());
    }

    private void assertComplete(UUID order, Explanation explanation) {
        millis.add(explanation.tookMillis());
        var shown = explanation.entries().stream()
                .filter(entry -> entry.kind() == Kind.ROW)
                .collect(groupingBy(entry -> entry.what().replaceAll("[ (].*", ""), summingInt(_ -> 1)));
        // an entry whose first offer a late payment took back has an earlier admission, which names no order
        var earlier = shown.getOrDefault("admission", 0) - 1;
        if (earlier > 0) shown.merge("admission", -earlier, Integer::sum);
        assertThat(shown)
                .as("seed %d, order %s, took %d ms", SEED, order, explanation.tookMillis())
                .containsAllEntriesOf(rows.getOrDefault(order, Map.of()));
        assertThat(explanation.entries())
                .filteredOn(entry -> entry.kind() == Kind.EVENT && order.equals(entry.of()) && entry.position() != null)
                .extracting(entry -> String.valueOf(entry.position()))
                .as("seed %d, order %s", SEED, order)
                .containsExactlyInAnyOrderElementsOf(events.getOrDefault(order, Set.of()));
        assertThat(explanation.unread()).as("order %s", order).isEmpty();
    }
}
