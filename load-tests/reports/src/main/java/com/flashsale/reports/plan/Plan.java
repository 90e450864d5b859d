package com.flashsale.reports.plan;

import com.flashsale.reports.plan.Row.Basis;
import com.flashsale.reports.result.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * The replicas that a crowd needs, computed from F and m of each service, or in an older result from the limits of one
 * node. Every line states its formula and how far it can be trusted.
 */
public final class Plan {

    /** The interval that the gateway tells the clients of a long queue. */
    private static final double POLL_EVERY_SECONDS = 5;

    /**
     * The customers per allotted unit that the queue takes. At the worst moment all of them wait but those already
     * served.
     */
    private static final double CROWD_FACTOR = 5;

    private static final double BROWSE_PER_USER = 1;
    private static final double CACHED_SHARE = 0.9;
    private static final int EVENTS_PER_ORDER = 3;
    private static final double EVENTS_PER_PARTITION = 1_000;
    private static final int CONNECTIONS_PER_REPLICA = 8;
    private static final int SPARE = 1;
    private static final double MIB = 1 << 20;

    private final Demand demand;
    private final Limits limits;
    private final Optional<Laws> laws;
    private final Pods pods;
    private final List<Row> rows = new ArrayList<>();

    private Plan(Demand demand, Result result, Pods pods) {
        this.demand = demand;
        this.limits = Limits.of(result);
        this.laws = Laws.of(result);
        this.pods = pods;
    }

    public static Plan of(Demand demand, Result result, Pods pods) {
        var plan = new Plan(demand, result, pods);
        plan.reckon();
        return plan;
    }

    private void reckon() {
        double joins = demand.joins();
        double admitted = Math.min((double) demand.users(), demand.units() * CROWD_FACTOR);
        double polls = admitted / POLL_EVERY_SECONDS;
        double browses = joins * BROWSE_PER_USER * (1 - CACHED_SHARE);
        assume("poll every", POLL_EVERY_SECONDS, "s");
        assume("crowd factor", CROWD_FACTOR, "x units");
        assume("answered by a cache in front", CACHED_SHARE, "of page views");
        row(
                "joins",
                "%d users / %d s".formatted(demand.users(), demand.arrive().toSeconds()),
                joins,
                "/s",
                Basis.ASSUMED);
        row(
                "people in the line",
                "min(%d users, %d units x %.0f)".formatted(demand.users(), demand.units(), CROWD_FACTOR),
                admitted,
                "",
                Basis.ASSUMED);
        row("polls", "%.0f in the line / %.0f s".formatted(admitted, POLL_EVERY_SECONDS), polls, "/s", Basis.ASSUMED);
        row(
                "page views",
                "%.0f joins/s x %.1f x %.1f".formatted(joins, BROWSE_PER_USER, 1 - CACHED_SHARE),
                browses,
                "/s",
                Basis.ASSUMED);
        double pace = limits.settled() / (1 + demand.headroom());
        laws.ifPresentOrElse(
                known -> rows.addAll(new Sizing(known, pods, demand.headroom(), browses, polls, joins, pace).rows()),
                () -> fromLimits(browses, polls, joins, pace));
        selling(pace);
        memory();
        rows.addAll(Lead.rows(pods));
    }

    private void fromLimits(double browses, double polls, double joins, double pace) {
        gateway(polls, joins + browses);
        replicas("catalog-service", browses, limits.browse());
        replicas("waitlist-service", joins, limits.join());
        replicas("order-service", pace, limits.accepted());
    }

    /** Orders are let in no faster than they can be decided, so the stock sells at the pace of the inventory. */
    private void selling(double pace) {
        row(
                "admissions per second",
                "settled %.0f/s / (1 + %.2f)".formatted(limits.settled(), demand.headroom()),
                Math.floor(pace),
                "/s",
                Basis.MEASURED);
        double seconds = demand.units() / pace;
        row("time to sell out", "%d units / %.0f/s".formatted(demand.units(), pace), seconds, "s", Basis.MEASURED);
        row("inventory-service", "one writer for one sale, and one in reserve", 1 + SPARE, "replicas", Basis.MEASURED);
        row(
                "partitions of order.order",
                "ceil(%.0f/s x %d events / %.0f per partition), at least 6"
                        .formatted(pace, EVENTS_PER_ORDER, EVENTS_PER_PARTITION),
                Math.max(6, Math.ceil(pace * EVENTS_PER_ORDER / EVENTS_PER_PARTITION)),
                "",
                Basis.ASSUMED);
    }

    /** The gateway answers polls from its memory; all other requests pass through, as page views do. */
    private void gateway(double answered, double passedOn) {
        double nodes = answered / limits.poll() + passedOn / limits.browse();
        row(
                "gateway",
                "ceil((%.0f/s / %.0f/s + %.0f/s / %.0f/s) x (1 + %.2f)) + %d"
                        .formatted(answered, limits.poll(), passedOn, limits.browse(), demand.headroom(), SPARE),
                Math.ceil(nodes * (1 + demand.headroom())) + SPARE,
                "replicas",
                Basis.scaledBy(nodes));
    }

    private void replicas(String service, double demanded, double limit) {
        double needed = Math.ceil(demanded * (1 + demand.headroom()) / limit) + SPARE;
        row(
                service,
                "ceil(%.0f/s x (1 + %.2f) / %.0f/s) + %d".formatted(demanded, demand.headroom(), limit, SPARE),
                needed,
                "replicas",
                Basis.scaledBy(demanded / limit));
    }

    private void memory() {
        double replicas = rows.stream()
                .filter(row -> row.unit().equals("replicas"))
                .mapToDouble(Row::value)
                .sum();
        row(
                "database connections",
                "%.0f replicas x %d".formatted(replicas, CONNECTIONS_PER_REPLICA),
                replicas * CONNECTIONS_PER_REPLICA,
                "",
                Basis.ASSUMED);
        if (limits.residentBytes() == 0) return;
        row(
                "memory of one of each",
                "resident in the run that was measured",
                limits.residentBytes() / MIB,
                "MiB",
                Basis.MEASURED);
    }

    private void assume(String name, double value, String unit) {
        row(name, "chosen", value, unit, Basis.ASSUMED);
    }

    // a parameter for each component of the record
    private void row(String name, String formula, double value, String unit, Basis basis) {
        rows.add(new Row(name, formula, value, unit, basis));
    }

    List<Row> rows() {
        return rows;
    }

    double value(String name) {
        return rows.stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name))
                .value();
    }

    public String text() {
        var text = new StringJoiner(System.lineSeparator());
        rows.forEach(row -> text.add("  %-28s %12.1f %-14s %-12s %s"
                .formatted(row.name(), row.value(), row.unit(), row.basis(), row.formula())));
        text.add(
                laws.isPresent()
                        ? "F and m of each service come from the capacity laws; a pod fills 0.92 of its cores."
                        : "The limits were measured with everything, the injector too, on one node:"
                                + " a replica with a node of its own holds more.");
        if (pods.warmUp() != null) {
            text.add("Only requests make a pod warm: send some, as ./flashsale load warm-up does, after it is ready.");
        }
        return text.toString();
    }
}
