package com.flashsale.waitlist.simulation;

import static com.flashsale.platform.test.simulation.Play.mustBeEqual;
import static com.flashsale.platform.test.simulation.Play.mustHold;

import com.flashsale.platform.test.simulation.Play;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** The invariants that hold after every step of a run. They know only the promises of the service, not its code. */
final class CrowdChecks {

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
    private final Play play;
    private final UUID sale;
    private final Others others;
    private final Map<UUID, Shopper> shoppers;
    private final Map<Long, Shopper> owners = new HashMap<>();
    private final Map<Shopper, Long> lobby = new LinkedHashMap<>();
    private final Map<Shopper, Long> drawn = new LinkedHashMap<>();
    private final Set<Long> hadTurn = new HashSet<>();
    private final Set<Long> replaced = new HashSet<>();
    private final Map<UUID, String> told = new HashMap<>();
    private final Set<UUID> asked = new HashSet<>();
    private final List<UUID> questions = new ArrayList<>();
    private List<JsonNode> waitedBefore = List.of();
    private Set<String> admittedBefore = Set.of();
    private final Set<String> limitedBefore = new HashSet<>();
    private final Set<UUID> offers = new HashSet<>();
    private final Supplier<Instant> endsAt;
    private long seen;
    private String epoch = "";
    private long serving;
    private long issued;

    CrowdChecks(
            WaitlistWorld world,
            Play play,
            UUID sale,
            Others others,
            Map<UUID, Shopper> shoppers,
            Supplier<Instant> endsAt) {
        this.endsAt = endsAt;
        this.world = world;
        this.play = play;
        this.sale = sale;
        this.others = others;
        this.shoppers = shoppers;
    }

    /** The questions to order-service since the last look: the admissions that were withdrawn. */
    List<UUID> takeQuestions() {
        var taken = List.copyOf(questions);
        questions.clear();
        return taken;
    }

    /** A turn that came and was given back at once, since its customer holds another admission. */
    void hasTurn(long number) {
        hadTurn.add(number);
    }

    boolean hadTurn(long number) {
        return hadTurn.contains(number);
    }

    /** A place in the lobby; the places that were given before the draw are its order. */
    void inLobby(Shopper shopper, long place) {
        if (!world.isDrawn(sale)) lobby.putIfAbsent(shopper, place);
    }

    private void lookAtDraw(Shopper shopper, long number) {
        var place = lobby.get(shopper);
        if (place == null || drawn.putIfAbsent(shopper, number) != null) return;
        long own = place;
        // customers of one microsecond have no order among them
        drawn.forEach((other, others) -> mustHold(
                own == lobby.getOrDefault(other, 0L) || (own < lobby.getOrDefault(other, 0L)) == (number < others),
                "the draw gave %d to %s and %d to %s, whose places are the other way round: %d and %s",
                number,
                shopper.name,
                others,
                other.name,
                own,
                lobby.get(other)));
    }

    /** A number belongs to one customer for ever. */
    void given(Shopper shopper, long number) {
        lookAtDraw(shopper, number);
        var owner = owners.putIfAbsent(number, shopper);
        mustHold(
                owner == null || owner == shopper,
                "number %d was given to %s and to %s",
                number,
                name(owner),
                shopper.name);
    }

    private static String name(@org.jspecify.annotations.Nullable Shopper shopper) {
        return shopper == null ? "nobody" : shopper.name;
    }

    WaitlistWorld.Rows look() {
        var rows = world.rows(seen);
        readNews(rows.told());
        lookAtNewOffers(rows);
        lookAtRoom(rows);
        lookAtPromises(rows);
        lookAtEntries(rows);
        return rows;
    }

    private void readNews(List<WaitlistWorld.Told> told) {
        for (var news : told) {
            seen = Math.max(seen, news.seq());
            if (news.topic().equals("waitlist.admission")) {
                questions.add(news.subject());
                asked.add(news.subject());
                continue;
            }
            var before = this.told.getOrDefault(news.subject(), "nothing");
            var customer = nameOf(news.data().get("customerId"));
            play.step("  " + customer + " is told " + news.fact());
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
    private void lookAtNewOffers(WaitlistWorld.Rows rows) {
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

    private String nameOf(JsonNode customer) {
        var shopper = shoppers.get(UUID.fromString(customer.asString()));
        return shopper == null ? "a stranger" : shopper.name;
    }

    private void lookAtRoom(WaitlistWorld.Rows rows) {
        var room = world.room(sale);
        if (room.isEmpty()) return;
        mustBeEqual(number(room.get(4)), number(room.get(8)), "units promised, as the room counts them");
        mustBeEqual(number(room.get(5)), number(room.get(9)), "units in flight, as the room counts them");
        long nowIssued = number(room.get(1));
        long nowServing = number(room.get(2));
        mustHold(nowServing <= nowIssued && nowIssued <= number(room.get(3)), "serving <= issued <= ceiling: %s", room);
        mustHold(
                number(room.get(3)) <= rows.room().get(0).get("issued_ceiling").asLong(),
                "the room gives out numbers that PostgreSQL has not approved: %s",
                room);
        mustHold(nowIssued >= issued, "issued fell from %d to %d", issued, nowIssued);
        mustHold(
                !epoch.equals(room.get(0)) || nowServing >= serving, "serving fell from %d to %d", serving, nowServing);
        epoch = String.valueOf(room.get(0));
        issued = nowIssued;
        serving = nowServing;
        lookAtPlaces((List<?>) room.get(11));
        lookAtTurns((List<?>) room.get(10), rows);
    }

    /** A customer with a second number has it instead of the first. */
    private void lookAtPlaces(List<?> places) {
        for (int i = 0; i < places.size(); i += 2) {
            var customer = UUID.fromString(String.valueOf(places.get(i)));
            var place = number(places.get(i + 1));
            owners.forEach((number, owner) -> {
                if (owner.id.equals(customer) && number != place) replaced.add(number);
            });
        }
    }

    /** No number has a turn before a smaller one that waits, unless a gap hides whether that one was ever given out. */
    private void lookAtTurns(List<?> promises, WaitlistWorld.Rows rows) {
        for (int i = 0; i < promises.size(); i += 2) {
            var member = String.valueOf(promises.get(i));
            if (member.startsWith("e:")) continue;
            var turn = Long.parseLong(member);
            if (!hadTurn.add(turn)) continue;
            play.step("  the turn of " + turn);
        }
        var last = hadTurn.stream().mapToLong(Long::longValue).max().orElse(0);
        for (var number : owners.keySet()) {
            mustHold(
                    number > last || hadTurn.contains(number) || replaced.contains(number) || isInGap(number, rows),
                    "%d had its turn before %d, who waits",
                    last,
                    number);
        }
    }

    private static boolean isInGap(long number, WaitlistWorld.Rows rows) {
        for (var gap : rows.gaps()) {
            if (number > gap.get("after").asLong()
                    && number <= gap.get("through").asLong()) return true;
        }
        return false;
    }

    /** Open admissions and undecided orders together never want more units than there are. */
    private void lookAtPromises(WaitlistWorld.Rows rows) {
        int promised = others.undecidedUnits();
        for (var admission : rows.admissions()) {
            var state = admission.get("state").asString();
            var id = id(admission);
            if (state.equals("ISSUED") && others.isOpen(id))
                promised += admission.get("units").asInt();
            mustHold(!state.equals("LAPSED") || others.isVoid(id), "an admission lapsed that may still be used");
        }
        mustHold(promised <= others.available(), "%d units are promised and %d there", promised, others.available());
    }

    private void lookAtEntries(WaitlistWorld.Rows rows) {
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

    /** With all news delivered and all customers willing, no unit lies idle beside a customer who waits. */
    void nothingIsLeftToDo() {
        var rows = world.rows(seen);
        var waiting = new ArrayList<String>();
        for (var entry : rows.entries()) {
            var mayBuy = others.mayBuy(UUID.fromString(entry.get("customer_id").asString()));
            if (mayBuy && entry.get("state").asString().equals("WAITING"))
                waiting.add(nameOf(entry.get("customer_id")));
        }
        for (var owner : owners.entrySet()) {
            if (others.mayBuy(owner.getValue().id)
                    && !hadTurn.contains(owner.getKey())
                    && !replaced.contains(owner.getKey())
                    && owner.getKey().equals(owner.getValue().number())) {
                waiting.add(owner.getValue().name);
            }
        }
        mustHold(
                others.available() == 0 || waiting.isEmpty(),
                "%d units are free while %s wait",
                others.available(),
                waiting);
    }

    /** After the end: every entry has ended, and nothing is promised. */
    void everythingHasEnded() {
        for (var entry : world.rows(seen).entries()) {
            var state = entry.get("state").asString();
            mustHold(
                    !Set.of("WAITING", "OFFERED").contains(state),
                    "nobody told %s the end",
                    nameOf(entry.get("customer_id")));
        }
        for (var admission : world.rows(seen).admissions()) {
            var state = admission.get("state").asString();
            mustHold(Set.of("DECIDED", "LAPSED").contains(state), "an admission is %s for ever", state);
        }
    }

    private static UUID id(JsonNode row) {
        return UUID.fromString(row.get("id").asString());
    }

    private static long number(Object text) {
        return Long.parseLong(String.valueOf(text));
    }
}
