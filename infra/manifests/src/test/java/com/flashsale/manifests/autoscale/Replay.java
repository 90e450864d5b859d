package com.flashsale.manifests.autoscale;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One service in a sale: the autoscaler of every day, then, a lead before the opening, that of the sale. Each pod has
 * its CPU request and not more. The metrics of a look are of the window that ended one window ago: that of
 * metrics-server, at its oldest.
 */
public final class Replay {

    private static final int WINDOW = 15;
    /** The sale ends with the recording; the lull after it shows a number that comes down too early. */
    private static final int LULL = 60;

    /** @param unmet cores, above zero */
    public record Shortage(int second, double unmet) {}

    /**
     * @param shortages seconds in which the ready pods had less than the visitors needed
     * @param cut seconds in which the autoscaler wanted more than its maximum
     * @param most replicas at any time
     */
    public record Outcome(List<Shortage> shortages, List<Integer> cut, int most) {}

    /** @param ready the second from which it serves */
    private record Pod(int ready) {}

    private final String service;
    private final double request;
    private final Recording sale;
    private final Measurements measured;
    private final List<Pod> pods = new ArrayList<>();
    private final List<Shortage> shortages = new ArrayList<>();
    private final List<Integer> cut = new ArrayList<>();
    private double backlog;
    private int most;

    /** @param request cores of a pod */
    public Replay(String service, double request, Recording sale, Measurements measured) {
        this.service = service;
        this.request = request;
        this.sale = sale;
        this.measured = measured;
    }

    /**
     * @param everyDay the autoscaler until the lead begins
     * @param forSale the one from then on
     * @param lead seconds before the opening
     */
    public Outcome run(JsonNode everyDay, JsonNode forSale, int lead) {
        var before = new Autoscaler(everyDay);
        var during = new Autoscaler(forSale);
        boolean byCpu = forSale.path("kind").asText().equals("HorizontalPodAutoscaler");
        // long enough in service to be ready and warm
        int begin = -lead - 2 * WINDOW;
        int old = begin - 2 * WINDOW - measured.warmUp();
        for (var i = 0; i < before.least(); i++) pods.add(new Pod(old));
        for (int second = begin; second < sale.length() + LULL; second++) {
            serve(second);
            if (Math.floorMod(second, Autoscaler.SYNC_SECONDS) != 0) continue;
            var autoscaler = second < -lead ? before : during;
            scale(second, autoscaler.look(second, pods.size(), byCpu ? cpu(second) : waiting()));
            if (second >= 0 && autoscaler.wanted() > autoscaler.most()) cut.add(second);
        }
        return new Outcome(List.copyOf(shortages), List.copyOf(cut), most);
    }

    private void serve(int second) {
        double needed = sale.cores(service, second, measured);
        double offered = 0;
        for (var pod : pods) offered += share(pod, second) * request;
        // unserved work waits for the next second
        double open = needed + backlog;
        if (open > offered + 1e-9) shortages.add(new Shortage(second, open - offered));
        backlog = Math.max(0, open - offered);
        most = Math.max(most, pods.size());
    }

    private double share(Pod pod, int second) {
        if (second < pod.ready()) return 0;
        return second < pod.ready() + measured.warmUp() ? measured.coldShare() : 1;
    }

    private Autoscaler.Reading cpu(int second) {
        int from = second - 2 * WINDOW;
        int counted = (int) pods.stream().filter(pod -> pod.ready() <= from).count();
        double used = 0;
        for (int past = from; past < second - WINDOW; past++) {
            int ready = readyAt(past);
            if (ready > 0) used += sale.cores(service, past, measured) * counted / ready;
        }
        return new Autoscaler.Reading.Cpu(used / WINDOW, counted, pods.size() - counted, request);
    }

    private int readyAt(int second) {
        return (int) pods.stream().filter(pod -> pod.ready() <= second).count();
    }

    /** In requests: the dearest kind of the service. */
    private Autoscaler.Reading waiting() {
        double dearest = 0;
        for (var costs : measured.millis()) {
            dearest = Math.max(dearest, costs.path(service).asDouble());
        }
        return new Autoscaler.Reading.Backlog(dearest == 0 ? 0 : backlog * 1_000 / dearest);
    }

    private void scale(int second, int replicas) {
        while (pods.size() < replicas) pods.add(new Pod(second + measured.start()));
        while (pods.size() > replicas) pods.removeLast();
    }
}
