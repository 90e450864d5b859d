package com.flashsale.waitlist.room;

import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.AnInventory;
import com.flashsale.waitlist.SecondReplica;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two replicas of the service: both tick, both answer, and no customer can tell them apart. */
@ServiceTest
class TwoReplicasIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int UNITS = 30;
    private static final int PEOPLE = 120;

    private final int port;
    private final JdbcClient jdbc;
    private final ConfigurableApplicationContext context;

    TwoReplicasIT(
            @LocalServerPort int port, @Autowired JdbcClient jdbc, @Autowired ConfigurableApplicationContext context) {
        this.port = port;
        this.jdbc = jdbc;
        this.context = context;
    }

    @Test
    void a_crowd_that_goes_to_both_at_once_is_one_line() throws Exception {
        // not to be closed: that would wait for the streams, which do not end when an assertion fails
        var http = HttpClient.newHttpClient();
        try (var second = SecondReplica.beside(context)) {
            var sale = ASale.of(UNITS).scheduled().knownTo(port).knownTo(second.port());
            var inventory = AnInventory.of(sale).told();
            var here = watch(http, port, sale);
            var there = watch(http, second.port(), sale);
            new AShopper(port).mine(sale.id());

            var people = Stream.generate(() -> new AShopper(port)).limit(PEOPLE).toList();
            var answers = joinAtBoth(people, sale, second.port());

            assertOneLine(answers);
            await().atMost(PATIENCE).until(() -> count(sale, "1 = 1") == UNITS);
            assertThat(count(sale, "number > " + UNITS))
                    .as("admitted out of order")
                    .isZero();

            // each admitted customer claims at both and orders; then both say that it is over
            var orders = orders(people, answers, sale, inventory, second.port());
            assertThat(allAtOnce(orders)).hasSize(UNITS).containsOnly(true);
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(here).anyMatch(line -> line.contains("\"SOLD_OUT\""));
                assertThat(there).anyMatch(line -> line.contains("\"SOLD_OUT\""));
            });
            assertThat(count(sale, "1 = 1")).isEqualTo(UNITS);
        } finally {
            http.shutdownNow();
        }
    }

    private static List<Callable<Boolean>> orders(
            List<AShopper> people,
            List<List<AShopper.Answer>> answers,
            ASale sale,
            AnInventory inventory,
            int otherPort) {
        var orders = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < PEOPLE; i++) {
            var person = people.get(i);
            var ticket = answers.get(i).getFirst();
            if (ticket.number("number") > UNITS) continue;
            orders.add(() -> buy(person, inventory, sale, otherPort, ticket.text("ticket")));
        }
        return orders;
    }

    private static List<List<AShopper.Answer>> joinAtBoth(List<AShopper> people, ASale sale, int otherPort)
            throws Exception {
        return allAtOnce(people.stream()
                .<Callable<List<AShopper.Answer>>>map(person -> () -> allAtOnce(List.<Callable<AShopper.Answer>>of(
                        () -> patiently(person, sale), () -> patiently(person.at(otherPort), sale))))
                .toList());
    }

    /** Each customer has the same number at both, and the numbers have no gap. */
    private static void assertOneLine(List<List<AShopper.Answer>> answers) {
        assertThat(answers)
                .allSatisfy(pair -> assertThat(pair)
                        .extracting(answer -> answer.number("number"))
                        .containsOnly(pair.getFirst().number("number")));
        assertThat(answers)
                .extracting(pair -> pair.getFirst().number("number"))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, PEOPLE).boxed().toList());
    }

    private static boolean buy(AShopper person, AnInventory inventory, ASale sale, int otherPort, String ticket)
            throws Exception {
        var admission = claimAtBoth(person, sale, otherPort, ticket);
        return inventory.decide(person.order(sale.id(), admission, 1), person.id(), 1);
    }

    private static String claimAtBoth(AShopper person, ASale sale, int otherPort, String ticket) throws Exception {
        var claims = allAtOnce(List.<Callable<AShopper.Answer>>of(
                () -> person.claim(sale.id(), ticket),
                () -> person.at(otherPort).claim(sale.id(), ticket)));
        assertThat(claims)
                .extracting(claim -> claim.text("admission"))
                .containsOnly(claims.getFirst().text("admission"));
        return claims.getFirst().text("admission");
    }

    /** Comes again after 503, as the answer asks for. */
    private static AShopper.Answer patiently(AShopper person, ASale sale) {
        return await().atMost(PATIENCE).until(() -> person.join(sale.id()), answer -> answer.status() != 503);
    }

    private long count(ASale sale, String condition) {
        return jdbc.sql("select count(*) from admission where sale_id = :sale and " + condition)
                .param("sale", sale.id())
                .query(Long.class)
                .single();
    }

    private static List<String> watch(HttpClient http, int port, ASale sale) {
        var lines = new CopyOnWriteArrayList<String>();
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/v1/sales/" + sale.id() + "/queue/events"))
                .build();
        var _ = http.sendAsync(request, HttpResponse.BodyHandlers.ofLines())
                .thenAccept(response -> response.body().forEach(lines::add));
        return lines;
    }
}
