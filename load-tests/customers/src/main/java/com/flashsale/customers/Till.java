package com.flashsale.customers;

import com.flashsale.client.api.Answer;
import com.flashsale.client.api.Call;
import com.flashsale.client.api.Ending.Paid;
import com.flashsale.client.api.Ending.Refused;
import com.flashsale.client.api.Steps.Step;
import com.flashsale.customers.Tally.Count;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Places an order with an admission, and pays for it as the customer's habit says. */
final class Till {

    private static final Duration FIRST_LOOK = Duration.ofMillis(150);
    private static final Duration SLOWEST_LOOK = Duration.ofSeconds(1);
    private static final String ORDERS = "/api/v1/orders";

    private final Visitor visitor;

    Till(Visitor visitor) {
        this.visitor = visitor;
    }

    Way buy(String admission) throws InterruptedException {
        long begun = System.nanoTime();
        var answer = place(admission);
        if (answer.problem().equals("admission-invalid")) return new Way.Again();
        if (!answer.isSuccess()) return Way.refusal(answer);
        visitor.count(Count.ORDERED);
        var order = until(answer.text("id"), Set.of("RESERVED", "REFUSED", "CANCELLED", "PAID"));
        visitor.steps().took(Step.RESERVE, begun);
        if (order.text("state").equals("RESERVED")) return settle(order.text("id"));
        return order.text("reason").equals("SOLD_OUT") ? new Way.SoldOut(null) : ended(order);
    }

    private Answer place(String admission) throws InterruptedException {
        var saleId = visitor.shop().saleId();
        var call = Call.post(ORDERS, Map.of("saleId", saleId, "quantity", 1, "admission", admission))
                .as(visitor.account().token());
        var key = Objects.requireNonNull(call.idempotencyKey());
        while (true) {
            var answer = visitor.wire().send(call, tried -> {
                var orderId = tried != null && tried.isSuccess() ? tried.text("id") : null;
                int status = tried == null ? OrderHistory.NO_ANSWER : tried.status();
                visitor.shop()
                        .orderLog()
                        .tried(new OrderLog.Attempt(
                                visitor.account().customerId(), key, saleId, admission, orderId, status));
            });
            if (!answer.problem().equals("sale-paused") || !visitor.isPatient()) return answer;
            Thread.sleep(Wire.spread(answer.retryAfter().orElse(SLOWEST_LOOK)));
        }
    }

    private Way settle(String id) throws InterruptedException {
        long begun = System.nanoTime();
        switch (visitor.role().habit()) {
            case PAYS -> pay(id, "test-approve");
            case NEVER_PAYS -> {}
            case TRIES_ANOTHER_CARD -> {
                pay(id, "test-decline");
                awaitDecline(id);
                pay(id, "test-approve");
            }
            case GIVES_UP_WHEN_DECLINED -> pay(id, "test-decline");
            case CANCELS ->
                visitor.wire()
                        .send(Call.post(ORDERS + "/" + id + "/cancellation", Map.of())
                                .as(visitor.account().token()));
        }
        var order = until(id, Set.of("PAID", "CANCELLED", "REFUSED"));
        if (order.text("state").equals("PAID")) visitor.steps().took(Step.PAY, begun);
        return ended(order);
    }

    /** Ignores a refusal: the state of the order says it all. */
    private void pay(String id, String method) throws InterruptedException {
        var call = Call.post(ORDERS + "/" + id + "/payments", Map.of("paymentMethod", method))
                .as(visitor.account().token());
        visitor.wire().send(call);
    }

    private void awaitDecline(String id) throws InterruptedException {
        var pause = FIRST_LOOK;
        var order = read(id);
        while (order.text("state").equals("RESERVED")
                && !order.body().path("payment").path("state").asString("").equals("DECLINED")
                && visitor.isPatient()) {
            Thread.sleep(pause);
            pause = slower(pause);
            order = read(id);
        }
    }

    /** Reads the order until it is in one of these states, or the patience is over. */
    private Answer until(String id, Set<String> states) throws InterruptedException {
        var pause = FIRST_LOOK;
        while (true) {
            Thread.sleep(Wire.spread(pause));
            var order = read(id);
            if (!order.isSuccess() || states.contains(order.text("state")) || !visitor.isPatient()) return order;
            pause = slower(pause);
        }
    }

    private static Duration slower(Duration pause) {
        var slower = pause.multipliedBy(3).dividedBy(2);
        return slower.compareTo(SLOWEST_LOOK) < 0 ? slower : SLOWEST_LOOK;
    }

    private Answer read(String id) throws InterruptedException {
        return visitor.wire().send(visitor.get(ORDERS + "/" + id));
    }

    private Way ended(Answer order) {
        return switch (order.text("state")) {
            case "PAID" -> new Way.Over(new Paid(order.text("id")));
            case "REFUSED", "CANCELLED" -> new Way.Over(new Refused(reason(order)));
            default -> Way.lost("the order is " + order);
        };
    }

    /** Tells a customer who tried to pay and could not from a customer who let the time pass. */
    private String reason(Answer order) {
        var habit = visitor.role().habit();
        boolean meantToPay = habit == Habit.PAYS || habit == Habit.TRIES_ANOTHER_CARD;
        return meantToPay && order.text("state").equals("CANCELLED") ? "TOO_LATE_TO_PAY" : order.text("reason");
    }
}
