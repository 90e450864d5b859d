package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Json;
import com.flashsale.client.ToolException;
import com.flashsale.client.deadletters.Inventory;
import com.flashsale.client.deadletters.LetterText;
import com.flashsale.client.deadletters.ReplayLog;
import com.flashsale.client.deadletters.Selection;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The whole message. */
@Command(
        name = "show",
        description = "Show one message with its headers and its content.",
        mixinStandardHelpOptions = true)
final class DeadLettersShowCommand implements Callable<Integer> {

    /** Several consumers may have set aside the same event. */
    private static final int MOST = 10;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private BrokerOptions options = new BrokerOptions();

    @Parameters(paramLabel = "ID", description = "As the list shows it, or the ce_id of the event.")
    private String id = "";

    @Override
    public Integer call() {
        try (var broker = options.broker()) {
            var partitions = broker.deadLetters(null);
            var letters = Inventory.named(broker, partitions, Selection.of(null, List.of(id)), MOST);
            if (letters.isEmpty()) throw ToolException.usage("There is no dead letter " + id);
            var topics = partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet());
            var marks = new ReplayLog(broker, topics)
                    .of(letters.stream().map(letter -> letter.id()).collect(Collectors.toSet()));
            var out = spec.commandLine().getOut();
            for (var letter : letters) {
                var mark = marks.get(letter.id());
                out.println(
                        options.json()
                                ? Json.pretty(LetterText.document(letter, mark, true))
                                : LetterText.whole(letter, mark, Instant.now()));
            }
            out.flush();
        }
        return ExitCode.OK;
    }
}
