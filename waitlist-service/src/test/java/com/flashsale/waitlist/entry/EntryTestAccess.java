package com.flashsale.waitlist.entry;

import com.flashsale.platform.test.simulation.SimulatedService;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.SaleId;
import com.flashsale.waitlist.ticket.QueueTicket;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The access of a simulation to the waitlist, in place of customers. */
public final class EntryTestAccess {

    private EntryTestAccess() {}

    /** @param entry if the customer has one now */
    public record Answer(String word, @Nullable UUID entry) {}

    public static Answer join(SimulatedService service, UUID sale, UUID customer, @Nullable QueueTicket ticket) {
        var command = new JoinWaitlist.Command(new SaleId(sale), new CustomerId(customer), ticket);
        var outcome = service.bean(JoinWaitlist.class).join(command);
        return outcome instanceof JoinWaitlist.Outcome.Joined(var entry, var _)
                ? new Answer(entry.state().name(), entry.id())
                : new Answer(outcome.getClass().getSimpleName(), null);
    }

    public static void leave(SimulatedService service, UUID entry, UUID customer) {
        service.bean(LeaveWaitlist.class).leave(entry, new CustomerId(customer));
    }
}
