package com.flashsale.waitlist.simulation;

import static com.flashsale.platform.test.simulation.SimulationRun.mustBeEqual;
import static com.flashsale.platform.test.simulation.SimulationRun.mustHold;

import com.flashsale.platform.test.simulation.SimulatedTime;
import com.flashsale.platform.test.simulation.SimulationRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The invariants that hold after every step of a run. They know only the promises of the service, not its code. */
final class CrowdChecks {

    private final WaitlistWorld world;
    private final SimulationRun play;
    private final UUID sale;
    private final Others others;
    private final EntryChecks entries;
    private final Map<Long, Shopper> owners = new HashMap<>();
    private final Map<Shopper, Long> lobby = new LinkedHashMap<>();
    private final Map<Shopper, Long> drawn = new LinkedHashMap<>();
    private final Set<Long> hadTurn = new HashSet<>();
    private final Set<Long> replaced = new HashSet<>();
    private String epoch = "";
    private long serving;
    private long issued;

    CrowdChecks(
            WaitlistWorld world,
            SimulationRun play,
            UUID sale,
            Others others,
            Map<UUID, Shopper> shoppers,
            Supplier<Instant> endsAt) {
        this.world = world;
        this.play = play;
        this.sale = sale;
        this.others = others;
        this.entries = new EntryChecks(world, play, others, shoppers, endsAt);
    }

    /** The questions to order-service since the last look: the admissions that were withdrawn. */
    List<UUID> takeQuestions() {
        return entries.takeQuestions();
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
        var rows = entries.rows();
        play.holds("I9", () -> entries.readNews(rows.told()));
        entries.lookAtNewOffers(rows);
        var room = world.room(sale);
        if (!room.isEmpty()) {
            play.holds("I12", () -> lookAtCounters(room));
            play.holds("I9", () -> lookAtRoom(room, rows));
        }
        play.holds("I12", () -> lookAtPromises(rows));
        play.holds("I9", () -> entries.lookAtEntries(rows));
        play.onlooker().show(() -> figures(rows));
        return rows;
    }

    /** Units, the line of the room, the waitlist, and the messages that are on their way. */
    private Map<String, ?> figures(WaitlistWorld.Rows rows) {
        var figures = new LinkedHashMap<String, Object>(others.stock());
        figures.keySet().retainAll(Set.of("available", "reserved", "sold"));
        figures.put("line", owners.keySet().stream().filter(this::waits).count());
        figures.put(
                "waitlist",
                rows.entries()
                        .valueStream()
                        .filter(entry -> entry.get("state").asString().equals("WAITING"))
                        .count());
        figures.put(
                "messages",
                others.feeds().stream()
                        .flatMap(feed -> feed.partition().inFlight().stream())
                        .toList());
        figures.put(
                "clock",
                Duration.between(
                                SimulatedTime.BEGIN,
                                world.first().service().time().instant())
                        .toSeconds());
        return figures;
    }

    private static void lookAtCounters(List<?> room) {
        mustBeEqual(number(room.get(4)), number(room.get(8)), "units promised, as the room counts them");
        mustBeEqual(number(room.get(5)), number(room.get(9)), "units in flight, as the room counts them");
    }

    private void lookAtRoom(List<?> room, WaitlistWorld.Rows rows) {
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
            var id = EntryChecks.id(admission);
            if (state.equals("ISSUED") && others.isOpen(id))
                promised += admission.get("units").asInt();
            mustHold(!state.equals("LAPSED") || others.isVoid(id), "an admission lapsed that may still be used");
        }
        mustHold(promised <= others.available(), "%d units are promised and %d there", promised, others.available());
    }

    /** Whether the number is the one of a customer who had no turn yet. */
    private boolean waits(Long number) {
        var owner = owners.get(number);
        return owner != null
                && !hadTurn.contains(number)
                && !replaced.contains(number)
                && number.equals(owner.number());
    }

    /** With all news delivered and all customers willing, no unit lies idle beside a customer who waits. */
    void nothingIsLeftToDo() {
        var rows = entries.rows();
        var waiting = new ArrayList<String>();
        for (var entry : rows.entries()) {
            var mayBuy = others.mayBuy(UUID.fromString(entry.get("customer_id").asString()));
            if (mayBuy && entry.get("state").asString().equals("WAITING"))
                waiting.add(entries.nameOf(entry.get("customer_id")));
        }
        owners.forEach((number, owner) -> {
            if (others.mayBuy(owner.id) && waits(number)) waiting.add(owner.name);
        });
        mustHold(
                others.available() == 0 || waiting.isEmpty(),
                "%d units are free while %s wait",
                others.available(),
                waiting);
    }

    /** After the end: every entry has ended, and nothing is promised. */
    void everythingHasEnded() {
        entries.everythingHasEnded();
    }

    private static long number(Object text) {
        return Long.parseLong(String.valueOf(text));
    }
}
