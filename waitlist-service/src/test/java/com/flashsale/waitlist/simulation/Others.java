package com.flashsale.waitlist.simulation;

import static com.flashsale.platform.test.simulation.SimulationRun.mustHold;

import com.flashsale.platform.test.simulation.Messages;
import com.flashsale.platform.test.simulation.Partition;
import com.flashsale.platform.test.simulation.Recording;
import com.flashsale.platform.test.simulation.SeededRandom;
import com.flashsale.platform.test.simulation.SimulationRun;
import com.flashsale.waitlist.admission.Admission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * order-service and inventory-service, reduced to the needs of the waitlist: which admission became an order, which
 * order got its units, and the news of both, on their partitions. The truth about units is here.
 */
final class Others {

    static final class Order {
        final String name;
        final UUID id;
        final UUID customer;
        final int units;
        boolean held;
        boolean ended;

        Order(String name, UUID id, UUID customer, int units) {
            this.name = name;
            this.id = id;
            this.customer = customer;
            this.units = units;
        }
    }

    /** The news that waitlist-service reads, by the id of its listener; one key stays on one partition. */
    record Feed(String name, String listener, Partition<ConsumerRecord<String, byte[]>> partition) {}

    private static final int RESERVATION_PARTITIONS = 3;

    private final SeededRandom chance;
    private final Recording onlooker;
    private final UUID sale;
    private final int allotted;
    private final int limit;
    private final Feed orderNews;
    private final Feed answers;
    private final Feed stockNews;
    private final List<Feed> reservationNews = new ArrayList<>();
    private final Map<UUID, UUID> usedBy = new HashMap<>();
    private final Set<UUID> voided = new HashSet<>();
    private final Map<UUID, Order> orders = new LinkedHashMap<>();
    private final Deque<Order> undecided = new ArrayDeque<>();
    private int reserved;
    private int sold;
    private long version;
    private int answered;

    Others(SimulationRun play, UUID sale, int allotted, int limit) {
        this.chance = play.chance();
        this.onlooker = play.onlooker();
        this.sale = sale;
        this.allotted = allotted;
        this.limit = limit;
        orderNews = new Feed("orders", "orders", new Partition<>(onlooker));
        answers = new Feed("answers", "admissions", new Partition<>(onlooker));
        stockNews = new Feed("stock", "stock", new Partition<>(onlooker));
        for (int i = 0; i < RESERVATION_PARTITIONS; i++) {
            reservationNews.add(new Feed("reservations-" + i, "reservations", new Partition<>(onlooker)));
        }
        tellStock();
    }

    List<Feed> feeds() {
        var all = new ArrayList<>(reservationNews);
        all.addAll(List.of(orderNews, answers, stockNews));
        return all;
    }

    int available() {
        return allotted - reserved - sold;
    }

    int undecidedUnits() {
        return undecided.stream().mapToInt(order -> order.units).sum();
    }

    List<Order> held() {
        return orders.values().stream()
                .filter(order -> order.held && !order.ended)
                .toList();
    }

    boolean hasUndecided() {
        return !undecided.isEmpty();
    }

    /** Whether order-service would still accept an order with this admission. */
    boolean isOpen(UUID admission) {
        return !usedBy.containsKey(admission) && !voided.contains(admission);
    }

    boolean isVoid(UUID admission) {
        return voided.contains(admission);
    }

    /**
     * order-service accepts an admission once, and never a void one. Its clock may be wrong, so nothing here relies on
     * expiry.
     */
    Optional<Order> place(Admission admission, int units) {
        if (!isOpen(admission.id())) return Optional.empty();
        var order = new Order(
                "o" + orders.size(), chance.uuid(), admission.customer().value(), units);
        orders.put(order.id, order);
        usedBy.put(admission.id(), order.id);
        undecided.add(order);
        onlooker.by(Lanes.ORDERS);
        tell(
                orderNews,
                order.name + " placed",
                "order.order",
                "com.flashsale.order.order.placed.v1",
                Map.of(
                        "orderId",
                        order.id,
                        "admissionId",
                        admission.id(),
                        "saleId",
                        sale,
                        "customerId",
                        order.customer,
                        "quantity",
                        order.units));
        return Optional.of(order);
    }

    /** waitlist-service withdraws an admission, which was used or is void from now on. */
    void withdrawn(UUID admission) {
        var order = usedBy.get(admission);
        var name = "answer " + ++answered;
        onlooker.by(Lanes.ORDERS);
        if (order == null) {
            voided.add(admission);
            tell(
                    answers,
                    name,
                    "order.admission",
                    "com.flashsale.order.admission.voided.v1",
                    Map.of("admissionId", admission));
        } else {
            tell(
                    answers,
                    name,
                    "order.admission",
                    "com.flashsale.order.admission.used.v1",
                    Map.of("admissionId", admission, "orderId", order));
        }
    }

    /** Inventory decides the orders in the order of their arrival. */
    String decide() {
        var order = undecided.remove();
        if (unitsOf(order.customer) + order.units > limit) {
            order.ended = true;
            tellOf(order, "refused", Map.of("reason", "LIMIT_REACHED"));
            return order.name + " is refused: LIMIT_REACHED";
        }
        mustHold(order.units <= available(), "%s was admitted and finds no unit: one was promised twice", order.name);
        order.held = true;
        reserved += order.units;
        version++;
        tellOf(order, "held", Map.of());
        tellStock();
        return order.name + " is held";
    }

    /** The units that the customer holds or owns. */
    private int unitsOf(UUID customer) {
        return orders.values().stream()
                .filter(each -> each.held && each.customer.equals(customer))
                .mapToInt(each -> each.units)
                .sum();
    }

    boolean mayBuy(UUID customer) {
        return unitsOf(customer) < limit;
    }

    boolean isAllSold() {
        return sold == allotted;
    }

    void pay(Order order) {
        order.ended = true;
        reserved -= order.units;
        sold += order.units;
        version++;
        tellOf(order, "confirmed", Map.of());
        tellStock();
    }

    /** Cancelled, or expired: its units are back. */
    void release(Order order) {
        order.ended = true;
        order.held = false;
        reserved -= order.units;
        version++;
        tellOf(order, "released", Map.of());
        tellStock();
    }

    private void tellOf(Order order, String fact, Map<String, Object> more) {
        var data = new HashMap<String, Object>(more);
        data.putAll(Map.of("orderId", order.id, "saleId", sale, "stock", stock()));
        data.putAll(Map.of("customerId", order.customer, "quantity", order.units));
        var feed = reservationNews.get(Math.floorMod(order.id.hashCode(), RESERVATION_PARTITIONS));
        onlooker.by(Lanes.INVENTORY);
        tell(
                feed,
                order.name + " " + fact,
                "inventory.reservation",
                "com.flashsale.inventory.reservation." + fact + ".v1",
                data);
    }

    private void tellStock() {
        var data = new HashMap<>(stock());
        data.put("saleId", sale);
        onlooker.by(Lanes.INVENTORY);
        tell(stockNews, "stock " + (version + 1), "inventory.stock", "com.flashsale.inventory.stock.changed.v1", data);
    }

    Map<String, Object> stock() {
        return Map.of(
                "allotted",
                allotted,
                "available",
                available(),
                "reserved",
                reserved,
                "sold",
                sold,
                "version",
                version + 1);
    }

    private void tell(Feed feed, String name, String topic, String type, Map<String, ?> data) {
        feed.partition().append(Messages.message(topic, sale.toString(), type, chance.uuid(), data), name);
    }
}
