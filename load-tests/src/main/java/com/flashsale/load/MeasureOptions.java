package com.flashsale.load;

import com.flashsale.load.limit.LimitFinder;
import com.flashsale.load.limit.LimitTarget;
import com.flashsale.load.scenario.ScenarioOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of a measurement. Zero or null stands for the usual value of the scenario or of the search. */
final class MeasureOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--quick", description = "limit: one run, 15 s steps, coarse.")
    boolean quick;

    @Option(
            names = "--only",
            paramLabel = "OPERATION",
            description = "limit: browse, poll, join, newcomers, accepted, settled or journey.")
    @Nullable
    String only;

    @Option(names = "--rate", paramLabel = "PER-SECOND", description = "Arrivals, where the scenario has a rate.")
    double rate;

    @Option(names = "--times", paramLabel = "FACTOR", description = "overload: the flood as a multiple of --rate.")
    double times;

    @Option(names = "--for", paramLabel = "TIME", description = "How long: 90s, 5m, 1h.")
    Duration length = Duration.ZERO;

    @Option(names = "--visitors", paramLabel = "COUNT", description = "How many, where the scenario has a number.")
    int visitors;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "replay: the gateway's access log; else that of this platform.")
    @Nullable
    Path log;

    @Option(names = "--speed", paramLabel = "FACTOR", description = "replay: so many times as fast as it was.")
    double speed = 1;

    @Option(names = "--start", paramLabel = "PER-SECOND", description = "limit: the first rate of each search.")
    double start;

    @Option(names = "--hold", paramLabel = "TIME", description = "limit: the time for which a rate must be held.")
    @Nullable
    Duration hold;

    @Option(names = "--runs", paramLabel = "COUNT", description = "limit: searches of each operation.")
    @Nullable
    Integer runs;

    @Option(names = "--precision", paramLabel = "SHARE", description = "limit: the gap at the end, such as 0.05.")
    @Nullable
    Double precision;

    @Option(names = "--jfr", description = "limit: the dearest methods of the dearest services, by JFR.")
    boolean jfr;

    @Option(
            names = "--budget",
            paramLabel = "FILE",
            description = "scenarios: fail if a cost is above its bound in this JSON document.")
    @Nullable
    Path budget;

    @Option(names = "--no-warm-up", description = "Measure at once.")
    boolean noWarmUp;

    @Option(names = "--curve", description = "warm-up: measure each second, from the first on.")
    boolean curve;

    @Option(
            names = "--kill",
            paramLabel = "REPLICA",
            description = "warm-up --curve: kill this replica after a third of the time.")
    @Nullable
    String kill;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            preprocessor = AsOption.class,
            description = "The option --NAME=VALUE, for example start, hold, runs, precision or times.")
    @Nullable
    String set;

    /** Reads {@code --set name=value} as {@code --name=value}. */
    private static final class AsOption implements IParameterPreprocessor {

        @Override
        public boolean preprocess(Stack<String> left, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            if (left.isEmpty()) return false;
            left.push("--" + left.pop());
            return true;
        }
    }

    ScenarioOptions options(Path usualLog) {
        return new ScenarioOptions(rate, times, length, visitors, speed, log == null ? usualLog : log);
    }

    List<LimitTarget> targets() {
        var targets = only == null ? LimitTarget.all() : List.of(LimitTarget.named(only));
        return start == 0
                ? targets
                : targets.stream().map(target -> target.startingAt(start)).toList();
    }

    LimitFinder.Settings search() {
        var usual = quick ? LimitFinder.Settings.QUICK : LimitFinder.Settings.FULL;
        return new LimitFinder.Settings(
                hold == null ? usual.hold() : hold,
                runs == null ? usual.runs() : runs,
                precision == null ? usual.precision() : precision,
                usual.pause());
    }

    /** The given options by name, for the result. */
    Map<String, String> given() {
        var given = new TreeMap<String, String>();
        for (var option : spec.commandLine().getParseResult().matchedOptions()) {
            var values = option.stringValues();
            given.put(
                    option.longestName().substring("--".length()),
                    option.typeInfo().isBoolean() ? "true" : values.getLast());
        }
        return given;
    }
}
