package com.flashsale.manifests.autoscale;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The part {@code behavior} of an autoscaler: how far one look may change the number of replicas. The comments name
 * functions of the Kubernetes source, {@code pkg/controller/podautoscaler/horizontal.go}.
 */
final class ScalingLimits {

    private static final int DEFAULT_DOWN_WINDOW = 300;
    private static final int PERCENT = 100;

    private record Policy(boolean isPercent, int value, int seconds) {}

    private record Direction(int window, boolean isLargestChange, List<Policy> policies) {}

    /** @param change of the replicas at that second; below zero for fewer */
    private record Event(int second, int change) {}

    private record Wanted(int second, int replicas) {}

    private final Direction up;
    private final Direction down;
    private final List<Event> events = new ArrayList<>();
    private final List<Wanted> wanted = new ArrayList<>();

    ScalingLimits(JsonNode behavior) {
        // the defaults of autoscaling/v2: four pods or twice as many in 15 s; all at once, after five minutes
        up = direction(behavior.path("scaleUp"), 0, List.of(new Policy(true, PERCENT, 15), new Policy(false, 4, 15)));
        down = direction(behavior.path("scaleDown"), DEFAULT_DOWN_WINDOW, List.of(new Policy(true, PERCENT, 15)));
    }

    private static Direction direction(JsonNode stated, int window, List<Policy> policies) {
        var own = each(stated.path("policies"))
                .map(policy -> new Policy(
                        policy.path("type").asText().equals("Percent"),
                        policy.path("value").asInt(),
                        policy.path("periodSeconds").asInt()))
                .toList();
        return new Direction(
                stated.path("stabilizationWindowSeconds").asInt(window),
                stated.path("selectPolicy").asText("Max").equals("Max"),
                own.isEmpty() ? policies : own);
    }

    private static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** The most cautious recommendation of the window (stabilizeRecommendationWithBehaviors). */
    int stabilized(int second, int current, int desired) {
        wanted.add(new Wanted(second, desired));
        wanted.removeIf(old -> old.second() <= second - Math.max(up.window(), down.window()) && old.second() < second);
        int least = within(second, up.window()).mapToInt(Wanted::replicas).min().orElse(desired);
        int most =
                within(second, down.window()).mapToInt(Wanted::replicas).max().orElse(desired);
        return Math.min(Math.max(current, least), most);
    }

    private Stream<Wanted> within(int second, int window) {
        return wanted.stream().filter(old -> old.second() == second || old.second() > second - window);
    }

    /** As far towards the desired number as the policies allow (convertDesiredReplicasWithBehaviorRate). */
    int limited(int second, int current, int desired) {
        if (desired > current) {
            var proposals = up.policies().stream()
                    .mapToInt(policy -> grown(policy, current - changed(second, policy.seconds())));
            int limit = (up.isLargestChange() ? proposals.max() : proposals.min()).orElse(desired);
            return Math.max(current, Math.min(desired, limit));
        }
        var proposals = down.policies().stream()
                .mapToInt(policy -> shrunk(policy, current - changed(second, policy.seconds())));
        int limit = (down.isLargestChange() ? proposals.min() : proposals.max()).orElse(desired);
        return Math.min(current, Math.max(desired, limit));
    }

    private static int grown(Policy policy, int before) {
        return policy.isPercent()
                ? Math.ceilDiv(before * (PERCENT + policy.value()), PERCENT)
                : before + policy.value();
    }

    private static int shrunk(Policy policy, int before) {
        return policy.isPercent() ? before * (PERCENT - policy.value()) / PERCENT : before - policy.value();
    }

    private int changed(int second, int seconds) {
        return events.stream()
                .filter(event -> event.second() > second - seconds)
                .mapToInt(Event::change)
                .sum();
    }

    void changed(int second, int from, int to) {
        if (to != from) events.add(new Event(second, to - from));
    }
}
