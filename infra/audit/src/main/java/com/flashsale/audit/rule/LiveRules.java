package com.flashsale.audit.rule;

import java.time.Duration;
import java.util.List;

/**
 * The rules that hold in every committed snapshot and are cheap enough to be checked every second while a sale runs.
 * The whole audit uses the same rules.
 */
public final class LiveRules {

    /**
     * A hold may outlive its time by the grace that inventory gives to payments; this is the longest grace that may be
     * configured.
     */
    static final int LONGEST_GRACE_SECONDS = 10;

    /** How long a free unit and a customer who wants it may stand side by side. */
    static final Duration LIVELY = Duration.ofSeconds(30);

    private LiveRules() {}

    public static List<Invariant> all() {
        return List.of(
                new Invariant("I1", "no oversell", noMoreTakenThanAllotted(), noMoreReservedThanAllotted()),
                new Invariant("I2", "conservation of units", unitsAreConserved()),
                new Invariant("I6", "purchase limit", limitOfReservations()),
                new Invariant("I11", "no hold outlives its time", new HoldsEndInTime()),
                new Invariant("I12", "promises within goods", new PromisesWithinGoods()),
                new Invariant("I15", "no free unit beside one who waits", headOfTheListIsServed(), numbersMoveOn()));
    }

    static Rule noMoreTakenThanAllotted() {
        return new SqlRule("inventory", Rule.AT_ONCE, "select count(*) from stock", """
                select 'sale ' || sale_id,
                       format('%s reserved and %s sold of %s allotted', reserved, sold, allotted)
                  from stock
                 where reserved < 0
                    or sold < 0
                    or reserved + sold > allotted
                """);
    }

    static Rule noMoreReservedThanAllotted() {
        return new SqlRule("inventory", Rule.AT_ONCE, """
                select 'sale ' || sale_id,
                       format('%s units held or confirmed by reservations of %s allotted', taken, coalesce(allotted, 0))
                  from (select sale_id, sum(units) as taken
                          from reservation
                         where state in ('HELD', 'CONFIRMED')
                         group by sale_id) reserved
                  left join stock using (sale_id)
                 where taken > coalesce(allotted, 0)
                """);
    }

    static Rule unitsAreConserved() {
        return new SqlRule("inventory", Rule.AT_ONCE, "select count(*) from stock", """
                select 'sale ' || sale_id,
                       format('stock %s/%s/%s, ledger %s/%s/%s, reservations %s/%s (allotted/reserved/sold)',
                              allotted, reserved, sold, ledger_allotted, ledger_reserved, ledger_sold,
                              reservation_reserved, reservation_sold)
                  from stock_audit
                 where (allotted, reserved, sold) is distinct from (ledger_allotted, ledger_reserved, ledger_sold)
                    or (reserved, sold) is distinct from (reservation_reserved, reservation_sold)
                 order by 1
                """);
    }

    static Rule limitOfReservations() {
        return new SqlRule("inventory", Rule.AT_ONCE, "select count(*) from reservation", """
                select 'customer ' || customer_id || ' in sale ' || sale_id,
                       format('holds or owns %s, limit %s: orders %s', sum(units), purchase_limit,
                              string_agg(order_id::text, ' '))
                  from reservation
                  join stock using (sale_id)
                 where state in ('HELD', 'CONFIRMED')
                 group by sale_id, customer_id, purchase_limit
                having sum(units) > purchase_limit
                """);
    }

    /** The first entry changes as long as the list moves, so one busy sale is no standstill. */
    static Rule headOfTheListIsServed() {
        return new SqlRule(
                "waitlist",
                LIVELY,
                "select count(*) from waitlist_entry where state = 'WAITING'",
                OPEN_SALES + """
                select 'entry ' || first.id,
                       format('waits first in sale %s beside %s free units', open_sale.sale_id, free)
                  from open_sale
                """ + firstInLine("") + " where free > 0");
    }

    /**
     * Only Redis knows the turns that are given and not yet claimed. So a number gets the time of a turn before its
     * wait counts as a standstill.
     */
    static Rule numbersMoveOn() {
        return new SqlRule(
                "waitlist", LIVELY, "select count(*) from waiting_room where issued > serving", OPEN_SALES + """
                select 'number ' || serving + 1 || ' of sale ' || sale_id,
                       format('waits beside %s free units; %s numbers are issued', free, issued),
                       turn_ms
                  from open_sale
                  join waiting_room using (sale_id)
                 where phase % 2 = 0
                   and issued > serving
                   and available > 0
                   and greatest(1, floor(available * admission_factor)) - promised > 0
                """);
    }

    /**
     * Joins the first entry that waits in each open sale; an entry whose customer holds an admission waits for nothing.
     *
     * @param condition on the entry, beginning with {@code and}, or empty
     */
    static String firstInLine(String condition) {
        return """
                  join lateral (select id, joined_at
                                  from waitlist_entry as entry
                                 where entry.sale_id = open_sale.sale_id
                                   and state = 'WAITING'
                                   %s
                                   and not exists (select 1
                                                     from admission
                                                    where admission.sale_id = entry.sale_id
                                                      and admission.customer_id = entry.customer_id
                                                      and admission.state = 'ISSUED')
                                 order by place, turn
                                 limit 1) first on true
                """.formatted(condition);
    }

    static final String OPEN_SALES = """
            with open_sale as (
                select sale_id, available, admission_factor, turn_ms, promised,
                       available - promised as free, stock.updated_at as stock_since
                  from sale
                  join stock using (sale_id)
                  join lateral (select coalesce(sum(units), 0) as promised
                                  from admission
                                 where admission.sale_id = sale.sale_id
                                   and state in ('ISSUED', 'ORDERED')) promises on true
                 where not paused
                   and ended_at is null
                   and now() between opens_at and closes_at)
            """;
}
