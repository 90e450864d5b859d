package com.flashsale.catalog.sale;

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

    private static final String SELECT = """
        select %s,
               product.picture, paused, paused_at, paused_ms, ended_at,
               stock.allotted as stock_allotted, stock.available as stock_available
          from sale
          join product on product.id = product_id
          left join sale_stock as stock on stock.sale_id = sale.id
        """.formatted(SaleRow.SELECTED);

    /**
     * Sales that are not over are few and sorted whole. Ended sales are read from the newest on, no further than the
     * page reaches.
     */
    private static final String LIST = """
        with running as (
            %1$s
             where sale.load_test is null
               and listed
               and ended_at is null
               and closes_at > :at
        ), ended as (
            %1$s
             where sale.load_test is null
               and listed
               and (ended_at is not null or closes_at <= :at)
               and sale.id < :endedBefore
             order by sale.id desc
             limit :fetch
        ), ranked as (
            select *, case when opens_at > :at then 'SCHEDULED'
                           when stock_available <= 0 then 'SOLD_OUT'
                           when paused then 'PAUSED'
                           else 'OPEN' end as state
              from running
            union all
            select *, 'ENDED' from ended
        ), placed as (
            select *, case state when 'SCHEDULED' then 1 when 'SOLD_OUT' then 2 when 'ENDED' then 3 else 0 end as rank,
                   case state when 'SCHEDULED' then (extract(epoch from opens_at) * 1000000)::bigint else 0 end as opens
              from ranked
             where cast(:state as text) is null or state = :state
        )
        select *
          from placed
         where (rank, opens) > (:rank, :opens)
            or (rank = :rank and opens = :opens and id < :before)
         order by rank, opens, id desc
         limit :fetch
        """.formatted(SELECT);

    private final JdbcClient jdbc;

    Sales(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Sale sale) {
        jdbc.sql(SaleRow.INSERT).paramSource(SaleRow.of(sale)).update();
    }

    Optional<SaleWithStock> find(UUID id) {
        return jdbc.sql(SELECT + "where sale.id = :id")
                .param("id", id)
                .query(SaleRow::read)
                .optional();
    }

    /**
     * Listed sales for real customers, in the order of {@link SalePosition}; the cases are {@link Sale#stateAt} in SQL.
     */
    List<SaleWithStock> list(@Nullable SaleState state, SalePosition from, int fetch) {
        return jdbc.sql(LIST)
                .param("at", from.at().atOffset(ZoneOffset.UTC))
                .param("endedBefore", from.endedBefore())
                .param("state", state == null ? null : state.name())
                .param("rank", from.rank())
                .param("opens", from.opens())
                .param("before", from.before())
                .param("fetch", fetch)
                .query(SaleRow::read)
                .list();
    }

    /** The ids of a load test's sales. */
    List<UUID> of(String loadTest) {
        return jdbc.sql("select id from sale where load_test = :loadTest")
                .param("loadTest", loadTest)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    /**
     * Each of these statements decides by itself whether the change is possible; one row changed means it was. They go
     * by the database's clock: replicas' clocks differ, and the length of a pause is a difference of two readings.
     */
    boolean pause(UUID id) {
        return changed("""
            update sale
               set paused = true, paused_at = now(), version = version + 1
             where id = :id
               and not paused
               and ended_at is null
               and opens_at <= now()
               and closes_at > now()
            """, id);
    }

    /** Resumes a sale. A pause without a beginning comes from a replica of the previous version and counts as zero. */
    boolean resume(UUID id) {
        return changed("""
            update sale
               set paused = false,
                   paused_at = null,
                   paused_ms = paused_ms
                               + greatest(0, coalesce(extract(epoch from now() - paused_at) * 1000, 0))::bigint,
                   version = version + 1
             where id = :id
               and paused
               and ended_at is null
               and closes_at > now()
            """, id);
    }

    boolean end(UUID id) {
        return changed("""
            update sale
               set ended_at = now(), version = version + 1
             where id = :id
               and ended_at is null
               and closes_at > now()
            """, id);
    }

    /** Changes how many turns a second the waiting room gives. */
    boolean changePace(UUID id, int admissionsPerSecond) {
        return jdbc.sql("""
                update sale
                   set admissions_per_second = :pace, version = version + 1
                 where id = :id
                   and admissions_per_second <> :pace
                   and ended_at is null
                   and closes_at > now()
                """).param("id", id).param("pace", admissionsPerSecond).update() == 1;
    }

    private boolean changed(String update, UUID id) {
        return jdbc.sql(update).param("id", id).update() == 1;
    }
}
