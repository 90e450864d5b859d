package com.flashsale.customers;

import com.flashsale.client.api.Answer;
import com.flashsale.client.api.Call;
import com.flashsale.client.api.Ending.Paid;
import com.flashsale.client.api.Ending.Refused;
import com.flashsale.client.api.Steps.Step;
import com.flashsale.customers.Counters.Count;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Places an order with an admission, and pays for it as the customer's habit says. */
final class CheckoutStep {

    private static final Duration FIRST_LOOK = Duration.ofMillis(150);
    private static final Duration SLOWEST_LOOK = Duration.ofSeconds(1);
    private static final String ORDERS = "/api/v1/orders";

    private final CustomerSession session;

    CheckoutStep(CustomerSession session) {
        this.session = session;
    }

    NextStep buy(String admission) throws InterruptedException {
        long begun = System.nanoTime();
        var answer = place(admission);
        if (answer.problem().equals("admission-invalid")) return new NextStep.Again();
        if (!answer.isSuccess()) return NextStep.refusal(answer);
        session.count(Count.ORDERED);
        var order = until(answer.text("id"), Set.of("RESERVED", "REFUSED", "CANCELLED", "PAID"));
        session.steps().took(Step.RESERVE, begun);
        if (order.text("state").equals("RESERVED")) return settle(order.text("id"));
        return order.text("reason").equals("SOLD_OUT") ? new NextStep.SoldOut(null) : ended(order);
    }

    private Answer place(String admission) throws InterruptedException {
        var saleId = session.shop().saleId();
        var call = Call.post(ORDERS, Map.of("saleId", saleId, "quantity", 1, "admission", admission))
                .as(session.account().token());
        var key = Objects.requireNonNull(call.idempotencyKey());
        while (true) {
            var answer = session.client().send(call, tried -> {
                var orderId = tried != null && tried.isSuccess() ? tried.text("id") : null;
                int status = tried == null ? OrderHistory.NO_ANSWER : tried.status();
                session.shop()
                        .orderLog()
                        .tried(new OrderLog.Attempt(
                                session.account().customerId(), key, saleId, admission, orderId, status));
            });
            if (!answer.problem().equals("sale-paused") || !session.isPatient()) return answer;
            Thread.sleep(ThrottledClient.spread(answer.retryAfter().orElse(SLOWEST_LOOK)));
        }
    }

    private NextStep settle(String id) throws InterruptedException {
        long begun = System.nanoTime();
        switch (session.profile().behaviour()) {
            case PAYS -> pay(id, "test-approve");
            case NEVER_PAYS -> {}
            case TRIES_ANOTHER_CARD -> {
                pay(id, "test-decline");
                awaitDecline(id);
                pay(id, "test-approve");
            }
            case GIVES_UP_WHEN_DECLINED -> pay(id, "test-decline");
            case CANCELS ->
                session.client()
                        .send(Call.post(ORDERS + "/" + id + "/cancellation", Map.of())
                                .as(session.account().token()));
        }
        var order = until(id, Set.of("PAID", "CANCELLED", "REFUSED"));
        if (order.text("state").equals("PAID")) session.steps().took(Step.PAY, begun);
        return ended(order);
    }

    /** Ignores a refusal: the state of the order says it all. */
    private void pay(String id, String method) throws InterruptedException {
        var call = Call.post(ORDERS + "/" + id + "/payments", Map.of("paymentMethod", method))
                .as(session.account().token());
        session.client().send(call);
    }

    private void awaitDecline(String id) throws InterruptedException {
        var pause = FIRST_LOOK;
        var order = read(id);
        while (order.text("state").equals("RESERVED")
                && !order.body().path("payment").path("state").asString("").equals("DECLINED")
                && session.isPatient()) {
            Thread.sleep(pause);
            pause = slower(pause);
            order = read(id);
        }
    }

    /** Reads the order until it is in one of these states, or the patience is over. */
    private Answer until(String id, Set<String> states) throws InterruptedException {
        var pause = FIRST_LOOK;
        while (true) {
            Thread.sleep(ThrottledClient.spread(pause));
            var order = read(id);
            if (!order.isSuccess() || states.contains(order.text("state")) || !session.isPatient()) return order;
            pause = slower(pause);
        }
    }

    private static Duration slower(Duration pause) {
        var slower = pause.multipliedBy(3).dividedBy(2);
        return slower.compareTo(SLOWEST_LOOK) < 0 ? slower : SLOWEST_LOOK;
    }

    private Answer read(String id) throws InterruptedException {
        return session.client().send(session.get(ORDERS + "/" + id));
    }

    private NextStep ended(Answer order) {
        return switch (order.text("state")) {
            case "PAID" -> new NextStep.Over(new Paid(order.text("id")));
            case "REFUSED", "CANCELLED" -> new NextStep.Over(new Refused(reason(order)));
            default -> NextStep.lost("the order is " + order);
        };
    }

    /** Tells a customer who tried to pay and could not from a customer who let the time pass. */
    private String reason(Answer order) {
        var behaviour = session.profile().behaviour();
        boolean meantToPay = behaviour == Behaviour.PAYS || behaviour == Behaviour.TRIES_ANOTHER_CARD;
        return meantToPay && order.text("state").equals("CANCELLED") ? "TOO_LATE_TO_PAY" : order.text("reason");
    }
}
