package com.flashsale.waitlist.entry;

import com.flashsale.waitlist.admission.SettleAdmissions;
import com.flashsale.waitlist.sale.CustomerId;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes a customer off the list; a unit that was kept for them is the next one's as soon as they cannot use it any
 * more.
 */
@Service
class LeaveWaitlist {

    private final Entries entries;
    private final EntryEvents events;
    private final SettleAdmissions settleAdmissions;
    private final TransactionTemplate transaction;

    LeaveWaitlist(
            Entries entries, EntryEvents events, SettleAdmissions settleAdmissions, TransactionTemplate transaction) {
        this.entries = entries;
        this.events = events;
        this.settleAdmissions = settleAdmissions;
        this.transaction = transaction;
    }

    void leave(UUID entry, CustomerId owner) {
        transaction.executeWithoutResult(_ -> {
            var left = entries.leave(entry, owner).stream().toList();
            events.tell(left);
            settleAdmissions.withdraw(WriteOffers.offersOf(left));
        });
    }
}
