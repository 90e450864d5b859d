package com.flashsale.cli;

import com.flashsale.client.Home;
import com.flashsale.client.topology.Ports;
import com.flashsale.client.topology.Replicas;
import com.flashsale.local.platform.Options;
import com.flashsale.local.service.Jvm;
import com.flashsale.local.service.RunMode;
import com.flashsale.local.service.Tracing;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that may start a platform. */
final class PlatformOptions {

    @Option(
            names = "--port-base",
            defaultValue = "" + Ports.DEFAULT_BASE,
            paramLabel = "PORT",
            description = "First port of the block; the gateway listens there. Default: ${DEFAULT-VALUE}")
    private int portBase;

    @Option(
            names = "--replicas",
            defaultValue = "",
            paramLabel = "SERVICE=N,...",
            description = "More than one replica of a service, up to " + Ports.MAX_REPLICAS + ".")
    private String replicas = "";

    @Option(names = "--fresh", description = "Forget the data and secrets of earlier runs.")
    private boolean fresh;

    @Option(
            names = "--jvm",
            defaultValue = "quick",
            description = "${COMPLETION-CANDIDATES}: ready soonest, or fastest after a minute under load."
                    + " Default: ${DEFAULT-VALUE}")
    private Jvm jvm = Jvm.quick;

    @Option(
            names = "--warm-up",
            defaultValue = "8",
            paramLabel = "SECONDS",
            description =
                    "How long a crowd buys in an unlisted sale before READY; 0 for none. Default: ${DEFAULT-VALUE}")
    private int warmUp;

    @Option(
            names = "--no-learn",
            defaultValue = "${env:FLASHSALE_NO_LEARN:-false}",
            description =
                    "Keep nothing of what the services' JVMs learn. Else the first stop of a build takes a minute,"
                            + " and the next start half as long.")
    private boolean noLearn;

    private enum Extra {
        /** The OpenTelemetry agent in the services. */
        traces
    }

    @Option(names = "--with", paramLabel = "EXTRA", split = ",", description = "More of it: ${COMPLETION-CANDIDATES}.")
    private Set<Extra> with = Set.of();

    @Option(
            names = "--traces-to",
            defaultValue = "${env:FLASHSALE_TRACES_TO:-http://127.0.0.1:9411/api/v2/spans}",
            paramLabel = "URL",
            description = "Zipkin's /api/v2/spans, or any other path for OTLP over HTTP. Default: ${DEFAULT-VALUE}")
    private URI tracesTo = URI.create("");

    @Option(
            names = "--traces-ratio",
            defaultValue = "1.0",
            paramLabel = "RATIO",
            description = "Part of the visits that is recorded. Default: ${DEFAULT-VALUE}")
    private double tracesRatio;

    @Option(
            names = "--traces-of",
            paramLabel = "SERVICE,...",
            split = ",",
            description = "Only these services carry the agent: it doubles what a start costs. Default: all")
    private Set<String> tracesOf = Set.of();

    @Option(names = "--plain", description = "One line per change, no redraw.")
    private boolean plain;

    @Option(names = "--json", description = "JSON for scripts.")
    private boolean json;

    Options chosen() {
        var recording = noLearn ? RunMode.Recording.NONE : RunMode.Recording.WITHOUT_CACHE;
        var mode = new RunMode(jvm, recording, tracing());
        return new Options(new Ports(portBase), Replicas.parse(replicas), fresh, mode, warmUp());
    }

    Duration warmUp() {
        return Duration.ofSeconds(warmUp);
    }

    private @Nullable Tracing tracing() {
        if (!with.contains(Extra.traces)) return null;
        return new Tracing(Home.ofThisRun().tracingAgent(), tracesTo, tracesRatio, Set.copyOf(tracesOf));
    }

    boolean plain() {
        return plain;
    }

    boolean json() {
        return json;
    }
}
