package com.flashsale.reports.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run, as {@code result.schema.json} describes it. Names are added, never changed. The document is
 * flat: its members are those of the three parts. Rates are per second, times are milliseconds unless a name says
 * otherwise.
 */
public record Result(
        @JsonUnwrapped Setup setup,
        @JsonUnwrapped Figures figures,
        @JsonUnwrapped Findings findings) {

    public static final int VERSION = 1;

    /**
     * The run, its code and its machine.
     *
     * @param kind story, limit, raw or warm-up
     */
    public record Setup(
            int version, String kind, String story, Code code, Machine machine, Map<String, String> settings) {}

    /**
     * The measurements.
     *
     * @param settle null where nothing was ordered
     * @param costs null in an older document, and where no single run is the result
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Figures(
            Instant startedAt,
            double seconds,
            List<OperationResult> operations,
            @Nullable Settle settle,
            List<ProcessShare> processes,
            double machineBusyShare,
            List<Series> queues,
            @Nullable CostCard costs) {

        public static Figures none(Instant startedAt) {
            return new Figures(startedAt, 0, List.of(), null, List.of(), 0, List.of(), null);
        }
    }

    /**
     * The conclusions.
     *
     * @param audit null before the end of the run
     * @param warnings what limits the meaning of the figures; no failure
     * @param warmUp null for any other kind
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Findings(
            @Nullable AuditVerdict audit,
            List<Check> checks,
            List<LimitResult> limits,
            List<RawResult> raw,
            List<String> warnings,
            @Nullable WarmUpReport warmUp) {

        public Findings {
            // an older document has none
            warnings = Objects.requireNonNullElse(warnings, List.of());
        }

        public static Findings none() {
            return new Findings(null, List.of(), List.of(), List.of(), List.of(), null);
        }

        public static Findings story(AuditVerdict audit, List<Check> checks, List<String> warnings) {
            return new Findings(audit, List.copyOf(checks), List.of(), List.of(), List.copyOf(warnings), null);
        }

        public static Findings limits(AuditVerdict audit, List<LimitResult> limits) {
            return new Findings(audit, List.of(), List.copyOf(limits), List.of(), List.of(), null);
        }

        public static Findings warmUp(
                AuditVerdict audit, List<Check> checks, List<String> warnings, WarmUpReport report) {
            return new Findings(audit, List.copyOf(checks), List.of(), List.of(), List.copyOf(warnings), report);
        }

        public static Findings raw(AuditVerdict audit, List<RawResult> raw) {
            return new Findings(audit, List.of(), List.of(), List.copyOf(raw), List.of(), null);
        }
    }

    public Result with(Figures measured) {
        return new Result(setup, measured, findings);
    }

    public Result with(Findings found) {
        return new Result(setup, figures, found);
    }

    /** @param dirty whether something was not committed */
    public record Code(String commit, boolean dirty) {}

    public record Machine(int cores, String model, long ramBytes, String jdk, String os) {}

    public record Latency(long count, double p50, double p95, double p99, double p999, double max) {}

    /**
     * @param intendedRate visits a second as planned; a visit may send several requests of this kind, or none
     * @param rate accepted requests a second, over the time of {@code pace}
     * @param kinds answers by status and problem
     * @param pace null in an older document, whose rate is over the planned time
     * @param tenths empty if requests were due after ten seconds
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OperationResult(
            String name,
            double intendedRate,
            double rate,
            Latency accepted,
            Latency soldOut,
            Latency refused,
            Latency failed,
            Map<String, Long> kinds,
            List<Second> seconds,
            @Nullable Pace pace,
            List<Tenth> tenths) {

        public OperationResult {
            tenths = Objects.requireNonNullElse(tenths, List.of());
        }
    }

    /** The requests that were due in one second of the run. */
    public record Second(int second, int accepted, int soldOut, int refused, int failed, double p50, double p99) {}

    /** The requests that were due in one tenth of a second of the run. */
    public record Tenth(int tenth, int accepted, int soldOut, int refused, int failed, double p50, double p99) {}

    /**
     * Accepted orders until inventory had durably decided them.
     *
     * @param rate decided a second, from the first to the last decision
     * @param drainSeconds from the last arrival to the last decision
     */
    public record Settle(
            long accepted,
            long settled,
            double rate,
            Latency latency,
            double drainSeconds,
            List<Series.Point> progress) {}

    /** @param millisPerOrder null where nothing was settled */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ProcessShare(
            String name,
            long cpuMillis,
            double cores,
            long residentBytes,
            @Nullable Double millisPerOrder) {}

    public record AuditVerdict(boolean green, String text) {}

    public record Check(String name, boolean holds, String found) {}

    /**
     * @param rate operations a second
     * @param note description of the operation
     */
    public record RawResult(String name, double rate, double meanMillis, String note) {}
}
