package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.api.Api;
import com.flashsale.client.api.Call;
import com.flashsale.client.api.MachineTokens;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Shows the switches of the operators, or turns one. The names come from the platform. */
@Command(
        name = "switch",
        description = "List the switches for bad days, or turn one; every replica obeys within two seconds.",
        mixinStandardHelpOptions = true)
final class SwitchCommand implements Callable<Integer> {

    private static final String PATH = "/api/v1/switches";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Set<String> STATES = Set.of("on", "off");
    private static final int NOT_FOUND = 404;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "One of the listed names.")
    private @Nullable String name;

    @Parameters(index = "1", arity = "0..1", paramLabel = "on|off", description = "The new state.")
    private @Nullable String state;

    @Override
    public Integer call() {
        if (name != null && (state == null || !STATES.contains(state))) {
            throw new IllegalArgumentException("Say on or off: ./flashsale switch " + name + " off");
        }
        var context = Attached.require(Home.ofThisRun()).context();
        var out = spec.commandLine().getOut();
        try (var api = new Api(context.gatewayUrl())) {
            var token = new MachineTokens(api).of("operator", context.secrets().password("client.operator"));
            if (name == null) list(api, token, out);
            else turn(api, token, name, "on".equals(state), out);
        }
        return ExitCode.OK;
    }

    static void list(Api api, String token, PrintWriter out) {
        var call = Call.get(PATH).as(token);
        var answer = api.patiently(call, PATIENCE).require(call);
        answer.path("switches").forEach(each -> out.println(line(each)));
    }

    static void turn(Api api, String token, String name, boolean on, PrintWriter out) {
        var call = Call.put(PATH + "/" + name, Map.of("on", on)).as(token);
        var answer = api.patiently(call, PATIENCE);
        if (answer.status() == NOT_FOUND) {
            throw new IllegalArgumentException("No switch has this name; ./flashsale switch lists all: " + name);
        }
        out.println(line(answer.require(call)));
    }

    private static String line(JsonNode each) {
        var changedAt = each.path("changedAt").asString("");
        return "%-11s %-3s%s"
                .formatted(
                        each.path("name").asString(),
                        each.path("on").asBoolean() ? "on" : "off",
                        changedAt.isEmpty() ? "" : " since " + changedAt)
                .strip();
    }
}
