package com.flashsale.customers;

import com.flashsale.client.api.Answer;
import com.flashsale.customers.Tally.Count;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The wait with a ticket: watches the board, and claims when the number is served or the line is closed. */
final class Turn {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /** Customers look up within this time: claims of all of them at the same tick would help none. */
    private static final long LOOKS_UP_WITHIN_MS = 500;

    private final Visitor visitor;

    Turn(Visitor visitor) {
        this.visitor = visitor;
    }

    Way await(Answer joined) throws InterruptedException {
        var ticket = joined;
        if (number(ticket) == 0) {
            ticket = drawn(joined);
            if (!ticket.isSuccess()) return Way.refusal(ticket);
        }
        var admission = ticket.text("admission");
        if (!admission.isEmpty()) return admitted(admission);
        long number = number(ticket);
        while (visitor.isPatient()) {
            var seen = visitor.shop()
                    .board()
                    .await(view -> (view.isOpen() && view.serving() >= number) || view.isClosed(), visitor.deadline());
            if (!seen.isClosed() && seen.serving() < number) break;
            Thread.sleep(ThreadLocalRandom.current().nextLong(LOOKS_UP_WITHIN_MS));
            var answer = visitor.wire().send(visitor.post("admissions", Map.of("ticket", ticket.text("ticket"))));
            if (answer.isSuccess()) return admitted(answer.text("admission"));
            switch (answer.problem()) {
                case "not-your-turn" ->
                    Thread.sleep(Wire.spread(answer.retryAfter().orElse(LOOK_AGAIN)));
                case "turn-passed" -> {
                    return new Way.Again();
                }
                case "sold-out" -> {
                    return new Way.SoldOut(ticket.text("ticket"));
                }
                default -> {
                    return Way.refusal(answer);
                }
            }
        }
        return Way.lost("the turn never came");
    }

    /** For a customer from the lobby: after the opening each one has a number. */
    private Answer drawn(Answer joined) throws InterruptedException {
        var board = visitor.shop().board();
        board.await(view -> view.isOpen(), visitor.deadline());
        var path = "/api/v1/sales/" + visitor.shop().saleId() + "/queue-tickets/mine";
        var mine = joined;
        while (visitor.isPatient()) {
            Thread.sleep(ThreadLocalRandom.current().nextLong(2 * LOOKS_UP_WITHIN_MS));
            mine = visitor.wire().send(visitor.get(path));
            if (!mine.isSuccess() || number(mine) > 0) return mine;
            Thread.sleep(Wire.spread(LOOK_AGAIN));
        }
        return mine;
    }

    private static long number(Answer ticket) {
        return ticket.body().path("number").asLong(0);
    }

    private Way admitted(String admission) {
        visitor.count(Count.ADMITTED);
        return new Way.Admitted(admission);
    }
}
