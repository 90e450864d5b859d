package com.flashsale.waitlist.room;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import tools.jackson.databind.json.JsonMapper;

/** One room of a real Redis, with a clock that the test moves. The scripts run as they are. */
final class ARoom {

    /** Far in the future: keys end by the real clock. */
    static final Instant NOON = Instant.parse("2100-11-27T12:00:00Z");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> PARTS =
            List.of("room", "numbers", "promises", "units", "claims", "turns", "lobby", "late", "spent", "missed");

    /** Stands between the script's first line and the rest: the last three arguments are the server and its time. */
    private static final String CLOCK = """
            local real_redis, real_tostring, all = redis, tostring, ARGV
            local redis = setmetatable({ call = function(command, ...)
                if command == 'TIME' then return { all[#all - 1], all[#all] } end
                if command == 'INFO' then return 'run_id:' .. all[#all - 2] end
                return real_redis.call(command, ...)
            end }, { __index = real_redis })
            local tostring = function(value)
                return value == redis.call and all[#all - 2] or real_tostring(value)
            end
            local ARGV = {}
            for i = 1, #all - 3 do ARGV[i] = all[i] end
            """;

    private final StringRedisTemplate redis = ScriptRedis.TEMPLATE;
    private final UUID sale = UUID.randomUUID();
    private final Map<String, Object> terms = new LinkedHashMap<>();
    private Instant now = NOON;
    private String server = "a".repeat(40);
    private long epoch;
    private long version;
    private int available;

    ARoom(int units) {
        this.available = units;
        with("opensAt", NOON.minus(Duration.ofMinutes(10)).toEpochMilli());
        with("endsAt", NOON.plus(Duration.ofHours(1)).toEpochMilli());
        with("lobbyFrom", NOON.minus(Duration.ofMinutes(25)).toEpochMilli());
        with("paused", false)
                .with("admits", true)
                .with("pausedMs", 0)
                .with("limit", 1)
                .with("factorMillionths", 1_000_000);
        with("crowd", 1_000).with("allotted", units).with("rate", 500);
        with("turnMs", 30_000).with("admissionMs", 60_000).with("graceMs", 0);
        with("keptUntil", NOON.plus(Duration.ofHours(2)).toEpochMilli());
        with("version", 1).with("lobby", 0);
    }

    ARoom with(String term, Object value) {
        terms.put(term, value);
        return this;
    }

    /** As {@code catalog.sale} tells it. */
    ARoom paused(boolean paused) {
        return with("paused", paused).with("version", 1 + (int) terms.get("version"));
    }

    ARoom built() {
        return built(10_000);
    }

    /** @param ceiling of the numbers until the next tick */
    ARoom built(long ceiling) {
        epoch++;
        run(new ScriptArguments.Rebuild.Begin(0, 0, ceiling, available, 0, 0, ""));
        run(new ScriptArguments.Rebuild.End());
        return this;
    }

    /** With a clock that ticks on the way. */
    void pass(Duration time) {
        var until = now.plus(time);
        while (now.isBefore(until)) {
            now = now.plusMillis(500).isBefore(until) ? now.plusMillis(500) : until;
            tick();
        }
    }

    /** Without a tick on the way. */
    void wait(Duration time) {
        now = now.plus(time);
    }

    /** The clock of Redis is set: nothing happens in between. */
    void clockSteps(Duration step) {
        now = now.plus(step);
        tick();
    }

    /** The keys are those of before, the server is another one. */
    void failsOver() {
        server = "b".repeat(40);
    }

    void stock(int units) {
        available = units;
        version++;
        tick();
    }

    Reply tick() {
        return run(new ScriptArguments.Tick(available, version, 10_000));
    }

    Reply join(UUID customer) {
        var reply = runJoins(customer);
        return reply.isGone() ? reply : reply.each("joins").getFirst();
    }

    /** In one call, in this order. */
    List<Reply> joinTogether(UUID... customers) {
        return runJoins(customers).each("joins");
    }

    private Reply runJoins(UUID... customers) {
        return run(new ScriptArguments.Joins(Stream.of(customers)
                .map(customer -> new ScriptArguments.Join(customer, UUID.randomUUID(), null, null))
                .toList()));
    }

    /** In one call, in this order. */
    List<Reply> joinTogether(List<ScriptArguments.Join> joins) {
        return run(new ScriptArguments.Joins(joins)).each("joins");
    }

    Reply claim(UUID customer, long number) {
        return claim(new ScriptArguments.ClaimTurn(customer, UUID.randomUUID(), number));
    }

    Reply claim(ScriptArguments.ClaimTurn claim) {
        return run(claim);
    }

    Reply peek(UUID customer) {
        return run(new ScriptArguments.Peek(customer));
    }

    /** An admission of this number ends without an order. */
    void lapses(long number) {
        change(new RoomChange.Dropped(Long.toString(number)));
        tick();
    }

    /** An order was placed with the offer of this entry. */
    void isOrdered(UUID entry) {
        var claim = UUID.randomUUID() + "|1|2|1|1|" + UUID.randomUUID();
        change(new RoomChange.InFlight("e:" + entry, 1, claim));
    }

    void phase(long phase) {
        change(new RoomChange.NewPhase(phase));
        tick();
    }

    long figure(String name) {
        return Long.parseLong(String.valueOf(redis.opsForHash().get(key("room"), name)));
    }

    void owns(UUID customer, long number) {
        redis.opsForHash().put(key("numbers"), customer.toString(), Long.toString(number));
    }

    /** Something else has written to the room's claims. */
    void claims(long number, String text) {
        redis.opsForHash().put(key("claims"), Long.toString(number), text);
    }

    private void change(RoomChange change) {
        run(new ScriptArguments.Change(List.of(change)));
    }

    private Reply run(ScriptArguments own) {
        var text = own.script().script().getScriptAsString();
        var body = text.indexOf('\n') + 1;
        var clocked = text.substring(0, body) + CLOCK + text.substring(body);
        var arguments = new ArrayList<>(List.of(Long.toString(epoch), JSON.writeValueAsString(terms)));
        arguments.add(own.toJson());
        arguments.add(server);
        arguments.add(Long.toString(now.getEpochSecond()));
        arguments.add(Integer.toString(now.getNano() / 1_000));
        var reply = redis.execute(
                new DefaultRedisScript<>(clocked, List.class),
                PARTS.stream().map(this::key).toList(),
                arguments.toArray());
        return Reply.of(epoch, reply);
    }

    private String key(String part) {
        return "wr:{" + sale + "}:" + part;
    }
}
