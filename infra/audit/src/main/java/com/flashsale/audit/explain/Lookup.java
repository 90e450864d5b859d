package com.flashsale.audit.explain;

import com.flashsale.audit.explain.Explanation.Subject;
import com.flashsale.audit.explain.Explanation.SubjectKind;
import com.flashsale.client.platform.Databases;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Finds out what an id names, and all further ids that belong to it. Each query has an index. */
final class Lookup {

    /** The newest orders of a customer that are explained; a person buys a few. */
    static final int MOST_ORDERS = 100;

    private final Databases databases;

    Lookup(Databases databases) {
        this.databases = databases;
    }

    /**
     * Empty if no service knows the id.
     *
     * @param text the id of an order, a payment, an admission, a waitlist entry or a customer; {@code SALE/NUMBER}; or
     *     a signed ticket
     */
    Optional<Footprint> find(String text) throws SQLException {
        var ticket = TicketNumber.of(text);
        if (ticket.isPresent()) return ticket(ticket.get());
        var id = TicketNumber.uuid(text);
        if (id.isEmpty()) return Optional.empty();
        var order = order(id.get());
        if (order.isPresent()) return order;
        var place = admissionOrEntry(id.get());
        return place.isPresent() ? place : customer(id.get());
    }

    private Optional<Footprint> order(UUID id) throws SQLException {
        var found = new Footprint(new Subject(SubjectKind.ORDER, id.toString()));
        ids("orders", Set.of(id), "select id from orders where id = any (?)", found.orders);
        for (var table : List.of("reservation", "refused_order")) {
            ids("inventory", Set.of(id), "select order_id from " + table + " where order_id = any (?)", found.orders);
        }
        ids("waitlist", Set.of(id), "select order_id from admitted_order where order_id = any (?)", found.orders);
        if (!found.orders.isEmpty()) return Optional.of(withOrders(found));
        ids("orders", Set.of(id), "select order_id from payment where id = any (?)", found.orders);
        if (found.orders.isEmpty()) return Optional.empty();
        var payment = new Footprint(
                new Subject(SubjectKind.ORDER, found.orders.iterator().next().toString()));
        payment.orders.addAll(found.orders);
        return Optional.of(withOrders(payment));
    }

    private Optional<Footprint> admissionOrEntry(UUID id) throws SQLException {
        var found = new Footprint(new Subject(SubjectKind.TICKET, id.toString()));
        ids("waitlist", Set.of(id), "select id from admission where id = any (?)", found.admissions);
        ids(
                "orders",
                Set.of(id),
                "select admission_id from voided_admission where admission_id = any (?)",
                found.admissions);
        ids("waitlist", Set.of(id), "select id from waitlist_entry where id = any (?)", found.entries);
        if (found.isEmpty()) return Optional.empty();
        withOrdersOfAdmissions(found);
        return Optional.of(withOrders(found));
    }

    private Optional<Footprint> customer(UUID id) throws SQLException {
        var found = new Footprint(new Subject(SubjectKind.CUSTOMER, id.toString()));
        found.customers.add(id);
        allOf(found, "");
        return found.sales.isEmpty() ? Optional.empty() : Optional.of(withOrders(found));
    }

    private Optional<Footprint> ticket(TicketNumber ticket) throws SQLException {
        var name = ticket.sale() + "/" + (ticket.number() == null ? "lobby" : ticket.number());
        var found = new Footprint(new Subject(SubjectKind.TICKET, name));
        var sale = Set.of(ticket.sale());
        if (ticket.customer() != null) found.customers.add(ticket.customer());
        if (ticket.number() != null) {
            var number = " where sale_id = any (?) and number = " + ticket.number();
            ids("waitlist", sale, "select customer_id from admission" + number, found.customers);
            ids("waitlist", sale, "select customer_id from lobby_place" + number, found.customers);
        }
        ids("waitlist", sale, "select sale_id from waiting_room where sale_id = any (?)", found.sales);
        if (found.sales.isEmpty() || (found.customers.isEmpty() && !wasIssued(ticket))) return Optional.empty();
        allOf(found, " and sale_id = '" + ticket.sale() + "'");
        return Optional.of(withOrders(found));
    }

    /** A number that was given out and has no row: only Redis knows its customer. */
    private boolean wasIssued(TicketNumber ticket) throws SQLException {
        return databases.count(
                        "waitlist",
                        "select count(*) from waiting_room where sale_id = '%s' and issued >= %d and %d > 0"
                                .formatted(ticket.sale(), ticket.number(), ticket.number()))
                > 0;
    }

    /** @param condition restricts them to one sale, or is empty */
    private void allOf(Footprint found, String condition) throws SQLException {
        var own = " from %s where customer_id = any (?)" + condition;
        ids(
                "orders",
                found.customers,
                "select id" + own.formatted("orders") + " order by id desc limit " + MOST_ORDERS,
                found.orders);
        ids("waitlist", found.customers, "select id" + own.formatted("admission"), found.admissions);
        ids("waitlist", found.customers, "select sale_id" + own.formatted("admission"), found.sales);
        ids("waitlist", found.customers, "select id" + own.formatted("waitlist_entry"), found.entries);
        ids("waitlist", found.customers, "select sale_id" + own.formatted("waitlist_entry"), found.sales);
        ids("waitlist", found.customers, "select sale_id" + own.formatted("lobby_place") + IN_KNOWN_SALES, found.sales);
        withOrdersOfAdmissions(found);
    }

    /** The primary key begins with the sale, and there are few of them. */
    private static final String IN_KNOWN_SALES = " and sale_id in (select sale_id from waiting_room)";

    private void withOrdersOfAdmissions(Footprint found) throws SQLException {
        ids("orders", found.admissions, "select id from orders where admission_id = any (?)", found.orders);
    }

    /** Adds sale, customer, admission, waitlist entry and payments of each order, and of each admission. */
    private Footprint withOrders(Footprint found) throws SQLException {
        ids("orders", found.orders, "select sale_id from orders where id = any (?)", found.sales);
        ids("orders", found.orders, "select customer_id from orders where id = any (?)", found.customers);
        ids("orders", found.orders, "select admission_id from orders where id = any (?)", found.admissions);
        ids("inventory", found.orders, "select sale_id from reservation where order_id = any (?)", found.sales);
        ids("inventory", found.orders, "select customer_id from reservation where order_id = any (?)", found.customers);
        ids("orders", found.orders, "select id from payment where order_id = any (?)", found.payments);
        ids(
                "waitlist",
                found.orders,
                "select admission_id from admitted_order where order_id = any (?)",
                found.admissions);
        ids("waitlist", found.admissions, "select entry_id from admission where id = any (?)", found.entries);
        ids("waitlist", found.admissions, "select id from waitlist_entry where admission_id = any (?)", found.entries);
        ids("waitlist", found.entries, "select id from admission where entry_id = any (?)", found.admissions);
        for (var column : List.of("sale_id", "customer_id")) {
            var into = column.equals("sale_id") ? found.sales : found.customers;
            ids("waitlist", found.admissions, "select " + column + " from admission where id = any (?)", into);
            ids("waitlist", found.entries, "select " + column + " from waitlist_entry where id = any (?)", into);
        }
        return found;
    }

    private void ids(String database, Collection<UUID> about, String query, Set<UUID> into) throws SQLException {
        databases.readAbout(database, List.copyOf(about), query, row -> {
            var id = row.getObject(1, UUID.class);
            if (id != null) into.add(id);
        });
    }
}
