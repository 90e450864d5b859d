package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Json;
import com.flashsale.client.deadletters.LetterText;
import com.flashsale.client.deadletters.Outcome;
import com.flashsale.client.deadletters.Replay;
import com.flashsale.client.deadletters.ReplayLog;
import com.flashsale.client.deadletters.Result;
import com.flashsale.client.deadletters.Selection;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends messages back to the topic that they came from. */
@Command(
        name = "replay",
        description = {
            "Send messages again, to the topic they came from, with their key, their headers and in the order of that"
                    + " topic; all that were not sent yet, those of one topic, or those that are named.",
            "To send one twice is harmless: each consumer remembers what it has handled (inbox, 10 days)."
                    + " What was sent is remembered in the compacted topic " + ReplayLog.TOPIC
                    + " and is not sent again.",
            "For each message it says what became of it: handled; again in the dlt (its cause is not mended); still"
                    + " waiting (its consumer has not come to it); superseded (a compacted topic has a later fact of"
                    + " the same thing).",
            "Exit code 6: not all of them were handled."
        },
        mixinStandardHelpOptions = true)
final class DeadLettersReplayCommand implements Callable<Integer> {

    private static final int LONGEST_WAIT = 3_600;

    /** Of a long replay a program gets the first results and all counts. */
    private static final int MOST_TOLD = 10_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private BrokerOptions options = new BrokerOptions();

    @Parameters(arity = "0..*", paramLabel = "ID", description = "As the list shows it, or the ce_id of the event.")
    private List<String> ids = List.of();

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Those of this topic.")
    private @Nullable String topic;

    @Option(names = "--dry-run", description = "Say what would be sent, and send nothing.")
    private boolean dryRun;

    @Option(
            names = "--force",
            description = "Send also what was sent before, and what is so old that inboxes may have forgotten it.")
    private boolean force;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "For the consumers, for each portion of 200 messages. Default: ${DEFAULT-VALUE}")
    private int wait;

    private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
    private final List<Map<String, Object>> results = new ArrayList<>();

    @Override
    public Integer call() {
        if (topic != null && !ids.isEmpty()) throw new IllegalArgumentException("either IDs or --topic");
        if (wait < 0 || wait > LONGEST_WAIT) throw new IllegalArgumentException("--wait must be 0 to " + LONGEST_WAIT);
        var out = spec.commandLine().getOut();
        boolean complete;
        try (var broker = options.broker()) {
            var partitions = broker.deadLetters(topic);
            var topics = partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet());
            var wish = new Replay.Wish(Duration.ofSeconds(wait), dryRun, force);
            var marks = new ReplayLog(broker, topics);
            complete = new Replay(broker, marks, wish, Clock.systemUTC(), result -> tell(result, out))
                    .run(Selection.of(topic, ids), partitions);
        }
        out.println(options.json() ? Json.pretty(document(complete)) : sum(complete));
        out.flush();
        boolean settled = complete && counts.keySet().stream().allMatch(Outcome::isSettled);
        return settled ? ExitCode.OK : ExitCode.UNFINISHED;
    }

    private void tell(Result result, PrintWriter out) {
        counts.merge(result.outcome(), 1L, Long::sum);
        if (!options.json()) {
            out.println(LetterText.result(result));
            out.flush();
        } else if (results.size() < MOST_TOLD) {
            var document = new LinkedHashMap<>(LetterText.document(result.letter(), null, false));
            document.put("outcome", result.outcome());
            document.put("note", result.note());
            if (result.sentTo() != null) document.put("sentTo", result.sentTo());
            results.add(document);
        }
    }

    private Map<String, Object> document(boolean complete) {
        return Map.of("complete", complete, "counts", counts, "letters", results);
    }

    private String sum(boolean complete) {
        if (counts.isEmpty()) return "Nothing is to be sent.";
        var sum = counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().words())
                .collect(Collectors.joining(", "));
        return complete ? sum : sum + "; the rest was not sent, since nothing of the last portion was handled";
    }
}
