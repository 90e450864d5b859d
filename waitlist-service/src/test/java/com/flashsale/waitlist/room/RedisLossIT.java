package com.flashsale.waitlist.room;

import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.AnInventory;
import com.flashsale.waitlist.AnOrderService;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.connection.RedisServerCommands;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class RedisLossIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final int port;
    private final StringRedisTemplate redis;
    private final JdbcClient jdbc;

    RedisLossIT(@LocalServerPort int port, @Autowired StringRedisTemplate redis, @Autowired JdbcClient jdbc) {
        this.port = port;
        this.redis = redis;
        this.jdbc = jdbc;
    }

    @Test
    void redis_forgets_everything_and_no_customer_is_served_twice_or_loses_the_place() {
        var sale = ASale.of(3).with("turnDuration", "PT2S").scheduled().knownTo(port);
        AnInventory.of(sale).told();
        var people = Stream.generate(() -> new AShopper(port)).limit(8).toList();
        var tickets = new HashMap<AShopper, AShopper.Answer>();
        for (var person : people) tickets.put(person, person.join(sale.id()));
        await().atMost(SOON).until(() -> checkpoint(sale, "issued") == 8);

        forgetEverything();

        await().atMost(SOON).until(() -> new AShopper(port).join(sale.id()).status() == 201);
        var holder = people.getFirst();
        assertThat(holder.claim(sale.id(), tickets.get(holder).text("ticket")).text("admission"))
                .isEqualTo(tickets.get(holder).text("admission"));
        assertThat(alive(sale)).isEqualTo(3);
        // without his ticket, too
        assertThat(holder.join(sale.id()).text("admission"))
                .isEqualTo(tickets.get(holder).text("admission"));
        var waiting = people.get(5);
        var again = waiting.join(sale.id(), tickets.get(waiting).text("ticket"));
        assertThat(again.state()).isEqualTo("WAITING");
        assertThat(again.number("number")).isEqualTo(6);
        var stranger = new AShopper(port).join(sale.id());
        assertThat(stranger.number("number")).isGreaterThan(10_000);
    }

    @Test
    void a_number_given_out_after_the_last_checkpoint_is_not_given_out_again_and_keeps_its_place() {
        var sale = ASale.of(1).with("admissionDuration", "PT1S").scheduled().knownTo(port);
        AnOrderService.fallSilent(sale.id());
        AnInventory.of(sale).told();
        var holder = new AShopper(port);
        holder.join(sale.id());
        var ada = new AShopper(port);
        var adas = ada.join(sale.id());
        assertThat(adas.number("number")).isEqualTo(2);
        // as if Redis was lost before the checkpoint
        await().atMost(SOON).until(() -> checkpoint(sale, "issued") == 2);
        jdbc.sql("update waiting_room set issued = 1, serving = 0, settled = 0 where sale_id = :sale")
                .param("sale", sale.id())
                .update();

        forgetEverything();
        AnOrderService.speak(sale.id());

        var first = await().atMost(SOON)
                .until(() -> ada.claim(sale.id(), adas.text("ticket")), answer -> answer.status() != 503);
        var late = new AShopper(port);
        assertThat(late.join(sale.id()).number("number")).isGreaterThan(10_000);
        // her turn may have come with the first answer, and be used up by now
        if (first.status() != 201)
            await().atMost(SOON)
                    .until(() -> ada.claim(sale.id(), adas.text("ticket")).status() == 201);
        var order = admitted(sale);
        assertThat(order).startsWith(holder.id(), ada.id());
        assertThat(order.subList(2, order.size())).isSubsetOf(late.id());
    }

    @Test
    void a_customer_who_comes_without_the_ticket_first_still_has_the_place_with_it() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        AnInventory.of(sale).told();
        new AShopper(port).join(sale.id());
        var ada = new AShopper(port);
        var adas = ada.join(sale.id());
        assertThat(adas.number("number")).isEqualTo(2);
        await().atMost(SOON).until(() -> checkpoint(sale, "issued") == 2);
        forgetEverything();
        await().atMost(SOON).until(() -> new AShopper(port).join(sale.id()).status() == 201);

        assertThat(ada.join(sale.id()).number("number")).isGreaterThan(10_000);
        assertThat(ada.join(sale.id(), adas.text("ticket")).number("number")).isEqualTo(2);
        assertThat(ada.join(sale.id()).number("number")).isEqualTo(2);
        assertThat(ada.mine(sale.id()).number("number")).isEqualTo(2);
    }

    @Test
    void a_customer_who_shows_two_tickets_has_one_place_and_the_other_ticket_is_void() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        AnInventory.of(sale).told();
        new AShopper(port).join(sale.id());
        var ada = new AShopper(port);
        var old = ada.join(sale.id()).text("ticket");
        await().atMost(SOON).until(() -> checkpoint(sale, "issued") == 2);
        forgetEverything();
        await().atMost(SOON).until(() -> new AShopper(port).join(sale.id()).status() == 201);
        var fresh = ada.join(sale.id());
        assertThat(fresh.number("number")).isGreaterThan(10_000);

        assertThat(ada.claim(sale.id(), old).code()).isEqualTo("NOT_YOUR_TURN");

        assertThat(ada.mine(sale.id()).number("number")).isEqualTo(2);
        assertThat(ada.claim(sale.id(), fresh.text("ticket")).code()).isEqualTo("TURN_PASSED");
        assertThat(ada.join(sale.id(), fresh.text("ticket")).number("number")).isEqualTo(2);
        assertThat(ada.claim(sale.id(), old).code()).isEqualTo("NOT_YOUR_TURN");
    }

    @Test
    void a_customer_who_had_the_turn_of_a_second_ticket_has_no_other_turn_with_the_first() {
        var sale = ASale.of(3).scheduled().knownTo(port);
        var inventory = AnInventory.of(sale).taken(2);
        await().atMost(SOON).until(() -> room(sale, "available").equals("1"));
        new AShopper(port).join(sale.id());
        var ada = new AShopper(port);
        var old = ada.join(sale.id());
        assertThat(old.number("number")).isEqualTo(2);
        await().atMost(SOON).until(() -> checkpoint(sale, "issued") == 2);
        // lost before the checkpoint: no customer is served with her number unless she shows it
        jdbc.sql("update waiting_room set issued = 1 where sale_id = :sale")
                .param("sale", sale.id())
                .update();
        forgetEverything();
        inventory.freed(2);
        var admission =
                await().atMost(SOON).until(() -> ada.join(sale.id()).text("admission"), text -> !text.isEmpty());

        assertThat(ada.claim(sale.id(), old.text("ticket")).code()).isEqualTo("TURN_PASSED");

        assertThat(ada.join(sale.id(), old.text("ticket")).text("admission")).isEqualTo(admission);
        inventory.decide(ada.order(sale.id(), admission, 1), ada.id(), 1);
        await().atMost(SOON).until(() -> states(sale).equals(List.of("DECIDED", "ISSUED")));
        assertThat(ada.claim(sale.id(), old.text("ticket")).code()).isEqualTo("TURN_PASSED");
    }

    @Test
    void a_number_of_a_gap_that_was_admitted_is_not_admitted_again_after_a_second_loss() {
        var sale = ASale.of(3).scheduled().knownTo(port);
        var inventory = AnInventory.of(sale).taken(2);
        await().atMost(SOON).until(() -> room(sale, "available").equals("1"));
        new AShopper(port).join(sale.id());
        var ada = new AShopper(port);
        var ticket = ada.join(sale.id()).text("ticket");
        await().atMost(SOON).until(() -> checkpoint(sale, "issued") == 2);
        jdbc.sql("update waiting_room set issued = 1 where sale_id = :sale")
                .param("sale", sale.id())
                .update();
        forgetEverything();
        inventory.freed(1);
        var admission = await().atMost(SOON)
                .until(() -> ada.claim(sale.id(), ticket).text("admission"), text -> !text.isEmpty());
        inventory.decide(ada.order(sale.id(), admission, 1), ada.id(), 1);
        await().atMost(SOON).until(() -> states(sale).equals(List.of("DECIDED", "ISSUED")));
        jdbc.sql("update waiting_room set serving = issued, settled = issued where sale_id = :sale")
                .param("sale", sale.id())
                .update();

        forgetEverything();
        inventory.freed(1);

        await().atMost(SOON).until(() -> room(sale, "available").equals("2"));
        assertThat(ada.claim(sale.id(), ticket).code()).isEqualTo("TURN_PASSED");
        assertThat(gaps(sale)).as("gaps that follow one another are one").isEqualTo(1);
    }

    private long gaps(ASale sale) {
        return jdbc.sql("select count(*) from number_gap where sale_id = :sale")
                .param("sale", sale.id())
                .query(Long.class)
                .single();
    }

    @Test
    void two_hundred_people_go_on_while_redis_is_emptied_again_and_again() {
        var sale = ASale.of(200).scheduled().knownTo(port);
        AnInventory.of(sale).told();
        new AShopper(port).join(sale.id());
        var people = Stream.generate(() -> new AShopper(port)).limit(200).toList();
        var numbers = new HashMap<Long, AShopper>();

        var answers = allAtOnce(Stream.<Callable<AShopper.Answer>>concat(
                        people.stream().map(person -> () -> joinUntilDone(person, sale)), Stream.of(() -> {
                            for (int i = 0; i < 3; i++) {
                                LockSupport.parkNanos(150_000_000);
                                forgetEverything();
                            }
                            return new AShopper.Answer(201, "", null);
                        }))
                .toList());

        for (int i = 0; i < people.size(); i++) {
            assertThat(answers.get(i).status()).isEqualTo(201);
            var before = numbers.put(answers.get(i).number("number"), people.get(i));
            assertThat(before).as("number given out twice").isNull();
        }
        assertThat(twice(sale)).isZero();
    }

    private AShopper.Answer joinUntilDone(AShopper person, ASale sale) {
        while (!Thread.currentThread().isInterrupted()) {
            var answer = person.join(sale.id());
            if (answer.status() != 503) return answer;
            LockSupport.parkNanos(50_000_000);
        }
        throw new AssertionError("stopped while the room was unavailable");
    }

    private void forgetEverything() {
        redis.execute((RedisCallback<Object>) connection -> {
            RedisServerCommands server = connection.serverCommands();
            server.flushAll();
            return null;
        });
    }

    private long checkpoint(ASale sale, String column) {
        return jdbc.sql("select " + column + " from waiting_room where sale_id = :sale")
                .param("sale", sale.id())
                .query(Long.class)
                .single();
    }

    private String room(ASale sale, String figure) {
        return String.valueOf(redis.opsForHash().get("wr:{" + sale.id() + "}:room", figure));
    }

    private List<String> states(ASale sale) {
        return jdbc.sql("select state from admission where sale_id = :sale order by state")
                .param("sale", sale.id())
                .query(String.class)
                .list();
    }

    private long alive(ASale sale) {
        return jdbc.sql("select count(*) from admission where sale_id = :sale and state = 'ISSUED'")
                .param("sale", sale.id())
                .query(Long.class)
                .single();
    }

    /** Customers in the order in which they were admitted. */
    private List<UUID> admitted(ASale sale) {
        return jdbc.sql("select customer_id from admission where sale_id = :sale order by id")
                .param("sale", sale.id())
                .query(UUID.class)
                .list();
    }

    private long twice(ASale sale) {
        return jdbc.sql("""
                select count(*)
                  from (select customer_id
                          from admission
                         where sale_id = :sale
                         group by customer_id
                        having count(*) > 1) as twice
                """).param("sale", sale.id()).query(Long.class).single();
    }
}
