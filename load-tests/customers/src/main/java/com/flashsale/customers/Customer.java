package com.flashsale.customers;

import com.flashsale.client.api.Account;
import com.flashsale.client.api.Ending;
import com.flashsale.client.api.Ending.Refused;
import com.flashsale.client.api.Ending.Unanswered;
import com.flashsale.client.api.Steps;
import com.flashsale.client.api.UnexpectedAnswer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One customer who wants one unit: joins, waits for the turn, orders, acts by their {@link Behaviour}, may join the
 * waitlist, and goes on until a final answer or the end of their patience.
 */
public final class Customer {

    private final CustomerSession session;
    private final WaitingRoomStep waitingRoom;
    private final CheckoutStep checkout;
    private final Waitlist waitlist;

    public Customer(Shop shop, Account account, CustomerProfile profile, Duration patience) {
        this.session = new CustomerSession(shop, account, profile, new Steps(), System.nanoTime() + patience.toNanos());
        this.waitingRoom = new WaitingRoomStep(session);
        this.checkout = new CheckoutStep(session);
        this.waitlist = new Waitlist(session);
    }

    public Steps steps() {
        return session.steps();
    }

    public Ending visit() {
        try {
            return shop();
        } catch (UnexpectedAnswer unexpected) {
            return new Unanswered(String.valueOf(unexpected.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unanswered("nobody waited for the answer any longer");
        }
    }

    private Ending shop() throws InterruptedException {
        NextStep next = new NextStep.Again();
        while (true) {
            next = switch (next) {
                case NextStep.Again() -> waitingRoom.enter();
                case NextStep.Admitted(var admission) -> checkout.buy(admission);
                case NextStep.SoldOut(var ticket) -> soldOut(ticket);
                case NextStep.Over over -> over;
            };
            if (next instanceof NextStep.Over(var ending)) return ending;
            if (!session.isPatient()) return new Unanswered("the patience is over");
        }
    }

    private NextStep soldOut(@Nullable String ticket) throws InterruptedException {
        return session.profile().joinsWaitlist() ? waitlist.await(ticket) : new NextStep.Over(new Refused("SOLD_OUT"));
    }
}
