package com.flashsale.waitlist.room;

import com.flashsale.waitlist.sale.Sale;
import com.flashsale.waitlist.sale.SaleId;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of the rooms. Every counter only grows, so it does not matter which replica writes last. */
@Repository
class Rooms {

    private final JdbcClient jdbc;

    Rooms(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void create(Sale sale, byte[] seed) {
        jdbc.sql("""
                insert into waiting_room (sale_id, seed)
                values (:sale, :seed)
                on conflict do nothing
                """).param("sale", sale.id().value()).param("seed", seed).update();
    }

    Optional<RoomRow> find(SaleId sale) {
        return jdbc.sql("""
                select epoch, issued_ceiling, phase, seed
                  from waiting_room
                 where sale_id = :sale
                """).param("sale", sale.value()).query(RoomRow::read).optional();
    }

    /** Raises and commits the ceiling before Redis may give out a number of the new range. */
    RoomRow raiseCeiling(SaleId sale, long reached, int range) {
        return jdbc.sql("""
                update waiting_room
                   set issued_ceiling = greatest(issued_ceiling, :reached + :range)
                 where sale_id = :sale
                returning epoch, issued_ceiling, phase, seed
                """)
                .param("sale", sale.value())
                .param("reached", reached)
                .param("range", range)
                .query(RoomRow::read)
                .single();
    }

    /**
     * The last number that was given out, as PostgreSQL and the room of this epoch know it. No replica rebuilds the
     * room until the transaction ends.
     */
    long lastNumber(SaleId sale, long epoch, long issued) {
        return jdbc.sql("""
                select greatest(issued, :issued) as last
                  from waiting_room
                 where sale_id = :sale
                   and epoch = :epoch
                   for update
                """)
                .param("sale", sale.value())
                .param("epoch", epoch)
                .param("issued", issued)
                .query((row, _) -> row.getLong("last"))
                .optional()
                .orElseThrow(() -> WaitingRoomUnavailable.missing("the room was rebuilt during the draw"));
    }

    /** Raises the last number with an owner, and its ceiling, in the caller's transaction. */
    void raiseIssued(SaleId sale, long issued, int range) {
        jdbc.sql("""
                update waiting_room
                   set issued = greatest(issued, :issued),
                       issued_ceiling = greatest(issued_ceiling, :issued + :range)
                 where sale_id = :sale
                """)
                .param("sale", sale.value())
                .param("issued", issued)
                .param("range", range)
                .update();
    }

    /** The draw is over: customers in the lobby without a number have no chance. */
    void cutLobby(SaleId sale) {
        jdbc.sql("""
                update waiting_room
                   set lobby_cut = true
                 where sale_id = :sale
                """).param("sale", sale.value()).update();
    }

    void checkpoint(SaleId sale, RoomState state) {
        jdbc.sql("""
                update waiting_room
                   set issued = greatest(issued, :issued),
                       serving = greatest(serving, :serving),
                       settled = greatest(settled, :settled)
                 where sale_id = :sale
                   and epoch = :epoch
                """)
                .param("sale", sale.value())
                .param("issued", state.numbers().issued())
                .param("serving", state.numbers().serving())
                .param("settled", state.numbers().settled())
                .param("epoch", state.epoch())
                .update();
    }

    /** The first state of a rebuilt room. */
    record NewEpoch(long epoch, long knownIssued, long issued, long settled, long ceiling, long phase) {}

    /**
     * Begins a new epoch. Numbering continues at the ceiling that was reached: the numbers below it that were given out
     * after the last checkpoint are not known.
     */
    NewEpoch beginEpoch(SaleId sale, int range) {
        return jdbc.sql("""
                with before as (
                    select sale_id, issued, issued_ceiling, settled
                      from waiting_room
                     where sale_id = :sale
                       for update)
                update waiting_room
                   set epoch = epoch + 1,
                       issued = before.issued_ceiling,
                       issued_ceiling = before.issued_ceiling + :range
                  from before
                 where waiting_room.sale_id = before.sale_id
                returning epoch, before.issued as known_issued, before.issued_ceiling as issued, before.settled,
                          waiting_room.issued_ceiling as ceiling, phase
                """)
                .param("sale", sale.value())
                .param("range", range)
                .query((row, _) -> new NewEpoch(
                        row.getLong("epoch"),
                        row.getLong("known_issued"),
                        row.getLong("issued"),
                        row.getLong("settled"),
                        row.getLong("ceiling"),
                        row.getLong("phase")))
                .single();
    }

    /**
     * Adds the numbers that may or may not have been given out: they are served to customers who show their ticket. A
     * gap that follows another one makes it longer, since the scripts look through all gaps.
     */
    void addGap(SaleId sale, long after, long through) {
        jdbc.sql("""
                with longer as (
                    update number_gap
                       set through = :through
                     where sale_id = :sale
                       and through = :after
                    returning sale_id)
                insert into number_gap (sale_id, after, through)
                select sale_id, :after, :through
                  from waiting_room
                 where sale_id = :sale
                   and not exists (select 1 from longer)
                """)
                .param("sale", sale.value())
                .param("after", after)
                .param("through", through)
                .update();
    }

    /** As the scripts read it: {@code after-through,after-through}. */
    String gaps(SaleId sale) {
        return String.join(",", gapList(sale));
    }

    private List<String> gapList(SaleId sale) {
        return jdbc.sql("""
                select after || '-' || through as gap
                  from number_gap
                 where sale_id = :sale
                 order by after
                """)
                .param("sale", sale.value())
                .query((row, _) -> row.getString("gap"))
                .list();
    }
}
