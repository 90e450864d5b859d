package com.flashsale.local.rollout;

import com.flashsale.client.ToolException;
import com.flashsale.client.topology.Instance;
import com.flashsale.client.topology.ServiceSpec;
import com.flashsale.local.service.Release;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Replicas without processes: the releases in their places, the order of the calls, and the faults to come. */
final class FakeReplicas implements RunningReplicas {

    final Map<Instance, Release> running = new TreeMap<>(Comparator.comparingInt(Instance::replica));
    final List<String> events = new ArrayList<>();
    final Set<String> faults = new HashSet<>();
    int fewest = Integer.MAX_VALUE;

    @Override
    public List<Instance> of(ServiceSpec service) {
        return List.copyOf(running.keySet());
    }

    @Override
    public Release releaseIn(Instance place) {
        return Objects.requireNonNull(running.get(place));
    }

    @Override
    public void start(Instance place, Release release) {
        happens("start " + place.id());
        running.put(place, release);
    }

    @Override
    public void restore(Instance place, Release release) {
        happens("restore " + place.id());
        running.put(place, release);
    }

    @Override
    public void requireWell(Instance place) {
        if (faults.contains("ill " + place.id())) throw fault("ill " + place.id());
    }

    @Override
    public List<String> called(String name) {
        return running.keySet().stream()
                .filter(place ->
                        place.id().equals(name) || place.service().name().equals(name))
                .map(Instance::id)
                .toList();
    }

    @Override
    public void restart(String id) {
        happens("restart " + id);
    }

    @Override
    public void end(Instance place) {
        happens("end " + place.id());
        running.remove(place);
        fewest = Math.min(fewest, running.size());
    }

    private void happens(String event) {
        if (faults.contains(event)) throw fault(event);
        events.add(event);
    }

    private static ToolException fault(String event) {
        return ToolException.startFailed(event + " went wrong", List.of("its last words"));
    }
}
