package com.flashsale.waitlist.room;

import static com.flashsale.platform.sql.Columns.uuids;

import com.flashsale.waitlist.sale.SaleId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The phases of the rooms: selling by numbers (even) or sold out (odd). The counter only grows, so that a delayed
 * message leads neither Redis nor PostgreSQL back.
 */
@Repository
class RoomPhases {

    private final JdbcClient jdbc;

    RoomPhases(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long phase(SaleId sale) {
        return jdbc.sql("""
                select phase
                  from waiting_room
                 where sale_id = :sale
                """)
                .param("sale", sale.value())
                .query((row, _) -> row.getLong("phase"))
                .single();
    }

    /** Moves the room from selling to sold out, once; returns the present phase. */
    long soldOut(SaleId sale, RoomState state) {
        jdbc.sql("""
                update waiting_room
                   set phase = :phase,
                       sold_out_serving = :serving
                 where sale_id = :sale
                   and phase = :phase - 1
                """)
                .param("sale", sale.value())
                .param("phase", state.phase())
                .param("serving", state.numbers().serving())
                .update();
        return phase(sale);
    }

    /** The sales among these whose rooms are sold out. */
    List<SaleId> soldOut(Collection<SaleId> sales) {
        if (sales.isEmpty()) return List.of();
        return jdbc.sql("""
                select sale_id
                  from waiting_room
                 where sale_id = any(:sales)
                   and phase % 2 = 1
                """)
                .param("sales", uuids(sales, SaleId::value))
                .query((row, _) -> new SaleId(row.getObject("sale_id", UUID.class)))
                .list();
    }

    /** Lets one replica at a time give out freed units; customers who join the waitlist need not wait for it. */
    boolean lockSoldOut(SaleId sale) {
        return jdbc.sql("""
                select sale_id
                  from waiting_room
                 where sale_id = :sale
                   and phase % 2 = 1
                   for no key update skip locked
                """)
                .param("sale", sale.value())
                .query((row, _) -> row.getRow())
                .optional()
                .isPresent();
    }

    /** Keeps these rooms from reopening until the transaction ends. */
    void keepSoldOut(Collection<SaleId> sales) {
        jdbc.sql("""
                select sale_id
                  from waiting_room
                 where sale_id = any(:sales)
                 order by sale_id
                   for key share
                """)
                .param("sales", uuids(sales, SaleId::value))
                .query((row, _) -> row.getRow())
                .list();
    }

    /**
     * Waits for the transactions that keep the room sold out. The next statement sees their writes; this one does not.
     */
    void lockForReopening(SaleId sale) {
        jdbc.sql("""
                select sale_id
                  from waiting_room
                 where sale_id = :sale
                   for update
                """)
                .param("sale", sale.value())
                .query((row, _) -> row.getRow())
                .list();
    }

    long reopen(SaleId sale) {
        return jdbc.sql("""
                update waiting_room
                   set phase = phase + phase % 2
                 where sale_id = :sale
                returning phase
                """)
                .param("sale", sale.value())
                .query((row, _) -> row.getLong("phase"))
                .single();
    }
}
