package com.flashsale.client.api;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * One purchase of one unit through the gateway: join, wait for the turn, order, pay. It stops at the first answer that
 * a working platform with a free unit does not give.
 */
public final class SmokePurchase {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration ONE_ANSWER = Duration.ofSeconds(15);

    private final Api api;
    private final String token;
    private final String sale;
    private final long deadline;

    /** @param patience for the whole purchase */
    public SmokePurchase(Api api, Account customer, String saleId, Duration patience) {
        this.api = api;
        this.token = customer.token();
        this.sale = saleId;
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    /**
     * Buys, and returns the id of the paid order.
     *
     * @throws UnexpectedAnswer when a step is refused, or when the patience is over
     */
    public String buy() throws InterruptedException {
        var placed = Call.post("/api/v1/orders", Map.of("saleId", sale, "quantity", 1, "admission", admission()));
        var order = send(placed).require(placed).path("id").asString();
        until(order, "RESERVED");
        var payment = Call.post("/api/v1/orders/" + order + "/payments", Map.of("paymentMethod", "test-approve"));
        send(payment).require(payment);
        until(order, "PAID");
        return order;
    }

    private String admission() throws InterruptedException {
        var ticket = joined();
        var admission = ticket.text("admission");
        var claim = Call.post(ofSale("admissions"), Map.of("ticket", ticket.text("ticket")));
        while (admission.isEmpty()) {
            var answer = send(claim);
            if (!answer.problem().equals("not-your-turn")) answer.require(claim);
            admission = answer.text("admission");
            if (admission.isEmpty()) lookAgain("the turn never came");
        }
        return admission;
    }

    private Answer joined() throws InterruptedException {
        var join = Call.post(ofSale("queue-tickets"), Map.of());
        while (true) {
            var answer = send(join);
            // the sale was created a moment ago, and its event is still on the way
            if (answer.status() != 404) {
                answer.require(join);
                return answer;
            }
            lookAgain("the waiting room does not know the sale");
        }
    }

    private void until(String order, String wanted) throws InterruptedException {
        var read = Call.get("/api/v1/orders/" + order);
        while (true) {
            var answer = send(read);
            var state = answer.require(read).path("state").asString();
            if (state.equals(wanted)) return;
            if (Set.of("REFUSED", "CANCELLED").contains(state)) throw new UnexpectedAnswer("the order is " + answer);
            lookAgain("the order never became " + wanted + ", it is " + answer);
        }
    }

    private void lookAgain(String reason) throws InterruptedException {
        if (System.nanoTime() > deadline) throw new UnexpectedAnswer(reason);
        Thread.sleep(BETWEEN_LOOKS);
    }

    private Answer send(Call call) {
        return api.patiently(call.as(token), ONE_ANSWER);
    }

    private String ofSale(String resource) {
        return "/api/v1/sales/" + sale + "/" + resource;
    }
}
