package com.flashsale.audit.explain;

import com.flashsale.audit.explain.Explanation.SubjectKind;
import com.flashsale.client.platform.Databases;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Explains an order, a ticket or a customer from rows, topics and logs. Reads only, and changes nothing. */
public final class Explain {

    /**
     * The bounds of one explanation.
     *
     * @param messages the most messages that are searched before the search is restricted to the time around the rows
     * @param topicTime the longest time for the topics
     * @param statement the longest time for one query, in whole seconds
     * @param logBytes the most bytes of each log
     * @param ledgerRows the size up to which inventory's ledger is read as a whole
     */
    public record Limits(long messages, Duration topicTime, Duration statement, long logBytes, int ledgerRows) {

        /** An answer within about a second. */
        public static final Limits QUICK =
                new Limits(40_000, Duration.ofSeconds(3), Duration.ofSeconds(3), 16 << 20, 200_000);

        /** Everything, in the time that it takes. */
        public static final Limits ALL = new Limits(
                Long.MAX_VALUE, Duration.ofMinutes(10), Duration.ofMinutes(1), Long.MAX_VALUE >> 1, Integer.MAX_VALUE);
    }

    /** PostgreSQL's state of a statement that a timeout has ended. */
    private static final String TOO_SLOW = "57014";

    private final Databases databases;
    private final String kafka;
    private final @Nullable Path logs;
    private final Limits limits;
    private final Clock clock;

    /**
     * @param kafka {@code host:port}
     * @param logs the directory of the services' logs; null where the platform keeps them elsewhere
     */
    public Explain(Databases databases, String kafka, @Nullable Path logs, Limits limits, Clock clock) {
        this.databases = databases;
        this.kafka = kafka;
        this.logs = logs;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Empty if no service knows the id.
     *
     * @param text as in {@link Lookup#find}
     * @throws SQLException if the databases do not answer
     */
    public Optional<Explanation> explain(String text) throws SQLException {
        var began = clock.instant();
        try (var search = new EventSearch(kafka, new EventSearch.Limits(limits.messages(), limits.topicTime()))) {
            var found = new Lookup(databases).find(text.strip());
            if (found.isEmpty()) return Optional.empty();
            var line = new Timeline(began);
            rows(found.get(), line);
            events(found.get(), line, search);
            logs(found.get(), line);
            return Optional.of(line.finish(found.get().subject, clock));
        }
    }

    private void rows(Footprint found, Timeline line) throws SQLException {
        if (found.orders.size() >= Lookup.MOST_ORDERS) {
            line.unread("orders before the newest " + Lookup.MOST_ORDERS + " of this customer");
        }
        var readers = List.of(
                new WaitlistRows(databases, found, line),
                new OrderRows(databases, found, line),
                new InventoryRows(databases, found, line, limits.ledgerRows()),
                new PaymentRows(databases, found, line));
        for (var reader : readers) {
            try {
                reader.read();
            } catch (SQLException failed) {
                if (!TOO_SLOW.equals(failed.getSQLState())) throw failed;
                line.unread("rows of " + reader.service + ": a query took too long");
            }
        }
    }

    private void events(Footprint found, Timeline line, EventSearch search) throws SQLException {
        if (found.eventSubjects().isEmpty()) return;
        var messages = new Messages(databases, found, line);
        messages.waiting();
        try {
            messages.found(search.find(found, line.instants(), line::unread));
        } catch (KafkaException away) {
            line.unread("the topics: " + away.getMessage());
        }
    }

    private void logs(Footprint found, Timeline line) {
        if (logs == null) {
            line.note("The logs are not on this machine: search them for the traces above.");
            return;
        }
        var instants = line.instants();
        if (instants.isEmpty()) return; // no row, so nothing that a line could be about
        var redaction = new Redaction(found.secrets);
        new LogSearch(logs, wanted(found, line), redaction, limits.logBytes(), line)
                .read(instants.first(), instants.last());
    }

    private static Set<String> wanted(Footprint found, Timeline line) {
        var wanted = new HashSet<>(line.traces());
        found.eventSubjects().forEach(id -> wanted.add(id.toString()));
        found.payments.forEach(id -> wanted.add(id.toString()));
        found.events.forEach(id -> wanted.add(id.toString()));
        if (found.subject.kind() == SubjectKind.CUSTOMER) wanted.add(found.subject.id());
        return wanted;
    }
}
