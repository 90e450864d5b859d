package com.flashsale.load.raw;

import com.flashsale.reports.result.Result.RawResult;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The script that gives tickets, as waitlist-service runs it for a crowd, in a room of its own. */
final class RawRedis implements AutoCloseable {

    private static final int JOINS_A_CALL = 64;
    private static final int CALLS_IN_FLIGHT = 2;
    private static final int PATIENCE_SECONDS = 10;
    private static final String EPOCH = "1";
    private static final String RUN_ID = "run_id:";
    private static final String TERMS = """
            {"opensAt":0,"endsAt":99999999999999,"lobbyFrom":0,"paused":false,"admits":true,"pausedMs":0,"rate":100000,\
            "turnMs":3600000,"limit":1,"factorMillionths":1000000,"crowd":1000000000,"allotted":1000000000,\
            "admissionMs":3600000,"graceMs":5000,"keptUntil":99999999999999,"version":1,"lobby":0}\
            """;

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;
    private final String script;
    private final String[] keys;

    RawRedis(RedisURI server, Path scripts) throws IOException {
        client = RedisClient.create(server);
        connection = client.connect();
        script = Files.readString(scripts.resolve("room.lua")) + Files.readString(scripts.resolve("join.lua"));
        var room = "{load-raw-" + UUID.randomUUID() + "}:";
        keys = Stream.of("room", "numbers", "promises", "units", "claims", "turns", "lobby", "late", "spent", "missed")
                .map(name -> room + name)
                .toArray(String[]::new);
        connection
                .sync()
                .hset(
                        keys[0],
                        Map.ofEntries(
                                Map.entry("epoch", EPOCH),
                                Map.entry("runId", runId()),
                                Map.entry("issued", "0"),
                                Map.entry("serving", "0"),
                                Map.entry("ceiling", "1000000000"),
                                Map.entry("available", "1000000000"),
                                Map.entry("version", "1"),
                                Map.entry("promised", "0"),
                                Map.entry("flying", "0"),
                                Map.entry("phase", "0"),
                                Map.entry("pace", "0"),
                                Map.entry("pacedAt", "0"),
                                Map.entry("gaps", ""),
                                Map.entry("admitted", "0")));
    }

    RawResult measure(Duration length) throws Exception {
        var commands = connection.async();
        var sha = connection.sync().scriptLoad(script);
        return new Timed(length)
                .measure("redis: the ticket script", "join.lua, 1 connection, 64 joins a call", 1, _ -> () -> {
                    var answers = new ArrayList<RedisFuture<List<Object>>>(CALLS_IN_FLIGHT);
                    for (int i = 0; i < CALLS_IN_FLIGHT; i++) {
                        answers.add(commands.evalsha(sha, ScriptOutputType.MULTI, keys, EPOCH, TERMS, arguments()));
                    }
                    for (var answer : answers) require(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
                    return CALLS_IN_FLIGHT * JOINS_A_CALL;
                });
    }

    private static String arguments() {
        return Stream.generate(() -> "{\"customer\":\"%s\",\"admission\":\"%s\"}".formatted(id(), id()))
                .limit(JOINS_A_CALL)
                .collect(Collectors.joining(",", "{\"joins\":[", "]}"));
    }

    /** Requires admissions, since a script that refuses every customer would be fast. */
    private static void require(List<Object> response) {
        if (!(response.getLast() instanceof List<?> joins)
                || joins.size() != JOINS_A_CALL
                || !joins.stream().allMatch(RawRedis::isAdmission)) {
            throw new IllegalStateException("join.lua says " + response);
        }
    }

    private static boolean isAdmission(Object join) {
        return join instanceof List<?> reply && "ADMITTED".equals(reply.getFirst());
    }

    /** The id of this Redis run: a room answers only on the run on which it was built. */
    private String runId() {
        return connection
                .sync()
                .info("server")
                .lines()
                .filter(line -> line.startsWith(RUN_ID))
                .map(line -> line.substring(RUN_ID.length()).strip())
                .findAny()
                .orElseThrow();
    }

    private static String id() {
        return Ids.next().toString();
    }

    @Override
    public void close() {
        connection.sync().del(keys);
        connection.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
}
