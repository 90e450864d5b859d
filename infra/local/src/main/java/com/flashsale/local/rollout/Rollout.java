package com.flashsale.local.rollout;

import com.flashsale.client.ToolException;
import com.flashsale.client.topology.Instance;
import com.flashsale.client.topology.Ports;
import com.flashsale.client.topology.ServiceSpec;
import com.flashsale.local.service.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Replaces the replicas of one service by those of another release, each in its own place, so that every address stays
 * what it was.
 *
 * <p>Invariant: at every moment at least as many replicas are ready as before. A spare one of the new release is
 * started first and ended last; until it is ready and known, the old replicas stay untouched. A later failure is taken
 * back: the old release returns to the places that it has left.
 */
final class Rollout {

    private final RunningReplicas replicas;
    private final ServiceSpec service;
    private final Release next;
    private final Consumer<String> progress;

    Rollout(RunningReplicas replicas, ServiceSpec service, Release next, Consumer<String> progress) {
        this.replicas = replicas;
        this.service = service;
        this.next = next;
        this.progress = progress;
    }

    void run() {
        var places = replicas.of(service);
        var before = replicas.releaseIn(places.getFirst());
        progress.accept("%s: %d x %s is to become %s"
                .formatted(service.name(), places.size(), before.version(), next.version()));
        var spare = spareBeside(places);
        start(spare);
        var done = new ArrayList<Instance>();
        try {
            for (var place : places) {
                replicas.requireWell(spare);
                done.forEach(replicas::requireWell);
                end(place);
                done.add(place);
                start(place);
            }
            done.forEach(replicas::requireWell);
        } catch (ToolException failed) {
            // an interrupt means that the whole platform stops, the new replicas and the old
            throw Thread.currentThread().isInterrupted() ? failed : takenBack(failed, done, spare, before);
        }
        end(spare);
    }

    private void start(Instance place) {
        progress.accept(place.id() + ": starts " + next.version());
        replicas.start(place, next);
        progress.accept(place.id() + ": is ready and known");
    }

    private void end(Instance place) {
        progress.accept(place.id() + ": " + replicas.releaseIn(place).version() + " takes its leave");
        replicas.end(place);
        progress.accept(place.id() + ": has ended");
    }

    private ToolException takenBack(ToolException failed, List<Instance> done, Instance spare, Release before) {
        try {
            goBack(done, spare, before);
            return failed;
        } catch (ToolException alsoFailed) {
            var lines = new ArrayList<>(failed.details());
            lines.add("and the way back was not finished: " + alsoFailed.getMessage());
            return ToolException.startFailed(String.valueOf(failed.getMessage()), lines);
        }
    }

    /**
     * The place where the start failed is empty: it is filled first, while the replicas of the new release still serve.
     */
    private void goBack(List<Instance> left, Instance spare, Release before) {
        progress.accept("goes back to " + before.version());
        for (var place : left.reversed()) {
            if (replicas.of(service).contains(place)) {
                end(place);
            }
            progress.accept(place.id() + ": starts " + before.version());
            replicas.restore(place, before);
        }
        end(spare);
    }

    private static Instance spareBeside(List<Instance> places) {
        var service = places.getFirst().service();
        return IntStream.rangeClosed(1, Ports.MAX_REPLICAS + 1)
                .mapToObj(replica -> new Instance(service, replica))
                .filter(place -> !places.contains(place))
                .findFirst()
                .orElseThrow(() -> ToolException.usage("there is no place for one more replica of " + service.name()));
    }
}
