package com.flashsale.client.loadtest;

import com.flashsale.client.ToolException;
import com.flashsale.client.api.Answer;
import com.flashsale.client.api.Api;
import com.flashsale.client.api.Call;
import com.flashsale.client.api.UnexpectedAnswer;
import com.flashsale.client.platform.PlatformState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * All replicas of the services that serve load tests, each called at its own address: the gateway does not route to
 * these paths.
 */
public final class LoadTestReplicas implements AutoCloseable {

    /** In the order of a purge: the source of an event comes before the services that keep copies of it. */
    private static final List<String> SERVICES =
            List.of("catalog-service", "inventory-service", "order-service", "waitlist-service", "auth-service");

    private static final String PATH = "/internal/v1/load-tests";

    /** A purge responds when it is done. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Duration AGAIN = Duration.ofMillis(50);

    private final Map<String, List<Api>> replicas = new LinkedHashMap<>();
    private final String token;

    /** @param token of the scope {@code load-test} */
    public LoadTestReplicas(PlatformState state, String token) {
        this.token = token;
        for (var service : SERVICES) {
            var urls = state.services().stream()
                    .filter(replica -> replica.name().equals(service))
                    .map(PlatformState.Service::url)
                    .toList();
            if (urls.isEmpty()) throw ToolException.prerequisite("Nobody says where " + service + " answers.");
            replicas.put(
                    service, urls.stream().map(url -> new Api(url, LONGEST)).toList());
        }
    }

    public record Reply(String service, Answer answer) {}

    /** Asks one replica of each service: the call changes the service's database. */
    public List<Reply> askEachService(Call call) throws InterruptedException {
        var replies = new ArrayList<Reply>();
        for (var service : replicas.entrySet()) {
            replies.add(new Reply(service.getKey(), ask(service.getValue().getFirst(), call)));
        }
        return replies;
    }

    /** Asks every replica of every service. */
    public List<Reply> askAll(Call call) throws InterruptedException {
        var replies = new ArrayList<Reply>();
        for (var service : replicas.entrySet()) {
            for (var replica : service.getValue()) {
                replies.add(new Reply(service.getKey(), ask(replica, call)));
            }
        }
        return replies;
    }

    private Answer ask(Api replica, Call call) throws InterruptedException {
        try {
            return replica.once(call.as(token));
        } catch (IOException away) {
            throw new UnexpectedAnswer(call + " at " + replica.base() + " got no answer: " + away, away);
        }
    }

    /** Waits until every replica meets the condition; the replicas look twice a second. */
    public boolean awaitAll(Call call, Predicate<JsonNode> condition, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            boolean all = askAll(call).stream()
                    .allMatch(reply -> condition.test(reply.answer().require(call)));
            if (all || System.nanoTime() > deadline) return all;
            Thread.sleep(AGAIN);
        }
    }

    public static Call state() {
        return Call.get(PATH);
    }

    static Call turn(boolean served) {
        return Call.put(PATH + "/switch", Map.of("served", served));
    }

    static Call run(String run) {
        return Call.get(PATH + "/runs/" + run);
    }

    static Call close(String run) {
        return Call.post(PATH + "/runs/" + run + "/closing", Map.of());
    }

    static Call traces(String run) {
        return Call.get(PATH + "/runs/" + run + "/traces");
    }

    static Call purge(String run) {
        return Call.post(PATH + "/runs/" + run + "/purge", Map.of());
    }

    @Override
    public void close() {
        replicas.values().forEach(apis -> apis.forEach(Api::close));
    }
}
