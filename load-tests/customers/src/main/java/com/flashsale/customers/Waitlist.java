package com.flashsale.customers;

import com.flashsale.client.api.Answer;
import com.flashsale.client.api.Ending.Refused;
import com.flashsale.customers.Counters.Count;
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

    private final CustomerSession session;
    private @Nullable String entry;

    Waitlist(CustomerSession session) {
        this.session = session;
    }

    NextStep await(@Nullable String ticket) throws InterruptedException {
        if (entry == null) {
            Map<String, String> shown = ticket == null ? Map.of() : Map.of("ticket", ticket);
            var joined = session.client().send(session.post("waitlist-entries", shown));
            switch (joined.problem()) {
                case "" -> entry = joined.text("id");
                case "not-sold-out" -> {
                    return new NextStep.Again();
                }
                case "waitlist-closed" -> {
                    return new NextStep.Over(new Refused("SOLD_OUT"));
                }
                default -> {
                    return NextStep.refusal(joined);
                }
            }
            session.count(Count.ON_WAITLIST);
            Thread.sleep(pause(joined));
        }
        return watch(session.get("/api/v1/waitlist-entries/" + entry).path());
    }

    private NextStep watch(String path) throws InterruptedException {
        while (session.isPatient()) {
            var seen = session.client().send(session.get(path));
            if (!seen.isSuccess()) return NextStep.refusal(seen);
            switch (seen.text("state")) {
                case "OFFERED" -> {
                    session.count(Count.ADMITTED);
                    return new NextStep.Admitted(seen.text("admission"));
                }
                case "WAITING", "ORDERED" -> Thread.sleep(pause(seen));
                case "LAPSED" -> {
                    return new NextStep.Over(new Refused("OFFER_LAPSED"));
                }
                case "CLOSED" -> {
                    return new NextStep.Over(new Refused("CLOSED"));
                }
                default -> {
                    return NextStep.lost("the waitlist entry is " + seen.text("state"));
                }
            }
        }
        return NextStep.lost("the waitlist said nothing");
    }

    private static Duration pause(Answer entry) {
        long byPlace = entry.body().path("position").asLong(1) * PER_PLACE_MS;
        long pause = Math.clamp(byPlace, NEXT_LOOKS_AFTER.toMillis(), LAST_LOOKS_AFTER.toMillis());
        return Duration.ofMillis(pause - ThreadLocalRandom.current().nextLong(pause / 4 + 1));
    }
}
