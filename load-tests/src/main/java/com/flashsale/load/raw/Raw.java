package com.flashsale.load.raw;

import com.flashsale.client.api.Call;
import com.flashsale.load.observe.RedisServer;
import com.flashsale.load.workload.TestRun;
import com.flashsale.reports.result.Result.RawResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Everything by itself, one after the other in one run, and then the application: only such figures can be divided by
 * each other.
 */
public final class Raw {

    private static final Path SCRIPTS = Path.of("waitlist-service/waiting-room/src/main/resources/lua");

    /** Native cryptography checks them in one second, and the cold JDK hundreds of them in 20. */
    private static final int TOKENS = 8_000;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestRun testRun;
    private final Duration length;
    private final int requests;
    private final Consumer<RawResult> say;
    private final List<RawResult> results = new ArrayList<>();

    public Raw(TestRun testRun, Duration length, int requests, Consumer<RawResult> say) {
        this.testRun = testRun;
        this.length = length;
        this.requests = requests;
        this.say = say;
    }

    public List<RawResult> measure() throws Exception {
        var context = testRun.target().context();
        try (var postgres = new RawPostgres(context)) {
            add(postgres.measure(new Timed(length)));
            try (var redis = new RawRedis(
                    RedisServer.of(testRun.target()).orElseThrow(),
                    context.home().root().resolve(SCRIPTS))) {
                add(List.of(redis.measure(length)));
            }
            add(new RawKafka(testRun.target().kafka()).measure(length));
            add(tokenChecks());
            add(new RawHttp(testRun, requests).measure(postgres));
        }
        add(List.of(
                ratio("order settled", "application: order settled", "http: naive hot row behind"),
                ratio("order accepted", "application: order accepted", "postgresql: group-committed insert"),
                ratio("order settled", "application: order settled", "postgresql: batched single writer"),
                ratio("queue poll", "application: queue poll", "http: empty handler behind"),
                ratio("processor of a queue poll", "processor: queue poll", "processor: order settled"),
                ratio("processor of a join after sold-out", "processor: join", "processor: order settled")));
        return results;
    }

    private List<RawResult> tokenChecks() throws Exception {
        var keys = Call.get("/oauth2/jwks");
        var tokens = testRun.shopperPool().unseen(TOKENS).stream()
                .map(visitor -> Objects.requireNonNull(visitor.token()))
                .toList();
        return new TokenCheck(
                        testRun.target(),
                        testRun.api().patiently(keys, PATIENCE).require(keys).toString())
                .measure(tokens);
    }

    private void add(List<RawResult> found) {
        found.forEach(say);
        results.addAll(found);
    }

    /** Its rate is the quotient. */
    private RawResult ratio(String what, String application, String raw) {
        double quotient = rate(application) / rate(raw);
        return new RawResult("ratio: " + what + " / " + raw, quotient, 0, "of two figures of this run");
    }

    private double rate(String name) {
        return results.stream()
                .filter(result -> result.name().startsWith(name))
                .findFirst()
                .orElseThrow()
                .rate();
    }
}
