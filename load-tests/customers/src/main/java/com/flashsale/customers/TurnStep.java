package com.flashsale.customers;

import com.flashsale.client.api.Answer;
import com.flashsale.customers.Counters.Count;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The wait with a ticket: watches the queue, and claims when the number is served or the queue is closed. */
final class TurnStep {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /** Customers look up within this time: claims of all of them at the same tick would help none. */
    private static final long LOOKS_UP_WITHIN_MS = 500;

    private final CustomerSession session;

    TurnStep(CustomerSession session) {
        this.session = session;
    }

    NextStep await(Answer joined) throws InterruptedException {
        var ticket = joined;
        if (number(ticket) == 0) {
            ticket = drawn(joined);
            // the lot fell on others, and a place became free meanwhile: one may join again
            if (ticket.status() == 404) return new NextStep.Again();
            if (!ticket.isSuccess()) return NextStep.refusal(ticket);
        }
        var admission = ticket.text("admission");
        if (!admission.isEmpty()) return admitted(admission);
        long number = number(ticket);
        while (session.isPatient()) {
            var seen = session.shop()
                    .queue()
                    .await(view -> (view.isOpen() && view.serving() >= number) || view.isClosed(), session.deadline());
            if (!seen.isClosed() && seen.serving() < number) break;
            Thread.sleep(ThreadLocalRandom.current().nextLong(LOOKS_UP_WITHIN_MS));
            var answer = session.client().send(session.post("admissions", Map.of("ticket", ticket.text("ticket"))));
            if (answer.isSuccess()) return admitted(answer.text("admission"));
            switch (answer.problem()) {
                case "not-your-turn" ->
                    Thread.sleep(ThrottledClient.spread(answer.retryAfter().orElse(LOOK_AGAIN)));
                case "turn-passed" -> {
                    return new NextStep.Again();
                }
                case "sold-out" -> {
                    return new NextStep.SoldOut(ticket.text("ticket"));
                }
                default -> {
                    return NextStep.refusal(answer);
                }
            }
        }
        return NextStep.lost("the turn never came");
    }

    /** For a customer from the lobby: after the opening each one has a number. */
    private Answer drawn(Answer joined) throws InterruptedException {
        var queue = session.shop().queue();
        queue.await(view -> view.isOpen(), session.deadline());
        var path = "/api/v1/sales/" + session.shop().saleId() + "/queue-tickets/mine";
        var mine = joined;
        while (session.isPatient()) {
            Thread.sleep(ThreadLocalRandom.current().nextLong(2 * LOOKS_UP_WITHIN_MS));
            mine = session.client().send(session.get(path));
            if (!mine.isSuccess() || number(mine) > 0) return mine;
            Thread.sleep(ThrottledClient.spread(LOOK_AGAIN));
        }
        return mine;
    }

    private static long number(Answer ticket) {
        return ticket.body().path("number").asLong(0);
    }

    private NextStep admitted(String admission) {
        session.count(Count.ADMITTED);
        return new NextStep.Admitted(admission);
    }
}
