package com.flashsale.waitlist.room;

import static com.flashsale.platform.sql.Columns.longs;
import static com.flashsale.platform.sql.Columns.uuids;
import static java.util.stream.Collectors.toMap;

import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.SaleId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Places in the lobbies, and the numbers that the draw gave them. */
@Repository
class LobbyPlaces {

    /** @param number null before the draw */
    record LobbyPlace(
            SaleId sale,
            CustomerId customer,
            long place,
            @Nullable Long number) {}

    private final JdbcClient jdbc;

    LobbyPlaces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds these; a customer who is there already keeps the place, and a number stays what it is. */
    void write(Collection<LobbyPlace> places) {
        jdbc.sql("""
                insert into lobby_place (sale_id, customer_id, place, number)
                select sale_id, customer_id, place, number
                  from unnest(:sales, :customers, :places, :numbers)
                    as told (sale_id, customer_id, place, number)
                 order by sale_id, customer_id
                on conflict (sale_id, customer_id) do update
                   set number = excluded.number
                 where lobby_place.number is null
                   and excluded.number is not null
                """)
                .param("sales", uuids(places, place -> place.sale().value()))
                .param("customers", uuids(places, place -> place.customer().value()))
                .param("places", longs(places, LobbyPlace::place))
                .param("numbers", longs(places, LobbyPlace::number))
                .update();
    }

    /** Those of these customers that have a number already. */
    Map<CustomerId, Long> numbers(SaleId sale, Collection<CustomerId> customers) {
        return jdbc
                .sql("""
                select customer_id, number
                  from lobby_place
                 where sale_id = :sale
                   and customer_id = any(:customers)
                   and number is not null
                """)
                .param("sale", sale.value())
                .param("customers", uuids(customers, CustomerId::value))
                .query((row, _) ->
                        Map.entry(new CustomerId(row.getObject("customer_id", UUID.class)), row.getLong("number")))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The places of a lobby page by page, by customers; without a number only while the draw goes on. */
    List<LobbyPlace> after(SaleId sale, UUID customer, int limit) {
        return jdbc.sql("""
                select sale_id, customer_id, place, number
                  from lobby_place
                 where sale_id = :sale
                   and customer_id > :customer
                   and (number is not null or not (select lobby_cut
                                                     from waiting_room
                                                    where waiting_room.sale_id = :sale))
                 order by customer_id
                 limit :limit
                """)
                .param("sale", sale.value())
                .param("customer", customer)
                .param("limit", limit)
                .query(LobbyPlaces::read)
                .list();
    }

    /** Deletes places of sales that ended a day ago; a full batch means that there may be more. */
    int forgetEnded(int limit) {
        return jdbc.sql("""
                delete from lobby_place
                 where ctid = any (array(select lobby_place.ctid
                                           from sale
                                           join lobby_place using (sale_id)
                                          where least(closes_at, ended_at) < now() - interval '1 day'
                                          limit :limit))
                """).param("limit", limit).update();
    }

    private static LobbyPlace read(ResultSet row, int position) throws SQLException {
        return new LobbyPlace(
                new SaleId(row.getObject("sale_id", UUID.class)),
                new CustomerId(row.getObject("customer_id", UUID.class)),
                row.getLong("place"),
                row.getObject("number", Long.class));
    }
}
