package com.flashsale.audit.explain;

import com.flashsale.audit.explain.Explanation.Subject;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/** The ids by which a subject is known in the services; the readers add to it what they find. */
final class Footprint {

    final Subject subject;
    final Set<UUID> orders = new LinkedHashSet<>();
    final Set<UUID> admissions = new LinkedHashSet<>();
    final Set<UUID> entries = new LinkedHashSet<>();
    final Set<UUID> payments = new LinkedHashSet<>();
    final Set<UUID> events = new LinkedHashSet<>();
    final Set<UUID> customers = new LinkedHashSet<>();
    final Set<UUID> sales = new LinkedHashSet<>();

    /** Idempotency keys of the customers: they are masked wherever they appear. */
    final Set<String> secrets = new HashSet<>();

    Footprint(Subject subject) {
        this.subject = subject;
    }

    boolean isEmpty() {
        return orders.isEmpty() && admissions.isEmpty() && entries.isEmpty() && customers.isEmpty();
    }

    /** The subjects that events about it carry in {@code ce_subject}. */
    Set<UUID> eventSubjects() {
        var subjects = new LinkedHashSet<>(orders);
        subjects.addAll(admissions);
        subjects.addAll(entries);
        return subjects;
    }

    /** The keys that its events carry: the sale, or the order. */
    Set<String> eventKeys() {
        var keys = new HashSet<String>();
        sales.forEach(sale -> keys.add(sale.toString()));
        orders.forEach(order -> keys.add(order.toString()));
        return keys;
    }
}
