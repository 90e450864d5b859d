package com.flashsale.inventory.simulation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import com.flashsale.inventory.InventoryApplication;
import com.flashsale.platform.test.simulation.SimulatedService;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** inventory-service with a database of its own, as an onlooker sees it. */
record ReservationWorld(SimulatedService service) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static ReservationWorld start() {
        return new ReservationWorld(SimulatedService.start(InventoryApplication.class, Map.of()));
    }

    record Told(long seq, String topic, UUID key, String fact, JsonNode data) {}

    /** The events that were committed after this position, in the order in which the relay sends them. */
    List<Told> toldAfter(long seq) {
        return service.jdbc()
                .sql("""
                select seq, topic, key, type, data
                  from outbox
                 where seq > :seq
                 order by seq
                """)
                .param("seq", seq)
                .query((row, _) -> new Told(
                        row.getLong("seq"),
                        row.getString("topic"),
                        UUID.fromString(row.getString("key")),
                        row.getString("type").replaceAll("com\\.flashsale\\.inventory\\.[a-z]+\\.(.*)\\.v1", "$1"),
                        JSON.readTree(row.getString("data"))))
                .list();
    }

    /** The invariants about rows. */
    static final List<String> BOOKS = List.of("I2", "I1", "I6");

    /** By invariant, one line for each promise about rows that is broken now. */
    Map<String, List<String>> brokenPromises(int limit) {
        return service
                .jdbc()
                .sql("""
                select 'I1' as invariant, 'oversold: ' || stock_audit as broken
                  from stock_audit
                 where greatest(reserved + sold, reservation_reserved + reservation_sold) > allotted
                 union all
                select 'I2', 'the books differ: ' || stock_audit
                  from stock_audit
                 where (allotted, reserved, sold) is distinct from (ledger_allotted, ledger_reserved, ledger_sold)
                    or (reserved, sold) is distinct from (reservation_reserved, reservation_sold)
                 union all
                select 'I6', 'more than the limit: ' || sum(units)
                  from reservation
                 where state in ('HELD', 'CONFIRMED')
                 group by sale_id, customer_id
                having sum(units) > :limit
                """)
                .param("limit", limit)
                .query((row, _) -> Map.entry(row.getString("invariant"), row.getString("broken")))
                .list()
                .stream()
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
    }

    /** The units of the sale, for onlookers. */
    Map<String, Object> stock() {
        return service
                .jdbc()
                .sql("select allotted - reserved - sold as available, reserved, sold from stock")
                .query()
                .listOfRows()
                .stream()
                .findFirst()
                .orElse(Map.of());
    }

    /** Reservations that should have ended by now. */
    long overdue() {
        return service.jdbc().sql("""
                select count(*)
                  from reservation
                 where state = 'HELD'
                   and expires_at + interval '5 s' <= clock_timestamp()
                """).query(Long.class).single();
    }
}
