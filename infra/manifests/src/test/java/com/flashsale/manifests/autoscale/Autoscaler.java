package com.flashsale.manifests.autoscale;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A HorizontalPodAutoscaler, or the one that KEDA makes of a ScaledObject, as the Kubernetes controller works it out
 * every {@link #SYNC_SECONDS}. Above one replica, KEDA only answers the controller's questions: {@code pollingInterval}
 * and {@code cooldownPeriod} concern the step from and to zero.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#algorithm-details">the
 *     algorithm</a>
 * @see <a href="https://keda.sh/docs/latest/reference/scaledobject-spec/">ScaledObject</a>
 */
public final class Autoscaler {

    /** The default of {@code --horizontal-pod-autoscaler-sync-period}. */
    public static final int SYNC_SECONDS = 15;

    /** The default of {@code --horizontal-pod-autoscaler-tolerance}. */
    private static final double TOLERANCE = 0.1;

    private static final double PERCENT = 100;

    /** The result of one look. */
    public sealed interface Reading {

        /**
         * @param used cores of the measured pods
         * @param measured pods that were ready for the whole of the measurement
         * @param unmeasured pods that exist and start, or have just started
         * @param requested cores of one pod
         */
        record Cpu(double used, int measured, int unmeasured, double requested) implements Reading {}

        /** @param waiting messages or requests, of all replicas together */
        record Backlog(double waiting) implements Reading {}
    }

    private final int least;
    private final int most;
    private final double cpuTarget;
    private final List<Double> thresholds;
    private final ScalingLimits limits;
    private int wanted;

    /** @param object a HorizontalPodAutoscaler or a ScaledObject */
    public Autoscaler(JsonNode object) {
        var spec = object.path("spec");
        var targets = new ArrayList<Double>();
        if (object.path("kind").asText().equals("ScaledObject")) {
            least = spec.path("minReplicaCount").asInt();
            most = spec.path("maxReplicaCount").asInt();
            cpuTarget = 0;
            for (var trigger : spec.path("triggers")) {
                var metadata = trigger.path("metadata");
                targets.add(metadata.path("lagThreshold")
                        .asDouble(metadata.path("threshold").asDouble()));
            }
            limits = new ScalingLimits(spec.at("/advanced/horizontalPodAutoscalerConfig/behavior"));
        } else {
            least = spec.path("minReplicas").asInt(1);
            most = spec.path("maxReplicas").asInt();
            cpuTarget = spec.at("/metrics/0/resource/target/averageUtilization").asInt() / PERCENT;
            limits = new ScalingLimits(spec.path("behavior"));
        }
        thresholds = List.copyOf(targets);
    }

    public int least() {
        return least;
    }

    public int most() {
        return most;
    }

    /** The replicas that the last look asked for before the maximum cut them. */
    public int wanted() {
        return wanted;
    }

    /** One look of the controller: the replicas from this second on. */
    public int look(int second, int current, Reading reading) {
        wanted = switch (reading) {
            case Reading.Cpu cpu -> byCpu(current, cpu);
            case Reading.Backlog backlog ->
                thresholds.stream()
                        .mapToInt(threshold -> byBacklog(current, backlog.waiting(), threshold))
                        .max()
                        .orElse(current);
        };
        int next = within(second, current);
        limits.changed(second, current, next);
        return next;
    }

    /** A number outside of the bounds is corrected at once, without the policies (reconcileAutoscaler). */
    private int within(int second, int current) {
        if (current > most) return most;
        if (current < least) return least;
        int stable = limits.stabilized(second, current, wanted);
        return Math.clamp(limits.limited(second, current, stable), least, most);
    }

    /** {@code ceil(current x usage / target)}; a pod that is not measured counts as idle when the others are busy. */
    private int byCpu(int current, Reading.Cpu cpu) {
        double target = cpu.requested() * cpuTarget;
        if (cpu.measured() == 0) return current;
        double ratio = cpu.used() / (cpu.measured() * target);
        if (ratio <= 1 || cpu.unmeasured() == 0) return isClose(ratio) ? current : ceil(ratio * cpu.measured());
        int all = cpu.measured() + cpu.unmeasured();
        double damped = cpu.used() / (all * target);
        return damped < 1 || isClose(damped) ? current : Math.max(current, ceil(damped * all));
    }

    /** {@code ceil(total / threshold)}, an average for each replica (GetExternalPerPodMetricReplicas). */
    private static int byBacklog(int current, double waiting, double threshold) {
        return isClose(waiting / (threshold * current)) ? current : ceil(waiting / threshold);
    }

    private static boolean isClose(double ratio) {
        return Math.abs(1 - ratio) <= TOLERANCE;
    }

    private static int ceil(double replicas) {
        // 3.0000000000000004 pods are three
        return (int) Math.ceil(replicas - 1e-9);
    }
}
