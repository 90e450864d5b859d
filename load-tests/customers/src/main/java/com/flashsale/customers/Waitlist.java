package com.flashsale.customers;

import com.flashsale.client.api.Answer;
import com.flashsale.client.api.Ending.Refused;
import com.flashsale.customers.Tally.Count;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Waiting for units that come back: looks the more often, the nearer the turn is. */
final class Waitlist {

    private static final Duration NEXT_LOOKS_AFTER = Duration.ofSeconds(1);

    /** Also how late at most one hears that it is over. */
    private static final Duration LAST_LOOKS_AFTER = Duration.ofSeconds(20);

    private static final long PER_PLACE_MS = 20;

    private final Visitor visitor;
    private @Nullable String entry;

    Waitlist(Visitor visitor) {
        this.visitor = visitor;
    }

    Way await(@Nullable String ticket) throws InterruptedException {
        if (entry == null) {
            Map<String, String> shown = ticket == null ? Map.of() : Map.of("ticket", ticket);
            var joined = visitor.wire().send(visitor.post("waitlist-entries", shown));
            switch (joined.problem()) {
                case "" -> entry = joined.text("id");
                case "not-sold-out" -> {
                    return new Way.Again();
                }
                case "waitlist-closed" -> {
                    return new Way.Over(new Refused("SOLD_OUT"));
                }
                default -> {
                    return Way.refusal(joined);
                }
            }
            visitor.count(Count.ON_WAITLIST);
            Thread.sleep(pause(joined));
        }
        return watch(visitor.get("/api/v1/waitlist-entries/" + entry).path());
    }

    private Way watch(String path) throws InterruptedException {
        while (visitor.isPatient()) {
            var seen = visitor.wire().send(visitor.get(path));
            if (!seen.isSuccess()) return Way.refusal(seen);
            switch (seen.text("state")) {
                case "OFFERED" -> {
                    visitor.count(Count.ADMITTED);
                    return new Way.Admitted(seen.text("admission"));
                }
                case "WAITING", "ORDERED" -> Thread.sleep(pause(seen));
                case "LAPSED" -> {
                    return new Way.Over(new Refused("OFFER_LAPSED"));
                }
                case "CLOSED" -> {
                    return new Way.Over(new Refused("CLOSED"));
                }
                default -> {
                    return Way.lost("the waitlist entry is " + seen.text("state"));
                }
            }
        }
        return Way.lost("the waitlist said nothing");
    }

    private static Duration pause(Answer entry) {
        long byPlace = entry.body().path("position").asLong(1) * PER_PLACE_MS;
        long pause = Math.clamp(byPlace, NEXT_LOOKS_AFTER.toMillis(), LAST_LOOKS_AFTER.toMillis());
        return Duration.ofMillis(pause - ThreadLocalRandom.current().nextLong(pause / 4 + 1));
    }
}
