package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.api.Api;
import com.flashsale.client.api.MachineTokens;
import com.flashsale.client.loadtest.LoadSwitch;
import com.flashsale.client.loadtest.LoadTestReplicas;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The emergency stop of load tests. */
@Command(
        name = "off",
        description = "Stop all requests of load tests within two seconds, without a restart. Real traffic goes on.",
        mixinStandardHelpOptions = true)
final class LoadOffCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        return turn(spec, false);
    }

    static int turn(CommandSpec spec, boolean served) throws InterruptedException {
        var platform = Attached.require(Home.ofThisRun());
        try (var replicas = new LoadTestReplicas(platform.state(), token(platform))) {
            var took = new LoadSwitch(replicas).turn(served);
            spec.commandLine()
                    .getOut()
                    .println("load      " + (served ? "on" : "off") + ": every replica follows after " + took.toMillis()
                            + " ms");
            return ExitCode.OK;
        }
    }

    static String token(Attached platform) {
        var context = platform.context();
        try (var api = new Api(context.gatewayUrl())) {
            return new MachineTokens(api).of("load-test", context.secrets().password("client.load-test"));
        }
    }
}
