package com.flashsale.audit.explain;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The reason of each decision and the class that made it. A test holds that these classes exist. */
final class Reasons {

    static final String ORDER = "order-service";
    static final String INVENTORY = "inventory-service";
    static final String WAITLIST = "waitlist-service";
    static final String PAYMENT = "payment-simulator";

    private static final Map<String, String> SERVICES =
            Map.of("order", ORDER, "inventory", INVENTORY, "waitlist", WAITLIST, "payment", PAYMENT);

    /**
     * Two lines for each fact: its name, the class without {@code com.flashsale.} and the decision; then the reason. A
     * fact whose outcome has a reason code has one more entry for each code.
     */
    private static final String TABLE = """
            admission.turn | waitlist.ticket.IssueAdmission | admission issued for a turn
            The number was the next in the line, and a unit was free to promise.
            admission.withdrawn | waitlist.admission.SettleAdmissions | admission withdrawn
            Its time ended and no order was heard of. Order-service is asked before the units go on.
            admission.voided | order.placement.VoidAdmissions | admission voided
            No order came with it, and none ever will. Its units go to the next customer.
            admission.used | order.placement.VoidAdmissions | admission found to be used
            An order came with it before it was withdrawn, so it stays with that order.
            entry.waiting | waitlist.entry.JoinWaitlist | place on the waitlist
            The sale was sold out, and the customer wants a unit that comes back.
            entry.offered | waitlist.entry.WriteOffers | unit offered
            A unit came back, and this entry was the first that waited.
            entry.ordered | waitlist.entry.FollowAdmissions | offer used
            An order came with the admission of the offer.
            entry.lapsed | waitlist.entry.FollowAdmissions | offer lapsed
            No order came in the time of the offer. The unit goes to the next entry.
            entry.left | waitlist.entry.LeaveWaitlist | waitlist left
            The customer wanted no unit any more.
            entry.closed | waitlist.entry.CloseWaitlist | waitlist entry closed
            The sale ended, or no unit can come back any more.
            order.placed | order.placement.PlaceOrder | order accepted
            The admission was valid for this sale, customer and quantity, and was not used before.
            order.paid | order.checkout.Checkout | order paid
            The provider captured the money while the units were reserved.
            order.cancelled | order.checkout.Checkout | order cancelled
            The order can no longer be paid.
            order.cancelled:EXPIRED | order.checkout.Checkout | order cancelled
            The time to pay ended without a payment that inventory could confirm.
            order.cancelled:PAYMENT_DECLINED | order.checkout.Checkout | order cancelled
            The time to pay ended, and the provider had declined the last payment.
            order.cancelled:BY_CUSTOMER | order.checkout.Checkout | order cancelled
            The customer cancelled before it was paid.
            reservation.held | inventory.reservation.StockDecision | units held
            Enough units were free, and the customer was within the purchase limit.
            reservation.refused | inventory.reservation.StockDecision | units refused
            The order could not have its units.
            reservation.refused:SOLD_OUT | inventory.reservation.StockDecision | units refused
            Fewer units were free than the order asked for, or the sale was not open.
            reservation.refused:LIMIT_REACHED | inventory.reservation.StockDecision | units refused
            With these units the customer would have more than the purchase limit.
            reservation.confirmed | inventory.reservation.StockDecision | units sold
            The order was paid, and its units were held or could be taken again.
            reservation.released | inventory.reservation.StockDecision | units released
            The order was cancelled before it was paid.
            reservation.confirmation-refused | inventory.reservation.StockDecision | sale of the units refused
            The payment came after the hold had ended, and no unit was left. The money goes back.
            reservation.expired | inventory.reservation.ExpireReservations | hold expired
            The time to pay and its grace ended, and the order was not paid. The units are free again.
            payment.requested | order.checkout.RequestPayment | payment accepted
            The units were reserved, the time to pay was not over, and no other payment could take the money.
            payment.declined | order.checkout.Checkout | payment declined
            The provider declined. The units stay reserved, so that another payment can be tried.
            payment.refunded | order.checkout.Checkout | money given back
            The money was captured, but the order did not keep its units.
            payment.abandoned | order.checkout.Checkout | payment given up
            The provider did not know the charge long after the time to pay.
            charge.captured | payment.charge.TakeCharge | money captured
            This key had no charge before, and the payment method was approved.
            charge.declined | payment.charge.TakeCharge | charge declined
            The payment method was not approved.
            """;

    /** @param decidedBy without the common prefix {@code com.flashsale.} */
    record Reason(String service, String decidedBy, String what, String why) {}

    private static final Map<String, Reason> KNOWN = parsed(TABLE.lines().toList());

    private Reasons() {}

    /** Empty if the fact records a consequence, and no class had a choice. */
    static Optional<Reason> of(String fact, Details details) {
        var exact = details.get("reason").map(reason -> KNOWN.get(fact + ":" + reason));
        return exact.or(() -> Optional.ofNullable(KNOWN.get(fact)));
    }

    static Collection<Reason> all() {
        return KNOWN.values();
    }

    private static Map<String, Reason> parsed(List<String> lines) {
        var known = new HashMap<String, Reason>();
        for (int i = 0; i < lines.size(); i += 2) {
            var columns = lines.get(i).split(" \\| ", -1);
            var decidedBy = columns[1];
            var service = SERVICES.getOrDefault(decidedBy.substring(0, decidedBy.indexOf('.')), "unknown");
            known.put(columns[0], new Reason(service, decidedBy, columns[2], lines.get(i + 1)));
        }
        return known;
    }
}
