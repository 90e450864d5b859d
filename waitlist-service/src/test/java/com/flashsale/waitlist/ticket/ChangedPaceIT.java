package com.flashsale.waitlist.ticket;

import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.SecondReplica;
import com.flashsale.waitlist.sale.SaleCache;
import com.flashsale.waitlist.sale.SaleId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The pace of a room follows the pace of its sale. */
@ServiceTest
class ChangedPaceIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final int port;
    private final ConfigurableApplicationContext context;
    private final JdbcClient jdbc;
    private final SaleCache saleCache;

    ChangedPaceIT(
            @LocalServerPort int port,
            @Autowired ConfigurableApplicationContext context,
            @Autowired JdbcClient jdbc,
            @Autowired SaleCache saleCache) {
        this.port = port;
        this.context = context;
        this.jdbc = jdbc;
        this.saleCache = saleCache;
    }

    @Test
    void a_room_gives_turns_at_the_new_pace_and_at_the_old_one_again() {
        var sale = aSlowSale();
        crowd(sale, 40);
        assertThatFewGetATurn(sale);

        sale.paced(1000);
        await().atMost(SOON).until(() -> serving(sale) == 40);

        sale.paced(1);
        await().atMost(SOON).until(() -> knownPaces(sale, List.of(saleCache)).equals(Set.of(1)));
        crowd(sale, 40);
        assertThatFewGetATurn(sale);
    }

    @Test
    void every_replica_ticks_at_the_new_pace() {
        var sale = aSlowSale();
        try (var other = SecondReplica.beside(context)) {
            var replicas = List.of(saleCache, other.bean(SaleCache.class));
            sale.knownTo(other.port());
            crowd(sale, 40);
            sale.paced(1000);
            await().atMost(SOON).until(() -> knownPaces(sale, replicas).equals(Set.of(1000)));
            await().atMost(SOON).until(() -> serving(sale) == 40);
            sale.paced(1);
            await().atMost(SOON).until(() -> knownPaces(sale, replicas).equals(Set.of(1)));
            crowd(sale, 40);
            assertThatFewGetATurn(sale);
        }
    }

    @Test
    void late_word_of_an_older_pace_changes_nothing() {
        var sale = aSlowSale().paced(1000);
        await().atMost(SOON).until(() -> storedPace(sale) == 1000);

        sale.toldAgain("admissionsPerSecond", 1, 1);

        await().during(Duration.ofSeconds(3))
                .atMost(SOON)
                .until(() -> storedPace(sale) == 1000 && storedVersion(sale) == 2);
        crowd(sale, 20);
        await().atMost(SOON).until(() -> serving(sale) == 20);
    }

    private ASale aSlowSale() {
        return ASale.of(200).with("admissionsPerSecond", 1).scheduled().knownTo(port);
    }

    private void crowd(ASale sale, int customers) {
        IntStream.range(0, customers).forEach(_ -> new AShopper(port).join(sale.id()));
    }

    /** At one turn a second, with some to spare for a slow machine. */
    private void assertThatFewGetATurn(ASale sale) {
        var before = serving(sale);
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(6)).until(() -> serving(sale) - before <= 6);
        await().atMost(SOON).until(() -> serving(sale) > before);
    }

    private long serving(ASale sale) {
        return new AShopper(port).queue(sale.id()).number("servingNumber");
    }

    /** A replica takes up to half a second to read what another one has stored. */
    private static Set<Integer> knownPaces(ASale sale, List<SaleCache> replicas) {
        return replicas.stream()
                .map(replica -> replica.find(new SaleId(sale.id())).orElseThrow())
                .map(known -> known.sale().admissionsPerSecond())
                .collect(Collectors.toSet());
    }

    private long storedPace(ASale sale) {
        return stored("admissions_per_second", sale);
    }

    private long storedVersion(ASale sale) {
        return stored("version", sale);
    }

    private long stored(String column, ASale sale) {
        return jdbc.sql("select " + column + " from sale where sale_id = :sale")
                .param("sale", sale.id())
                .query(Long.class)
                .single();
    }
}
