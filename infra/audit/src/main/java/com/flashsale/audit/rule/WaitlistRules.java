package com.flashsale.audit.rule;

import static com.flashsale.audit.rule.Rule.AT_ONCE;
import static com.flashsale.audit.rule.Rule.SETTLED;

/** I9 and I15: the waitlist serves its entries in order and forgets none. */
final class WaitlistRules {

    private WaitlistRules() {}

    static Invariant fair() {
        return new Invariant(
                "I9",
                "the line is fair: offers in the order of places, an answer for each entry at the end",
                new FirstComeFirstServed(),
                nobodyIsSilentAfterTheEnd(),
                offersAndEntriesAgree(),
                numbersAreOnes(),
                nobodyIsLetInTwice());
    }

    /** Over: the sale is closed, ended, or all its units are paid for. */
    private static Rule nobodyIsSilentAfterTheEnd() {
        return new SqlRule("waitlist", SETTLED, "select count(*) from waitlist_entry", """
                select 'entry ' || waitlist_entry.id,
                       format('is still %s, sale %s is over since %s', state, sale_id, over.since)
                  from waitlist_entry
                  join sale using (sale_id)
                  join stock using (sale_id)
                  cross join lateral (
                       select least(closes_at, ended_at,
                                    case when sold = stock.allotted then stock.updated_at end) as since) over
                 where state in ('WAITING', 'OFFERED')
                   and over.since < now() - interval '30 s'
                 order by waitlist_entry.id
                 limit 100
                """);
    }

    private static Rule offersAndEntriesAgree() {
        return new SqlRule("waitlist", SETTLED, "select count(*) from admission where source = 'OFFER'", """
                select 'entry ' || entry.id,
                       format('is %s, its offer %s is %s', entry.state, entry.admission_id,
                              coalesce(admission.state, 'not there'))
                  from waitlist_entry as entry
                  left join admission on admission.id = entry.admission_id
                 where (entry.state = 'OFFERED' and admission.state is distinct from 'ISSUED')
                    or (entry.state = 'ORDERED' and coalesce(admission.state, '') not in ('ORDERED', 'DECIDED'))
                    or (entry.state in ('LAPSED', 'LEFT', 'CLOSED') and admission.state = 'ISSUED')
                    or (entry.state = 'WAITING' and entry.admission_id is not null)
                """);
    }

    private static Rule numbersAreOnes() {
        return new SqlRule("waitlist", AT_ONCE, "select count(*) from admission where number is not null", """
                select 'number ' || number || ' of sale ' || sale_id,
                       'was let in as ' || count(distinct customer_id) || ' customers: admissions '
                           || string_agg(id::text, ' ')
                  from admission
                 where number is not null
                 group by sale_id, number
                having count(distinct customer_id) > 1
                """);
    }

    private static Rule nobodyIsLetInTwice() {
        return new SqlRule("waitlist", AT_ONCE, """
                select 'customer ' || customer_id || ' in sale ' || sale_id,
                       'holds ' || count(*) || ' admissions at once: ' || string_agg(id::text, ' ')
                  from admission
                 where state = 'ISSUED'
                 group by sale_id, customer_id
                having count(*) > 1
                """);
    }

    /**
     * Judges by the recorded times, so that one look is enough; a watch sees the numbers of the waiting room as well.
     */
    static Rule nobodyWaitsBesideFreeUnits() {
        return new SqlRule(
                "waitlist",
                SETTLED,
                "select count(*) from waitlist_entry",
                LiveRules.OPEN_SALES + """
                select 'entry ' || first.id,
                       format('waits since %s in sale %s beside %s free units', first.joined_at,
                              open_sale.sale_id, free)
                  from open_sale
                """ + LiveRules.firstInLine("and joined_at < now() - interval '30 s'") + """
                 where free > 0
                   and stock_since < now() - interval '30 s'
                   and not exists (select 1
                                     from admission
                                    where admission.sale_id = open_sale.sale_id
                                      and admission.lapses_at > now() - interval '30 s')
                """);
    }
}
