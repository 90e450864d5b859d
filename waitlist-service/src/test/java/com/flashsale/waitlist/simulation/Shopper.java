package com.flashsale.waitlist.simulation;

import static com.flashsale.platform.test.simulation.SimulationRun.mustHold;

import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.ticket.QueueTicket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A customer with all that the service gave them. */
final class Shopper {

    final String name;
    final UUID id;

    @Nullable
    QueueTicket ticket;

    @Nullable
    Admission admission;

    @Nullable
    UUID entry;

    /** All tickets that the customer ever saw: the last one is {@link #ticket}. */
    final List<QueueTicket> tickets = new ArrayList<>();

    /**
     * Since Redis was last lost: the numbers of the customer, those that have become unusable, and that of the last
     * admission.
     */
    final Set<Long> numbers = new HashSet<>();

    final Set<Long> over = new HashSet<>();
    long admittedWith;

    Shopper(String name, UUID id) {
        this.name = name;
        this.id = id;
    }

    @Nullable
    Long number() {
        return ticket == null ? null : ticket.number();
    }

    void given(QueueTicket fresh) {
        ticket = fresh;
        if (!tickets.contains(fresh)) tickets.add(fresh);
        if (fresh.number() != null) numbers.add(fresh.number());
    }

    /**
     * One place is one turn: another number that the customer had beside that of an admission gives no second
     * admission.
     */
    void admitted(long number) {
        mustHold(
                number >= admittedWith && !over.contains(number),
                "%s had one place and was admitted with %d, and with %d as well",
                name,
                admittedWith,
                number);
        admittedWith = number;
        over.addAll(numbers);
        over.remove(number);
    }

    /** A loss of Redis forgets which numbers were void, and which number was the last. */
    void redisWasLost() {
        numbers.clear();
        over.clear();
        admittedWith = 0;
    }
}
