package com.flashsale.control.steer;

import com.flashsale.client.api.Answer;
import com.flashsale.client.api.Api;
import com.flashsale.client.api.Call;
import com.flashsale.client.api.MachineTokens;
import com.flashsale.client.loadtest.LoadSwitch;
import com.flashsale.client.loadtest.LoadTestReplicas;
import com.flashsale.client.platform.Context;
import com.flashsale.client.platform.PlatformState;
import com.flashsale.control.live.Marker.Kind;
import com.flashsale.control.live.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Steers sales and turns switches as the operator does, through the gateway. */
public final class OperatorApi implements AutoCloseable {

    public static final List<String> ACTIONS = List.of("pause", "resume", "end");

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Tokens of machines live for ten minutes. */
    private static final Duration TOKEN_GOOD_FOR = Duration.ofMinutes(4);

    private record Token(String text, long nanos) {}

    private final Context context;
    private final Supplier<PlatformState> platform;
    private final Timeline timeline;
    private final Api api;
    private @Nullable Token token;

    /** @param platform the processes at this moment */
    public OperatorApi(Context context, Supplier<PlatformState> platform, Timeline timeline) {
        this.context = context;
        this.platform = platform;
        this.timeline = timeline;
        this.api = new Api(context.gatewayUrl(), PATIENCE);
    }

    /**
     * Sends the action once.
     *
     * @param action one of {@link #ACTIONS}
     * @throws com.flashsale.client.api.UnexpectedAnswer if the operator got no token
     */
    public Answer act(UUID sale, String action) throws IOException, InterruptedException {
        var answer = send(Call.post("/api/v1/sales/" + sale + "/" + action, Map.of()));
        if (answer.isSuccess()) tell(action + " " + answer.text("productName"));
        return answer;
    }

    /** Sets how many customers a second get a turn at most. */
    public Answer setPace(UUID sale, int admissionsPerSecond) throws IOException, InterruptedException {
        var path = "/api/v1/sales/" + sale + "/admission-pace";
        var answer = send(Call.put(path, Map.of("admissionsPerSecond", admissionsPerSecond)));
        if (answer.isSuccess()) {
            tell("at most " + admissionsPerSecond + " admissions a second, " + answer.text("productName"));
        }
        return answer;
    }

    /** Turns a switch of the whole platform. */
    public Answer turn(String name, boolean on) throws IOException, InterruptedException {
        var answer = send(Call.put("/api/v1/switches/" + name, Map.of("on", on)));
        if (answer.isSuccess()) turned(name, on);
        return answer;
    }

    /** Lets load tests in or stops them, on all replicas; returns when each of them follows. */
    public void serveLoadTests(boolean on) throws InterruptedException {
        var token = new MachineTokens(api).of("load-test", context.secrets().password("client.load-test"));
        try (var replicas = new LoadTestReplicas(platform.get(), token)) {
            new LoadSwitch(replicas).turn(on);
        }
        turned("load tests", on);
    }

    private void turned(String name, boolean on) {
        timeline.add(Kind.ACTION, "Operator: " + name + (on ? " on" : " off"), !on);
    }

    private void tell(String what) {
        timeline.add(Kind.ACTION, "Operator: " + what);
    }

    private Answer send(Call call) throws IOException, InterruptedException {
        return api.once(call.as(operator()));
    }

    private synchronized String operator() {
        var known = token;
        if (known != null && System.nanoTime() - known.nanos() < TOKEN_GOOD_FOR.toNanos()) return known.text();
        var fresh = new MachineTokens(api).of("operator", context.secrets().password("client.operator"));
        token = new Token(fresh, System.nanoTime());
        return fresh;
    }

    @Override
    public void close() {
        api.close();
    }
}
