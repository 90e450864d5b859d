package com.flashsale.order.checkout;

import com.flashsale.order.order.Purchase;
import com.flashsale.order.payment.Answer;
import com.flashsale.order.payment.Payment;
import com.flashsale.platform.messaging.Event;
import com.flashsale.platform.time.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Stands in for inventory, the customer and the payment provider. */
public final class CheckoutTestAccess {

    private CheckoutTestAccess() {}

    public static void held(BeanFactory service, List<Purchase> orders) {
        var until = Instant.now().plusSeconds(60);
        says(service, orders, order -> new ReservationFact.Held(order, until, null));
    }

    public static void expired(BeanFactory service, List<Purchase> orders) {
        says(service, orders, ReservationFact.Expired::new);
    }

    private static void says(BeanFactory service, List<Purchase> orders, Function<UUID, ReservationFact> fact) {
        service.getBean(Checkout.class)
                .inventorySays(orders.stream()
                        .map(order -> new Event(
                                Ids.next(),
                                "",
                                order.id().toString(),
                                order.id().toString(),
                                Instant.now(),
                                fact.apply(order.id()),
                                null))
                        .toList());
    }

    /** An answer of the provider, heard by a replica that has read the payment some time ago. */
    public static void heard(BeanFactory service, Payment payment, Answer answer) {
        service.getBean(Checkout.class).providerAnswered(payment, answer);
    }

    public static void paid(BeanFactory service, Purchase order) {
        var payment = requested(service, order.id(), order.customerId())
                .orElseThrow(() -> new IllegalStateException("not payable: " + order));
        service.getBean(Checkout.class).providerAnswered(payment, new Answer.Captured());
    }

    /** Commits a request for payment; empty if it is refused. */
    public static Optional<Payment> requested(BeanFactory service, UUID order, UUID customer) {
        var wish = service.getBean(TransactionTemplate.class)
                .execute(_ ->
                        service.getBean(RequestPayment.class).request(order, customer, Payment.Method.TEST_APPROVE));
        return wish instanceof RequestPayment.Outcome.Requested(var _, var payment)
                ? Optional.of(payment)
                : Optional.empty();
    }

    /** One round of the job. */
    public static void reconcile(BeanFactory service) {
        service.getBean(PaymentReconciler.class).reconcile();
    }

    /** Inventory puts the units of this order back on sale. */
    public static void expired(BeanFactory service, UUID order) {
        says(service, order, new ReservationFact.Expired(order));
    }

    private static void says(BeanFactory service, UUID order, ReservationFact fact) {
        service.getBean(Checkout.class)
                .inventorySays(List.of(
                        new Event(Ids.next(), "", order.toString(), order.toString(), Instant.now(), fact, null)));
    }
}
