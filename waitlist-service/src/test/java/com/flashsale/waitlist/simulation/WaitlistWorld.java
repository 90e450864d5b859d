package com.flashsale.waitlist.simulation;

import com.flashsale.platform.test.TestEngines;
import com.flashsale.platform.test.simulation.SimulatedService;
import com.flashsale.waitlist.WaitlistApplication;
import com.flashsale.waitlist.room.RoomTestAccess;
import com.flashsale.waitlist.sale.SaleCache;
import com.flashsale.waitlist.schedule.PeriodicTask;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.test.util.ReflectionTestUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two replicas of waitlist-service with a PostgreSQL and a Redis of their own. */
record WaitlistWorld(Replica first, Replica second) {

    /** A replica of the service with a memory of its own. */
    record Replica(SimulatedService service) {

        SimulatedRedis redis() {
            return service.bean(SimulatedRedis.class);
        }

        /** Makes it a replica that was just started: it knows only the data of PostgreSQL. */
        void forget() {
            var sales = service.bean(SaleCache.class);
            for (var field : List.of("terms", "stock")) {
                if (ReflectionTestUtils.getField(sales, field) instanceof Map<?, ?> known) known.clear();
            }
            ReflectionTestUtils.setField(sales, "refreshedAt", Instant.EPOCH);
            RoomTestAccess.forget(service);
            sales.refresh();
        }

        /** Runs a scheduled task once. */
        void runTask(String name) {
            RoomTestAccess.passALittleTime(service);
            if (!(ReflectionTestUtils.getField(service.bean(name, PeriodicTask.class), "task")
                    instanceof Runnable task)) {
                throw new IllegalStateException("a periodic task without a task: " + name);
            }
            task.run();
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /**
     * The counters of the room and their expected values by its members: promised, flying; then members and scores,
     * customers and numbers.
     */
    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> LOOK = new DefaultRedisScript<>("""
            local v = redis.call('HMGET', KEYS[1], 'epoch', 'issued', 'serving', 'ceiling',
                    'promised', 'flying', 'phase', 'available')
            if not v[1] then return {} end
            local members = redis.call('ZRANGE', KEYS[2], 0, -1, 'WITHSCORES')
            local units, flying = 0, 0
            for i = 1, #members, 2 do
                local count = tonumber(redis.call('HGET', KEYS[3], members[i]))
                units = units + count
                if tonumber(members[i + 1]) >= 1e15 then flying = flying + count end
            end
            local numbers = redis.call('HGETALL', KEYS[4])
            return { v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], units, flying, members, numbers }
            """, List.class);

    static WaitlistWorld start() {
        var engine = TestEngines.redis();
        Map<String, Object> properties = Map.of(
                "REDIS_PORT", engine.port(),
                "REDIS_HOST", "127.0.0.1",
                "REDIS_PASSWORD", engine.password(),
                // a run that was stopped by a debugger or a busy machine is no lost Redis
                "spring.data.redis.timeout", "20s",
                "spring.data.redis.database", DATABASES.incrementAndGet());
        var first =
                SimulatedService.start(WaitlistApplication.class, properties, Shadow.class, RoomTestAccess.Time.class);
        var second = first.replica(WaitlistApplication.class, properties, Shadow.class, RoomTestAccess.Time.class);
        var world = new WaitlistWorld(new Replica(first), new Replica(second));
        first.time().clockOf("Redis", world.first().redis()::setTime);
        return world;
    }

    void close() {
        second.service().close();
        first.service().close();
    }

    List<Replica> replicas() {
        return List.of(first, second);
    }

    Replica otherThan(Replica one) {
        return one.equals(first) ? second : first;
    }

    @TestConfiguration(proxyBeanMethods = false) // not found by the component scan of other tests
    static class Shadow {

        @Bean
        StringRedisTemplate stringRedisTemplate(RedisConnectionFactory connections) {
            return new SimulatedRedis(connections);
        }
    }

    void reset() {
        replicas().forEach(replica -> replica.redis().disarm());
        first.redis().loseEverything();
        first.service().reset();
        replicas().forEach(Replica::forget);
    }

    /**
     * All rows of the run: admissions, entries, the room, its gaps and customers whose limit is used up; and the outbox
     * events after a position.
     */
    record Rows(
            JsonNode admissions, JsonNode entries, JsonNode room, JsonNode gaps, JsonNode limited, List<Told> told) {}

    record Told(long seq, String topic, UUID subject, String fact, JsonNode data) {

        /** One statement writes many events without an order among them; the events of each customer keep theirs. */
        static final Comparator<Told> BY_CUSTOMER =
                Comparator.comparing(told -> told.data().path("customerId").asString(""));

        static Told read(JsonNode row) {
            return new Told(
                    row.get("seq").asLong(),
                    row.get("topic").asString(),
                    UUID.fromString(row.get("subject").asString()),
                    row.get("type").asString().replaceAll("com\\.flashsale\\.waitlist\\.[a-z]+\\.(.*)\\.v1", "$1"),
                    JSON.readTree(row.get("data").asString()));
        }
    }

    Rows rows(long seq) {
        return first.service()
                .jdbc()
                .sql("""
                select (select coalesce(json_agg(a order by a.issued_at, a.number, a.id), '[]')
                          from admission a) as admissions,
                       (select coalesce(json_agg(e order by e.place, e.turn), '[]') from waitlist_entry e) as entries,
                       (select coalesce(json_agg(r), '[]') from waiting_room r)                          as rooms,
                       (select coalesce(json_agg(g), '[]') from number_gap g)                            as gaps,
                       (select coalesce(json_agg(l.customer_id), '[]')
                          from (select customer_id
                                  from admitted_order
                                 where stage <> 2
                                 group by sale_id, customer_id
                                having sum(units) >= (select purchase_limit
                                                        from sale
                                                       where sale.sale_id = admitted_order.sale_id)) l)  as limited,
                       (select coalesce(json_agg(o order by o.seq), '[]')
                          from (select seq, topic, subject, type, data
                                  from outbox
                                 where seq > :seq) as o)                                                 as told
                """)
                .param("seq", seq)
                .query((row, _) -> new Rows(
                        JSON.readTree(row.getString("admissions")),
                        JSON.readTree(row.getString("entries")),
                        JSON.readTree(row.getString("rooms")),
                        JSON.readTree(row.getString("gaps")),
                        JSON.readTree(row.getString("limited")),
                        JSON.readTree(row.getString("told"))
                                .valueStream()
                                .map(Told::read)
                                .sorted(Told.BY_CUSTOMER)
                                .toList()))
                .single();
    }

    /** The room in Redis; empty while it has none. */
    List<?> room(UUID sale) {
        var keys = List.of("room", "promises", "units", "numbers").stream()
                .map(part -> "wr:{" + sale + "}:" + part)
                .toList();
        var reply = first.redis().ask(LOOK, keys);
        return reply == null ? List.of() : reply;
    }

    /** Whether the lobby has numbers. */
    boolean isDrawn(UUID sale) {
        return first.service()
                        .jdbc()
                        .sql("select count(*) from lobby_place where sale_id = :sale and number is not null")
                        .param("sale", sale)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** The number that the room knows this customer by. */
    @Nullable
    Long placeOf(UUID sale, UUID customer) {
        var number = first.redis().opsForHash().get("wr:{" + sale + "}:numbers", customer.toString());
        return number == null ? null : Long.valueOf(number.toString());
    }
}
