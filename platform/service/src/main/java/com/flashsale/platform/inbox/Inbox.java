package com.flashsale.platform.inbox;

import static org.springframework.transaction.annotation.Propagation.MANDATORY;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/**
 * Remembers messages in the transaction of their effect: the marker and the handler's writes commit or roll back
 * together.
 */
public class Inbox {

    private final JdbcClient jdbc;

    Inbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Runs the handler if this message is new to the consumer. */
    @Transactional
    public void once(String consumer, UUID messageId, Runnable handler) {
        if (!firstSeen(consumer, Set.of(messageId)).isEmpty()) handler.run();
    }

    /**
     * Marks messages and returns the ids of the new ones, each once, in a set that belongs to the caller. A poll may
     * hold a message twice, so the caller removes each id from the set as it handles the message. MANDATORY: a marker
     * without its effect would lose a message.
     */
    @Transactional(propagation = MANDATORY)
    public Set<UUID> firstSeen(String consumer, Collection<UUID> messageIds) {
        if (messageIds.isEmpty()) return new HashSet<>();
        return new HashSet<>(jdbc.sql("""
                insert into inbox (consumer, message_id)
                select :consumer, id
                  from unnest(:ids::uuid[]) as message (id)
                 order by id
                on conflict do nothing
                returning message_id
                """)
                .param("consumer", consumer)
                .param("ids", messageIds.toArray(UUID[]::new))
                .query(UUID.class)
                .list());
    }
}
