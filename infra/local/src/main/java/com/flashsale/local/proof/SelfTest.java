package com.flashsale.local.proof;

import com.flashsale.client.ToolException;
import com.flashsale.client.api.Account;
import com.flashsale.client.api.Api;
import com.flashsale.client.api.MachineTokens;
import com.flashsale.client.api.Operator;
import com.flashsale.client.api.SmokePurchase;
import com.flashsale.client.api.SyntheticShoppers;
import com.flashsale.client.api.UnexpectedAnswer;
import com.flashsale.client.platform.Context;
import com.flashsale.client.platform.PlatformState;
import com.flashsale.local.console.PlatformConsole;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Shows that the platform works before it says READY: every route answers on every replica, and one customer bought the
 * only unit of a sale, from joining to PAID, through the gateway. Then a {@link Rehearsal} makes it fast. A platform
 * starts without a purchase while a switch is off: operators need it to turn the switch on.
 */
public final class SelfTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Context context;
    private final PlatformState state;
    private final PlatformConsole console;
    private final Duration rehearsal;

    /** @param rehearsal how long a crowd buys after the proof; zero for none */
    public SelfTest(Context context, PlatformState state, PlatformConsole console, Duration rehearsal) {
        this.context = context;
        this.state = state;
        this.console = console;
        this.rehearsal = rehearsal;
    }

    public void run() {
        try (var api = new Api(context.gatewayUrl())) {
            var warmUp = new WarmUp(api, state, PATIENCE);
            warmUp.openRoutes();
            var tokens = new MachineTokens(api);
            var operator =
                    new Operator(api, tokens.of("operator", context.secrets().password("client.operator")));
            var off = operator.switchesOff();
            if (!off.isEmpty()) {
                console.say("proof", "no purchase, since operators have turned off: " + String.join(", ", off));
                return;
            }
            var shoppers = new SyntheticShoppers(
                    api, tokens.of("load-test", context.secrets().password("client.load-test")));
            int replicas = mostReplicas();
            var customers = shoppers.create(replicas);
            warmUp.customerRoutes(customers.getFirst().token());
            for (var customer : customers) {
                buy(api, operator, customer);
            }
            if (rehearsal.isPositive()) {
                console.say(
                        "warm-up",
                        new Rehearsal(api, operator, shoppers).run(rehearsal).line());
            }
        } catch (UnexpectedAnswer e) {
            throw failure(String.valueOf(e.getMessage()));
        }
    }

    /** One purchase for each replica of the service with the most replicas. */
    private int mostReplicas() {
        var replicas = state.services().stream()
                .collect(Collectors.groupingBy(PlatformState.Service::name, Collectors.counting()));
        return (int) replicas.values().stream().mapToLong(count -> count).max().orElse(1);
    }

    private void buy(Api api, Operator operator, Account customer) {
        long begun = System.nanoTime();
        var saleId =
                operator.openUnlistedSale("Self-test at start-up", new Operator.Terms(1, 1.0, Operator.Times.usual()));
        try {
            new SmokePurchase(api, customer, saleId, PATIENCE).buy();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw failure("the purchase in sale " + saleId + " was interrupted");
        }
        operator.endSale(saleId);
        console.say(
                "proof",
                "sale, queue, order, reservation, payment: PAID in %d ms"
                        .formatted(Duration.ofNanos(System.nanoTime() - begun).toMillis()));
    }

    private static ToolException failure(String what) {
        return ToolException.startFailed(
                "Everything runs, but the proof failed: " + what,
                List.of(
                        "likely cause: a service is up and cannot do its work; its log says why",
                        "try: ./flashsale logs order-service -n 100"));
    }
}
