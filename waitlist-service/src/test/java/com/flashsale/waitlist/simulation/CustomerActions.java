package com.flashsale.waitlist.simulation;

import static com.flashsale.platform.test.simulation.SimulationRun.mustBeEqual;

import com.flashsale.waitlist.entry.EntryTestAccess;
import com.flashsale.waitlist.ticket.QueueTicket;
import com.flashsale.waitlist.ticket.TicketTestAccess;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The actions of customers in a run. */
final class CustomerActions {

    private final CrowdState state;

    CustomerActions(CrowdState state) {
        this.state = state;
    }

    void join(Shopper shopper) {
        var shown = state.chance.below(3) > 0 ? aTicketOf(shopper) : null;
        var expected = shopper.number();
        var keeps = keepsPlace(shopper, shown);
        state.request(shopper.name + " joins" + (shown == null ? "" : " and shows " + shown.number()), () -> {
            var answer = TicketTestAccess.join(state.acting.service(), state.sale, shopper.id, shown);
            state.received(shopper, answer);
            var number = shopper.number();
            if (keeps && number != null) mustBeEqual(number, expected, "the number of " + shopper.name + ", who waits");
            return answer.word()
                    + (answer.ticket() == null ? "" : " " + answer.ticket().number());
        });
    }

    /** Mostly the customer's last ticket; a second device may have an older one. */
    private @Nullable QueueTicket aTicketOf(Shopper shopper) {
        return shopper.tickets.size() > 1 && state.chance.oneIn(2)
                ? state.chance.oneOf(shopper.tickets)
                : shopper.ticket;
    }

    /**
     * Whether a waiting customer keeps the number: Redis knows it, or they show it and had no turn with another one
     * meanwhile.
     */
    private boolean keepsPlace(Shopper shopper, @Nullable QueueTicket shown) {
        var expected = shopper.number();
        if (expected == null || state.checks.hadTurn(expected)) return false;
        var known = state.world.placeOf(state.sale, shopper.id);
        if (known == null) return shopper.ticket == shown;
        if (known.equals(expected)) return shown == null || shopper.ticket == shown;
        return shopper.ticket == shown && known > expected && !state.checks.hadTurn(known);
    }

    void claim(Shopper shopper) {
        var ticket = aTicketOf(shopper);
        if (ticket == null) return;
        state.request(shopper.name + " claims with " + ticket.number(), () -> {
            var answer = TicketTestAccess.claim(state.acting.service(), ticket);
            if (answer.admission() != null) state.received(shopper, answer);
            if (answer.word().equals("WAITING") && ticket.number() != null) {
                mustBeEqual(
                        state.world.placeOf(state.sale, shopper.id),
                        ticket.number(),
                        "the place of " + shopper.name + ", whose ticket was honoured");
            }
            return answer.word();
        });
    }

    /** With a ticket of the waiting room, or with an offer of the waitlist. */
    void order(Shopper shopper, boolean mayBeLate) {
        var admission = shopper.admission;
        if (admission == null) return;
        var now = state.time().instant();
        if (!admission.isUsable(now) && !(mayBeLate && state.chance.oneIn(6))) return;
        var placed = state.others.place(admission, state.chance.from(1, admission.units()));
        shopper.admission = null;
        state.play.onlooker().by(Lanes.CUSTOMERS);
        state.play.step(
                shopper.name + placed.map(order -> " places " + order.name).orElse(" finds their admission void"));
        placed.ifPresent(order -> state.play.onlooker().tells(Lanes.ORDERS, shopper.name + " orders " + order.name));
    }

    void joinWaitlist(Shopper shopper) {
        var ticket = shopper.ticket;
        state.request(shopper.name + " joins the waitlist", () -> {
            var answer = EntryTestAccess.join(state.acting.service(), state.sale, shopper.id, ticket);
            shopper.entry = answer.entry();
            return answer.word();
        });
    }

    void leave(Shopper shopper) {
        @Nullable UUID entry = shopper.entry;
        if (entry == null) return;
        state.request(shopper.name + " leaves the waitlist", () -> {
            EntryTestAccess.leave(state.acting.service(), entry, shopper.id);
            return "left";
        });
    }
}
