package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.api.Api;
import com.flashsale.client.api.Call;
import com.flashsale.client.api.MachineTokens;
import com.flashsale.client.api.SignIn;
import com.flashsale.client.platform.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints an access token and nothing else, for {@code curl -H "Authorization: Bearer $(…)"}. */
@Command(name = "token", description = "Print an access token.", mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {

    private static final Set<String> CLIENTS = Set.of("operator", "load-test");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CREATED = 201;
    private static final int CONFLICT = 409;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "E-MAIL", description = "A demo persona; registered when new.")
    private @Nullable String email;

    @Option(names = "--client", paramLabel = "CLIENT", description = "operator or load-test")
    private @Nullable String client;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if ((email == null) == (client == null)) {
            throw new IllegalArgumentException("Give an e-mail address or --client operator|load-test");
        }
        var context = Attached.require(Home.ofThisRun()).context();
        spec.commandLine()
                .getOut()
                .println(client == null ? ofPerson(context, String.valueOf(email)) : ofClient(context, client));
        return ExitCode.OK;
    }

    private static String ofClient(Context context, String client) {
        if (!CLIENTS.contains(client)) {
            throw new IllegalArgumentException("--client must be operator or load-test: " + client);
        }
        try (var api = new Api(context.gatewayUrl())) {
            return new MachineTokens(api).of(client, context.secrets().password("client." + client));
        }
    }

    private static String ofPerson(Context context, String email) throws IOException, InterruptedException {
        var password = context.secrets().password("personas");
        try (var api = new Api(context.gatewayUrl())) {
            var register = Call.post("/api/v1/accounts", Map.of("email", email, "password", password));
            var answer = api.patiently(register, PATIENCE);
            if (answer.status() != CREATED && answer.status() != CONFLICT) {
                answer.require(register);
            }
        }
        return new SignIn(context.gatewayUrl()).accessToken(email, password);
    }
}
