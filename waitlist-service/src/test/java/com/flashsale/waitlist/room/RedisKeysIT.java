package com.flashsale.waitlist.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.AnInventory;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Redis keeps nothing for ever. */
@ServiceTest
class RedisKeysIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Of the parts of a claim, see {@code room.lua}. */
    private static final int RECORDED = 4;

    private final int port;
    private final StringRedisTemplate redis;

    RedisKeysIT(@LocalServerPort int port, @Autowired StringRedisTemplate redis) {
        this.port = port;
        this.redis = redis;
    }

    @Test
    void every_key_of_a_room_ends_an_hour_after_its_sale_from_the_moment_it_is_made() {
        var sale = ASale.of(2).with("admissionDuration", "PT1S").scheduled().knownTo(port);
        var inventory = AnInventory.of(sale).told();
        var room = inRoom(sale);
        noneForEver(sale, () -> new AShopper(port).join(sale.id()));
        noneForEver(sale, () -> new AShopper(port).join(sale.id()));
        var waits = new AShopper(port);
        var ticket = noneForEver(sale, () -> waits.join(sale.id())).text("ticket");
        // promises, claims and turns come and go: keys vanish and are made again
        await().atMost(PATIENCE)
                .until(() ->
                        noneForEver(sale, () -> waits.claim(sale.id(), ticket)).status() == 201);
        inventory.taken(1);
        await().atMost(PATIENCE).until(() -> {
            noneForEver(sale, () -> waits.mine(sale.id()));
            return redis.opsForHash().get(room, "promised").equals("0");
        });

        assertThat(redis.getExpire(room)).isBetween(3_600L, 2 * 3_600L + 10);
    }

    @Test
    void a_claim_is_marked_once_it_is_a_row() {
        var sale = ASale.of(2).scheduled().knownTo(port);
        AnInventory.of(sale).told();
        var ada = new AShopper(port);
        var admission = ada.join(sale.id()).text("admission");

        await().atMost(PATIENCE)
                .until(() -> claims(sale).getFirst().split("\\|")[RECORDED].equals("1"));
        assertThat(ada.join(sale.id()).text("admission")).isEqualTo(admission).isNotEmpty();
    }

    @Test
    void a_lobby_ends_too() {
        var sale = ASale.of(2).opensIn(Duration.ofMinutes(5)).scheduled().knownTo(port);

        noneForEver(sale, () -> new AShopper(port).join(sale.id()));

        assertThat(redis.getExpire("wr:{" + sale.id() + "}:lobby")).isPositive();
    }

    @Test
    void a_room_that_cannot_be_read_holds_no_other_room_up() {
        for (int i = 0; i < 5; i++) {
            var broken = ASale.of(2).scheduled().knownTo(port);
            new AShopper(port).join(broken.id());
            redis.opsForHash().put(inRoom(broken), "phase", "nonsense");
        }
        for (int i = 0; i < 3; i++) {
            var sale = ASale.of(2).scheduled().knownTo(port);
            var ada = new AShopper(port);
            ada.join(sale.id());
            await().atMost(PATIENCE).until(() -> ada.queue(sale.id()).number("issued") == 1);
        }
    }

    private List<String> claims(ASale sale) {
        return redis.<String, String>opsForHash().values("wr:{" + sale.id() + "}:claims");
    }

    private static String inRoom(ASale sale) {
        return "wr:{" + sale.id() + "}:room";
    }

    private <T> T noneForEver(ASale sale, Supplier<T> action) {
        var result = action.get();
        for (var key : redis.keys("wr:{" + sale.id() + "}:*")) {
            // -2: it has gone in between
            assertThat(redis.getExpire(key)).as(key).isNotEqualTo(-1L);
        }
        return result;
    }
}
