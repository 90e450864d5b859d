package com.flashsale.waitlist.simulation;

import static com.flashsale.platform.test.simulation.SimulationRun.mustBeEqual;
import static com.flashsale.platform.test.simulation.SimulationRun.mustHold;

import com.flashsale.platform.test.simulation.SimulationRun;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** The invariants of entries and offers that hold after every step of a run. */
final class EntryChecks {

    private static final Map<String, Set<String>> MAY_FOLLOW = Map.of(
            "nothing", Set.of("waiting"),
            "waiting", Set.of("offered", "left", "closed"),
            "offered", Set.of("ordered", "lapsed", "left", "closed"),
            // an order that was placed just before counts
            "left", Set.of("ordered"),
            "closed", Set.of("ordered"),
            "lapsed", Set.of(),
            // its order was refused, for the limit of its customer
            "ordered", Set.of("lapsed"));

    private final WaitlistWorld world;
    private final SimulationRun play;
    private final Others others;
    private final Map<UUID, Shopper> shoppers;
    private final Supplier<Instant> endsAt;
    private final Map<UUID, String> told = new HashMap<>();
    private final List<UUID> questions = new ArrayList<>();
    private List<JsonNode> waitedBefore = List.of();
    private Set<String> admittedBefore = Set.of();
    private final Set<String> limitedBefore = new HashSet<>();
    private final Set<UUID> offers = new HashSet<>();
    private long seen;

    EntryChecks(
            WaitlistWorld world,
            SimulationRun play,
            Others others,
            Map<UUID, Shopper> shoppers,
            Supplier<Instant> endsAt) {
        this.world = world;
        this.play = play;
        this.others = others;
        this.shoppers = shoppers;
        this.endsAt = endsAt;
    }

    /** The questions to order-service since the last look: the admissions that were withdrawn. */
    List<UUID> takeQuestions() {
        var taken = List.copyOf(questions);
        questions.clear();
        return taken;
    }

    /** The rows of the service, with the news since the last look. */
    WaitlistWorld.Rows rows() {
        return world.rows(seen);
    }

    void readNews(List<WaitlistWorld.Told> told) {
        for (var news : told) {
            seen = Math.max(seen, news.seq());
            if (news.topic().equals("waitlist.admission")) {
                questions.add(news.subject());
                continue;
            }
            var before = this.told.getOrDefault(news.subject(), "nothing");
            var customer = nameOf(news.data().get("customerId"));
            play.step("  " + customer + " is told " + news.fact());
            play.onlooker().tells(Lanes.CUSTOMERS, customer + " " + news.fact());
            mustHold(
                    MAY_FOLLOW.getOrDefault(before, Set.of()).contains(news.fact()),
                    "the entry of %s was told '%s' after '%s'",
                    customer,
                    news.fact(),
                    before);
            if (news.fact().equals("closed")) lookAtEnd(news);
            this.told.put(news.subject(), news.fact());
        }
    }

    /** The database's clock decides every irreversible step: a replica with a fast clock closes no list. */
    private void lookAtEnd(WaitlistWorld.Told news) {
        var database = world.first().service().databaseClock().instant();
        var customer = UUID.fromString(news.data().get("customerId").asString());
        mustHold(
                !database.isBefore(endsAt.get()) || others.isAllSold() || limitedBefore.contains(customer.toString()),
                "the entry of %s was closed at %s, and the sale ends at %s",
                nameOf(news.data().get("customerId")),
                database,
                endsAt.get());
    }

    /** An offer lasts as long as the sale says, by the clock that ends it. */
    void lookAtNewOffers(WaitlistWorld.Rows rows) {
        var database = world.first().service().databaseClock().instant();
        for (var admission : rows.admissions()) {
            if (!admission.get("source").asString().equals("OFFER") || !offers.add(id(admission))) continue;
            var expiresAt =
                    OffsetDateTime.parse(admission.get("expires_at").asString()).toInstant();
            var due = database.plus(CrowdRun.OFFER);
            var least = due.isBefore(endsAt.get()) ? due : endsAt.get();
            mustHold(!expiresAt.isBefore(least), "an offer made at %s ends at %s already", database, expiresAt);
        }
    }

    String nameOf(JsonNode customer) {
        var shopper = shoppers.get(UUID.fromString(customer.asString()));
        return shopper == null ? "a stranger" : shopper.name;
    }

    void lookAtEntries(WaitlistWorld.Rows rows) {
        var admitted = new HashSet<String>();
        for (var admission : rows.admissions()) {
            if (admission.get("state").asString().equals("ISSUED"))
                admitted.add(admission.get("customer_id").asString());
        }
        // passed over as well: they may buy nothing more
        for (var limited : rows.limited()) {
            admitted.add(limited.asString());
            limitedBefore.add(limited.asString());
        }
        var waiting = new ArrayList<JsonNode>();
        var states = new HashMap<UUID, String>();
        for (var entry : rows.entries()) {
            var state = entry.get("state").asString();
            states.put(id(entry), state);
            if (state.equals("WAITING")) waiting.add(entry);
            mustBeEqual(
                    told.getOrDefault(id(entry), "nothing"),
                    state.toLowerCase(java.util.Locale.ROOT),
                    "what an entry was told");
        }
        lookAtOffers(states, admitted);
        waitedBefore = waiting;
        admittedBefore = admitted;
    }

    /** No customer gets an offer while another customer in front could have had it. */
    private void lookAtOffers(Map<UUID, String> states, Set<String> admitted) {
        String passedOver = "";
        for (var entry : waitedBefore) {
            var customer = entry.get("customer_id").asString();
            var state = states.get(id(entry));
            mustHold(
                    passedOver.isEmpty() || !"OFFERED".equals(state),
                    "%s got an offer before %s, who stands in front of him",
                    nameOf(entry.get("customer_id")),
                    passedOver);
            if ("WAITING".equals(state) && !admitted.contains(customer) && !admittedBefore.contains(customer)) {
                passedOver = nameOf(entry.get("customer_id"));
            }
        }
    }

    /** After the end: every entry has ended, and nothing is promised. */
    void everythingHasEnded() {
        for (var entry : rows().entries()) {
            var state = entry.get("state").asString();
            mustHold(
                    !Set.of("WAITING", "OFFERED").contains(state),
                    "nobody told %s the end",
                    nameOf(entry.get("customer_id")));
        }
        for (var admission : rows().admissions()) {
            var state = admission.get("state").asString();
            mustHold(Set.of("DECIDED", "LAPSED").contains(state), "an admission is %s for ever", state);
        }
    }

    static UUID id(JsonNode row) {
        return UUID.fromString(row.get("id").asString());
    }
}
