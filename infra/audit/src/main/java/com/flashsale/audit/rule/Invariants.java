package com.flashsale.audit.rule;

import static com.flashsale.audit.rule.Rule.AT_ONCE;
import static com.flashsale.audit.rule.Rule.SETTLED;

import java.util.List;
import java.util.stream.Stream;

/** Every invariant that an audit checks, with the rules that show it. */
public final class Invariants {

    private Invariants() {}

    public static List<Invariant> all() {
        return Stream.of(
                        unitsAndOrders(),
                        List.of(TopicRules.everyEffectOnce(), TopicRules.eventsInOrder()),
                        peopleAndMoney())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Invariant> unitsAndOrders() {
        return List.of(
                new Invariant(
                        "I1",
                        "no oversell: sold + reserved <= allotted",
                        LiveRules.noMoreTakenThanAllotted(),
                        LiveRules.noMoreReservedThanAllotted(),
                        new PaidWithinOffer()),
                new Invariant(
                        "I2",
                        "conservation: stock = ledger = reservations",
                        LiveRules.unitsAreConserved(),
                        movesOfEachOrderAddUp()),
                new Invariant("I3", "orders and reservations agree", new OrdersMatchReservations()),
                new Invariant(
                        "I4",
                        "who was told yes has the order, who was told no has none",
                        new ClientRecordsMatchOrders(),
                        promisedOrdersExist(),
                        ordersWerePromised()),
                new Invariant(
                        "I5",
                        "one order per key and per admission",
                        admissionsAreUsedOnce(),
                        keysAreUsedOnce(),
                        keysAreOnes()),
                new Invariant(
                        "I6",
                        "nobody holds or owns more than the limit of the sale",
                        LiveRules.limitOfReservations(),
                        limitOfOrders()));
    }

    private static List<Invariant> peopleAndMoney() {
        return List.of(
                WaitlistRules.fair(),
                new Invariant(
                        "I10",
                        "money: one capture per paid order, no net charge for any other",
                        new MoneyMatchesOrders()),
                new Invariant(
                        "I11",
                        "no hold outlives its time; no payment begins after it",
                        new HoldsEndInTime(),
                        paymentsBeginInTime()),
                new Invariant(
                        "I12",
                        "promises within goods: admissions <= admissionFactor x available, orders <= admissions",
                        new PromisesWithinGoods(),
                        new OrdersHaveAdmissions(),
                        voidedAdmissionsStayVoid()),
                new Invariant(
                        "I15",
                        "no free unit stands 30 s beside one who waits",
                        WaitlistRules.nobodyWaitsBesideFreeUnits()));
    }

    /**
     * Each order's units come and go once: held, and then confirmed, released or expired; held again only after they
     * expired.
     */
    private static Rule movesOfEachOrderAddUp() {
        return new SqlRule("inventory", AT_ONCE, "select count(*) from reservation", """
                select 'order ' || order_id,
                       format('its moves leave %s units held, its reservation says %s: %s',
                              moved.held, coalesce(reservation.state, 'nothing'), moved.kinds)
                  from (select order_id,
                               sum(case kind when 'HELD' then units else -units end) as held,
                               string_agg(kind, ' ' order by id) as kinds
                          from ledger
                         where order_id is not null
                         group by order_id) moved
                  full join reservation using (order_id)
                 where coalesce(moved.held, 0)
                       is distinct from case when reservation.state = 'HELD' then reservation.units else 0 end
                    or moved.held is null
                """);
    }

    private static Rule promisedOrdersExist() {
        return new SqlRule("orders", AT_ONCE, "select count(*) from idempotency_record", """
                select 'order ' || split_part(location, '/orders/', 2),
                       'was promised to customer ' || scope || ' under key ' || key || ' and is not there'
                  from idempotency_record
                 where location like '/api/v1/orders/%'
                   and not exists (select 1
                                     from orders
                                    where '/api/v1/orders/' || id = location
                                      and customer_id::text = scope)
                """);
    }

    /** As long as answers are kept, 72 hours, each order has the one that its customer was given. */
    private static Rule ordersWerePromised() {
        return new SqlRule("orders", AT_ONCE, "select count(*) from orders", """
                select 'order ' || id,
                       'of customer ' || customer_id || ' is there, and no answer is kept that says so'
                  from orders
                 where placed_at > now() - interval '71 h'
                   and not exists (select 1
                                     from idempotency_record
                                    where location = '/api/v1/orders/' || id
                                      and scope = customer_id::text)
                """);
    }

    private static Rule admissionsAreUsedOnce() {
        return new SqlRule("orders", AT_ONCE, "select count(*) from orders", """
                select 'admission ' || admission_id, 'used by ' || count(*) || ' orders: ' || string_agg(id::text, ' ')
                  from orders
                 group by admission_id
                having count(*) > 1
                """);
    }

    private static Rule keysAreUsedOnce() {
        return new SqlRule("orders", AT_ONCE, "select count(*) from idempotency_record", """
                select 'key ' || key || ' of customer ' || scope,
                       'has ' || count(*) || ' answers: ' || string_agg(location, ' ')
                  from idempotency_record
                 group by scope, key
                having count(*) > 1
                """);
    }

    private static Rule keysAreOnes() {
        return new SqlRule("orders", AT_ONCE, """
                select 'order ' || split_part(location, '/orders/', 2),
                       'was placed under ' || count(*) || ' keys: ' || string_agg(key, ' ')
                  from idempotency_record
                 where location like '/api/v1/orders/%'
                   and convert_from(body, 'UTF8')::jsonb ->> 'state' = 'PLACED'
                 group by location
                having count(*) > 1
                """);
    }

    /** Order-service accepts no order with these admissions: their units are promised to others. */
    private static Rule voidedAdmissionsStayVoid() {
        return new SqlRule("orders", AT_ONCE, "select count(*) from voided_admission", """
                select 'order ' || id, 'was placed with admission ' || admission_id || ', which was taken back'
                  from orders
                  join voided_admission using (admission_id)
                """);
    }

    /** A payment that begins in time may end late; a payment that begins late must not be kept. */
    private static Rule paymentsBeginInTime() {
        return new SqlRule("orders", SETTLED, "select count(*) from payment", """
                select 'payment ' || payment.id,
                       format('of order %s was begun at %s, it could be paid until %s', order_id, requested_at,
                              coalesce(payable_until, reserved_until))
                  from payment
                  join orders on orders.id = order_id
                 where payment.state = 'CAPTURED'
                   and requested_at >= coalesce(payable_until, reserved_until)
                """);
    }

    /** An order that was paid too late counts until inventory has taken it back. */
    private static Rule limitOfOrders() {
        return new SqlRule("orders", SETTLED, "select count(*) from orders", """
                select 'customer ' || customer_id || ' in sale ' || sale_id,
                       format('paid for %s, limit %s: orders %s', sum(quantity), sale.purchase_limit,
                              string_agg(orders.id::text, ' '))
                  from orders
                  join sale on sale.id = sale_id
                 where state = 'PAID'
                 group by sale_id, customer_id, sale.purchase_limit
                having sum(quantity) > sale.purchase_limit
                """);
    }
}
