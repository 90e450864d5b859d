package com.flashsale.customers.demo;

import com.flashsale.client.platform.Databases;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Counts the customers who were let in before another customer in front of them. There are two ways in, and two checks.
 * A turn: no number may be admitted that the serving number had not reached, for then every number between them still
 * waited. An offer: no entry of the waitlist may get one while an earlier entry waits without.
 */
final class Fairness {

    /** Checkpoints of the serving number are half a second apart; a busy machine makes that more. */
    private static final long CHECKPOINT_LAG_MS = 3_000;

    /** An entry that was written within this time before an offer may have been invisible when the offer was made. */
    private static final long COMMIT_LAG_MS = 1_000;

    /** @param at when it was made, in milliseconds of the epoch */
    record TurnStep(long number, long at) {}

    /**
     * @param order place and turn, comparable as text in the order of the waitlist
     * @param offered when it got its first offer; null if it never did
     */
    record Entry(String order, long joined, @Nullable Long offered) {}

    private Fairness() {}

    static long inversions(Databases databases, String saleId, List<Timeline.Look> looks) throws SQLException {
        var sale = "'" + UUID.fromString(saleId) + "'";
        var turns = new ArrayList<TurnStep>();
        var offers = new HashMap<String, Long>();
        databases.read("waitlist", "select id, number, entry_id from admission where sale_id = " + sale, row -> {
            long at = madeAt(UUID.fromString(row.getString(1)));
            var entry = row.getString(3);
            if (entry == null) {
                turns.add(new TurnStep(row.getLong(2), at));
            } else {
                offers.merge(entry, at, Math::min);
            }
        });
        var entries = new ArrayList<Entry>();
        databases.read(
                "waitlist",
                """
                select id, place, turn, extract(epoch from joined_at) * 1000
                  from waitlist_entry
                 where state <> 'LEFT'
                   and sale_id =\s""" + sale,
                row -> entries.add(new Entry(
                        "%020d %020d".formatted(row.getLong(2), row.getLong(3)),
                        row.getLong(4),
                        offers.get(row.getString(1)))));
        return ofTurns(turns, looks) + ofOffers(entries);
    }

    /** Turns whose number the serving number had not reached, not even some time later. */
    static long ofTurns(List<TurnStep> turns, List<Timeline.Look> looks) {
        return turns.stream()
                .filter(turn -> turn.number() > servingAfter(turn.at() + CHECKPOINT_LAG_MS, looks))
                .count();
    }

    private static long servingAfter(long at, List<Timeline.Look> looks) {
        return looks.stream()
                .filter(look -> look.at() >= at)
                .mapToLong(Timeline.Look::serving)
                .findFirst()
                .orElseGet(() -> looks.isEmpty() ? 0 : looks.getLast().serving());
    }

    /** Offers made while an earlier entry had waited for longer than a commit takes, and went on waiting. */
    static long ofOffers(List<Entry> entries) {
        var sorted = entries.stream().sorted(Comparator.comparing(Entry::order)).toList();
        long inversions = 0;
        for (int i = 0; i < sorted.size(); i++) {
            var offered = sorted.get(i).offered();
            if (offered != null && sorted.subList(0, i).stream().anyMatch(earlier -> waitedAt(earlier, offered))) {
                inversions++;
            }
        }
        return inversions;
    }

    private static boolean waitedAt(Entry entry, long at) {
        var offered = entry.offered();
        return entry.joined() < at - COMMIT_LAG_MS && (offered == null || offered > at + COMMIT_LAG_MS);
    }

    /** Ids are UUIDs of version 7: the first 48 bits are the time. */
    static long madeAt(UUID id) {
        return id.getMostSignificantBits() >>> 16;
    }
}
