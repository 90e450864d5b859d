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
 * One customer who wants one unit: joins, waits for the turn, orders, does with the order what the habit says, waits on
 * the waitlist if that is the role, and keeps on until there is a final answer or the patience is over. Honours every
 * wait it is told.
 */
public final class Customer {

    private final Visitor visitor;
    private final Line line;
    private final Till till;
    private final Waitlist waitlist;

    public Customer(Shop shop, Account account, Role role, Duration patience) {
        this.visitor = new Visitor(shop, account, role, new Steps(), System.nanoTime() + patience.toNanos());
        this.line = new Line(visitor);
        this.till = new Till(visitor);
        this.waitlist = new Waitlist(visitor);
    }

    public Steps steps() {
        return visitor.steps();
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
        Way way = new Way.Again();
        while (true) {
            way = switch (way) {
                case Way.Again() -> line.enter();
                case Way.Admitted(var admission) -> till.buy(admission);
                case Way.SoldOut(var ticket) -> soldOut(ticket);
                case Way.Over over -> over;
            };
            if (way instanceof Way.Over(var ending)) return ending;
            if (!visitor.isPatient()) return new Unanswered("the patience is over");
        }
    }

    private Way soldOut(@Nullable String ticket) throws InterruptedException {
        return visitor.role().joinsWaitlist() ? waitlist.await(ticket) : new Way.Over(new Refused("SOLD_OUT"));
    }
}
