package com.flashsale.catalog.sale;

import com.flashsale.catalog.reading.PageRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** SQL of sales. */
@Repository
class Sales {

    private final JdbcClient jdbc;

    Sales(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Sale sale) {
        jdbc.sql("""
                insert into sale (id, version, product_id, product_name, price_minor, currency, allotted,
                                  purchase_limit, opens_at, closes_at, hold_ms, crowd_factor, admission_factor,
                                  admissions_per_second, turn_ms, admission_ms, offer_ms, draw, load_test)
                values (:id, :version, :productId, :productName, :priceMinor, :currency, :allotted,
                        :purchaseLimit, :opensAt, :closesAt, :holdMs, :crowdFactor, :admissionFactor,
                        :admissionsPerSecond, :turnMs, :admissionMs, :offerMs, :draw, :loadTest)
                """).paramSource(SaleRow.of(sale)).update();
    }

    Optional<Listing> find(UUID id) {
        return jdbc.sql("""
                select sale.id, sale.version, product_id, product_name, price_minor, currency, sale.allotted,
                       purchase_limit, opens_at, closes_at, hold_ms, crowd_factor, admission_factor,
                       admissions_per_second, turn_ms, admission_ms, offer_ms, draw, paused, ended_at, sale.load_test,
                       stock.allotted as stock_allotted, stock.available as stock_available
                  from sale
                  left join sale_stock as stock on stock.sale_id = sale.id
                 where sale.id = :id
                """).param("id", id).query(SaleRow::read).optional();
    }

    /** Those for real customers, newest first, one more than the page holds; the case is {@link Sale#stateAt} in SQL. */
    List<Listing> list(@Nullable SaleState state, Instant now, PageRequest page) {
        return jdbc.sql("""
                select sale.id, sale.version, product_id, product_name, price_minor, currency, sale.allotted,
                       purchase_limit, opens_at, closes_at, hold_ms, crowd_factor, admission_factor,
                       admissions_per_second, turn_ms, admission_ms, offer_ms, draw, paused, ended_at, sale.load_test,
                       stock.allotted as stock_allotted, stock.available as stock_available
                  from sale
                  left join sale_stock as stock on stock.sale_id = sale.id
                 where sale.id < :before
                   and sale.load_test is null
                   and (cast(:state as text) is null
                        or :state = case when ended_at is not null or closes_at <= :now then 'ENDED'
                                         when opens_at > :now then 'SCHEDULED'
                                         when paused then 'PAUSED'
                                         when stock.available <= 0 then 'SOLD_OUT'
                                         else 'OPEN' end)
                 order by sale.id desc
                 limit :fetch
                """)
                .param("before", page.before())
                .param("state", state == null ? null : state.name())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("fetch", page.fetch())
                .query(SaleRow::read)
                .list();
    }

    /** Of a load test. */
    List<UUID> of(String loadTest) {
        return jdbc.sql("select id from sale where load_test = :loadTest")
                .param("loadTest", loadTest)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    /** Each of the three statements decides by itself whether the change is possible; one row changed means it was. */
    boolean pause(UUID id, Instant now) {
        return jdbc.sql("""
                update sale
                   set paused = true, version = version + 1
                 where id = :id
                   and not paused
                   and ended_at is null
                   and opens_at <= :now
                   and closes_at > :now
                """)
                        .param("id", id)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    boolean resume(UUID id, Instant now) {
        return jdbc.sql("""
                update sale
                   set paused = false, version = version + 1
                 where id = :id
                   and paused
                   and ended_at is null
                   and closes_at > :now
                """)
                        .param("id", id)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    boolean end(UUID id, Instant now) {
        return jdbc.sql("""
                update sale
                   set ended_at = :now, version = version + 1
                 where id = :id
                   and ended_at is null
                   and closes_at > :now
                """)
                        .param("id", id)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }
}
