package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Json;
import com.flashsale.client.deadletters.Inventory;
import com.flashsale.client.deadletters.LetterText;
import com.flashsale.client.deadletters.ReplayLog;
import java.io.PrintWriter;
import java.time.Instant;
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
import picocli.CommandLine.Spec;

/** One line for each message that was set aside. */
@Command(name = "list", description = "List what is set aside and was not sent again.", mixinStandardHelpOptions = true)
final class DeadLettersListCommand implements Callable<Integer> {

    private static final int MOST = 10_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private BrokerOptions options = new BrokerOptions();

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Of this topic only.")
    private @Nullable String topic;

    @Option(names = "--all", description = "Also those that were sent again.")
    private boolean all;

    @Option(
            names = "--limit",
            paramLabel = "COUNT",
            defaultValue = "100",
            description = "So many at most, up to " + MOST + ". Default: ${DEFAULT-VALUE}")
    private int limit;

    @Override
    public Integer call() {
        if (limit < 1 || limit > MOST) throw new IllegalArgumentException("--limit must be 1 to " + MOST);
        try (var broker = options.broker()) {
            var partitions = broker.deadLetters(topic);
            var topics = partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet());
            var inventory = Inventory.of(broker, new ReplayLog(broker, topics), partitions, all, limit);
            var out = spec.commandLine().getOut();
            if (options.json()) out.println(Json.pretty(document(inventory)));
            else print(inventory, out);
            out.flush();
        }
        return ExitCode.OK;
    }

    private static Map<String, Object> document(Inventory inventory) {
        List<Map<String, Object>> letters = inventory.letters().stream()
                .map(letter ->
                        LetterText.document(letter, inventory.remembered().get(letter.id()), false))
                .toList();
        return Map.of("letters", letters, "counts", inventory.counts());
    }

    private static void print(Inventory inventory, PrintWriter out) {
        var now = Instant.now();
        if (!inventory.letters().isEmpty()) out.println(LetterText.head());
        inventory
                .letters()
                .forEach(letter -> out.println(
                        LetterText.row(letter, inventory.remembered().get(letter.id()), now)));
        long open = 0;
        for (var entry : inventory.counts().entrySet()) {
            var count = entry.getValue();
            open += count.total() - count.replayed();
            if (count.total() > 0) {
                out.printf("%s: %d, of them sent again %d%n", entry.getKey(), count.total(), count.replayed());
            }
        }
        out.println(
                open == 0
                        ? "Nothing waits to be sent again."
                        : open + " not sent again: ./flashsale dead-letters replay");
    }
}
