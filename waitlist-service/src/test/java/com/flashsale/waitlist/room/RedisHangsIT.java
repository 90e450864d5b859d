package com.flashsale.waitlist.room;

import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/** With the time-outs of the service: a Redis that hangs admits no customer. */
@ServiceTest(properties = {"spring.data.redis.timeout=250ms", "spring.data.redis.connect-timeout=250ms"})
class RedisHangsIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final int port;
    private final StringRedisTemplate redis;

    RedisHangsIT(@LocalServerPort int port, @Autowired StringRedisTemplate redis) {
        this.port = port;
        this.redis = redis;
    }

    @Test
    void while_redis_hangs_the_answer_is_503_soon_and_never_500() {
        var sale = ASale.of(200).scheduled().knownTo(port);
        var ada = new AShopper(port);
        var ticket = ada.join(sale.id()).text("ticket");

        var people = Stream.generate(() -> new AShopper(port))
                .limit(20)
                .map(AShopper::impatient)
                .toList();

        redis.execute((RedisCallback<Object>)
                connection -> connection.execute("CLIENT", "PAUSE".getBytes(), "15000".getBytes(), "ALL".getBytes()));
        var joins = allAtOnce(people.stream()
                .<Callable<Map.Entry<AShopper.Answer, Duration>>>map(person -> () -> {
                    var before = System.nanoTime();
                    var answer = person.join(sale.id());
                    return Map.entry(answer, Duration.ofNanos(System.nanoTime() - before));
                })
                .toList());

        assertThat(joins).allSatisfy(join -> {
            assertThat(join.getKey().status()).isEqualTo(503);
            assertThat(join.getKey().code()).isEqualTo("WAITING_ROOM_UNAVAILABLE");
            assertThat(join.getKey().retryAfter()).isEqualTo("1");
            assertThat(join.getValue()).isLessThan(Duration.ofSeconds(12));
        });
        assertThat(ada.queue(sale.id()).status()).isEqualTo(200);
        await().atMost(SOON).until(() -> ada.claim(sale.id(), ticket).status() == 201);
    }
}
