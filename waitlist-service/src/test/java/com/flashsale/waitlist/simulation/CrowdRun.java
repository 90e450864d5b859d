package com.flashsale.waitlist.simulation;

import static com.flashsale.platform.test.simulation.Play.mustBeEqual;
import static com.flashsale.platform.test.simulation.Play.mustHold;

import com.flashsale.platform.test.simulation.Chance;
import com.flashsale.platform.test.simulation.Messages;
import com.flashsale.platform.test.simulation.Play;
import com.flashsale.platform.test.simulation.SimulatedCrash;
import com.flashsale.platform.test.simulation.SimulatedTime;
import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.entry.EntryTestAccess;
import com.flashsale.waitlist.room.RoomTestAccess;
import com.flashsale.waitlist.simulation.SimulatedRedis.Fault;
import com.flashsale.waitlist.ticket.QueueTicket;
import com.flashsale.waitlist.ticket.TicketTestAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.TransientDataAccessException;

/**
 * One sale and its crowd. Customers join, claim their turns or miss them, order, pay, cancel, wait for units that come
 * back, and leave. News come late, twice and in any order between partitions. Redis vanishes, replicas die on the way
 * or begin anew, and the clock steps both ways.
 */
final class CrowdRun {

    /** The focus of a run: both parts are always there, and one of them has more to do. */
    enum Stage {
        /** Many units, most of the action in the waiting room. */
        ADMISSION,
        /** Few units, soon sold out: most of the action on the waitlist. */
        WAITLIST
    }

    private static final int STATEMENTS = 8;
    private static final int MOST_ROUNDS = 60;

    /** A turn, an admission and an answer may run out unseen, one after the other. */
    private static final int QUIET_ROUNDS = 4;

    static final Duration OFFER = Duration.ofMinutes(5);

    private static final Duration ROUND = Duration.ofSeconds(45);

    private final WaitlistWorld world;
    private final Play play;
    private final Chance chance;
    private final Stage stage;
    private final UUID sale;

    /** Most of the crowd waits, inventory is slow, and Redis is lost again and again. */
    private final boolean scarce;

    private final Map<UUID, Shopper> shoppers = new LinkedHashMap<>();
    private final List<Shopper> crowd;
    private final Map<String, Object> terms = new HashMap<>();
    private final Others others;
    private final CrowdChecks checks;
    private WaitlistWorld.Replica acting;
    private int version;

    CrowdRun(WaitlistWorld world, Play play, Stage stage) {
        this.world = world;
        this.play = play;
        this.chance = play.chance();
        this.stage = stage;
        this.sale = chance.uuid();
        this.scarce = stage == Stage.ADMISSION && chance.oneIn(2);
        var units = stage == Stage.ADMISSION && !scarce ? chance.from(1, 6) : chance.from(1, 2);
        var limit = chance.oneIn(3) ? 2 : 1;
        for (int i = chance.from(3, scarce ? 5 : 9); i > 0; i--) {
            var shopper = new Shopper("c" + i, chance.uuid());
            shoppers.put(shopper.id, shopper);
        }
        this.crowd = List.copyOf(shoppers.values());
        this.others = new Others(chance, sale, units, limit);
        this.checks = new CrowdChecks(world, play, sale, others, shoppers, this::endsAt);
        this.acting = world.first();
        describe(units, limit);
    }

    private void describe(int units, int limit) {
        terms.putAll(Map.of(
                "saleId",
                sale,
                "allotted",
                units,
                "purchaseLimit",
                limit,
                "closesAt",
                SimulatedTime.BEGIN.plus(Duration.ofHours(5)).toString(),
                "crowdFactor",
                chance.oneIn(4) ? 2.0 : 20.0,
                "admissionFactor",
                chance.oneIn(4) ? 0.4 : 1.0,
                "admissionsPerSecond",
                chance.oneIn(3) ? 1 : 500,
                "draw",
                chance.oneIn(2) ? "FIFO" : "RANDOM",
                "paused",
                false));
        var lobby = stage == Stage.ADMISSION && chance.oneIn(4);
        terms.putAll(Map.of(
                "opensAt", SimulatedTime.BEGIN.plusSeconds(lobby ? 60 : -60).toString(),
                "turnDuration", "PT30S",
                "admissionDuration", "PT1M",
                "offerDuration", "PT5M"));
    }

    void play() {
        world.reset();
        play.step("a sale of " + terms.get("allotted") + " units, limit " + terms.get("purchaseLimit") + ", "
                + crowd.size() + " customers, " + terms.get("admissionsPerSecond") + "/s, " + terms.get("draw"));
        // the seed of the draw is the only thing that the service makes up by itself
        acting.service()
                .jdbc()
                .sql("insert into waiting_room (sale_id, seed) values (:sale, :seed)")
                .param("sale", sale)
                .param("seed", seed())
                .update();
        tellSale();
        checks.look();
        if (stage == Stage.WAITLIST) sellOut();
        if (scarce) comeAgain();
        for (int steps = chance.from(25, 50); steps > 0; steps--) {
            act();
            look();
        }
        end();
    }

    /** The first customers take all units, so that the others have something to wait for. */
    private void sellOut() {
        drain();
        for (var early : crowd) {
            if (others.available() == 0) break;
            received(early, TicketTestAccess.join(acting.service(), sale, early.id, null));
            order(early, false);
            while (others.hasUndecided()) play.step("inventory: " + others.decide());
            drain();
            time().move(Duration.ofSeconds(1));
        }
        acting.beat("roomPulse");
        acting.beat("roomPulse");
        checks.look();
        mustBeEqual(others.available(), 0, "units that are left when everybody could buy");
    }

    /** All customers have joined when Redis is lost, and some join again without their tickets. */
    private void comeAgain() {
        for (var early : crowd) received(early, TicketTestAccess.join(acting.service(), sale, early.id, null));
        checks.look();
        play.step("Redis is started again, empty");
        world.first().redis().restart();
        crowd.forEach(Shopper::redisWasLost);
        acting.beat("roomPulse");
        acting.beat("roomPulse");
        for (var again : crowd) {
            if (chance.oneIn(2)) received(again, TicketTestAccess.join(acting.service(), sale, again.id, null));
        }
        checks.look();
    }

    private void act() {
        acting = chance.oneOf(world.replicas());
        RoomTestAccess.passALittleTime(acting.service());
        var waitlist = stage == Stage.WAITLIST ? 6 : 1;
        var loss = scarce ? 5 : 1;
        var decide = scarce ? 1 : 4;
        var join = scarce ? 20 : 8;
        var claim = scarce ? 10 : 5;
        var room = scarce ? 10 : 5;
        switch (chance.weighted(join, claim, 6, decide, 3, 12, 3, room, 2, 4, waitlist, 3, 1, loss, 1, 1, 1, 2)) {
            case 0 -> join(chance.oneOf(crowd));
            case 1 -> claim(chance.oneOf(crowd));
            case 2 -> order(chance.oneOf(crowd), true);
            case 3 -> decide();
            case 4 -> settle();
            case 5 -> deliver(chance.oneOf(others.feeds()));
            case 6 -> answer();
            case 7 -> beat("roomPulse");
            case 8 -> beat("lapsePulse");
            case 9 -> beat("waitlistPulse");
            case 10 -> joinWaitlist(chance.oneOf(crowd));
            case 11 -> stepClock();
            case 12 -> leave(chance.oneOf(crowd));
            case 13 -> loseRedis();
            case 14 -> restart();
            case 15 -> repeat(chance.oneOf(others.feeds()));
            case 16 -> pause();
            default -> beat("saleRefreshPulse");
        }
    }

    private void join(Shopper shopper) {
        var shown = chance.below(3) > 0 ? aTicketOf(shopper) : null;
        var expected = shopper.number();
        var keeps = keepsPlace(shopper, shown);
        request(shopper.name + " joins" + (shown == null ? "" : " and shows " + shown.number()), () -> {
            var answer = TicketTestAccess.join(acting.service(), sale, shopper.id, shown);
            received(shopper, answer);
            var number = shopper.number();
            if (keeps && number != null) mustBeEqual(number, expected, "the number of " + shopper.name + ", who waits");
            return answer.word()
                    + (answer.ticket() == null ? "" : " " + answer.ticket().number());
        });
    }

    /** Mostly the customer's last ticket; a second device may have an older one. */
    private @Nullable QueueTicket aTicketOf(Shopper shopper) {
        return shopper.tickets.size() > 1 && chance.oneIn(2) ? chance.oneOf(shopper.tickets) : shopper.ticket;
    }

    /**
     * Whether a waiting customer keeps the number: Redis knows it, or they show it and had no turn with another one
     * meanwhile.
     */
    private boolean keepsPlace(Shopper shopper, @Nullable QueueTicket shown) {
        var expected = shopper.number();
        if (expected == null || checks.hadTurn(expected)) return false;
        var known = world.placeOf(sale, shopper.id);
        if (known == null) return shopper.ticket == shown;
        if (known.equals(expected)) return shown == null || shopper.ticket == shown;
        return shopper.ticket == shown && known > expected && !checks.hadTurn(known);
    }

    private void claim(Shopper shopper) {
        var ticket = aTicketOf(shopper);
        if (ticket == null) return;
        request(shopper.name + " claims with " + ticket.number(), () -> {
            var answer = TicketTestAccess.claim(acting.service(), ticket);
            if (answer.admission() != null) received(shopper, answer);
            if (answer.word().equals("WAITING") && ticket.number() != null) {
                mustBeEqual(
                        world.placeOf(sale, shopper.id),
                        ticket.number(),
                        "the place of " + shopper.name + ", whose ticket was honoured");
            }
            return answer.word();
        });
    }

    private void received(Shopper shopper, TicketTestAccess.Answer answer) {
        QueueTicket ticket = answer.ticket();
        if (ticket != null) {
            shopper.given(ticket);
            if (ticket.number() == null) checks.inLobby(shopper, TicketTestAccess.place(ticket, seed()));
            if (ticket.number() != null) checks.given(shopper, ticket.number());
            if (ticket.number() != null && answer.admission() != null) checks.hasTurn(ticket.number());
        }
        var admission = answer.admission();
        if (admission == null) return;
        mustBeEqual(admission.customer().value(), shopper.id, "the holder of an admission");
        var written = acting.service()
                .jdbc()
                .sql("select count(*) from admission where id = :id")
                .param("id", admission.id())
                .query(Long.class)
                .single();
        mustBeEqual(written, 1L, "rows of an admission that a customer has seen");
        if (shopper.admission == null || !shopper.admission.id().equals(admission.id())) {
            if (admission.source() instanceof Admission.Turn(var number)) shopper.admitted(number);
        }
        shopper.admission = admission;
    }

    private byte[] seed() {
        return sale.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    private interface Request {
        String send();
    }

    /** A request may die with its replica; a Redis that fails is an honest answer. */
    private void request(String what, Request request) {
        var fault = redisFault();
        String[] answer = {"no answer"};
        play.attempt(
                world.first().service().faults(),
                what,
                STATEMENTS,
                () -> {
                    try {
                        answer[0] = request.send();
                    } catch (TransientDataAccessException busy) {
                        answer[0] = "come again";
                    }
                },
                this::visit);
        acting.redis().disarm();
        play.step("  " + answer[0] + fault);
    }

    private String redisFault() {
        if (!chance.oneIn(8)) return "";
        var fault = chance.oneIn(2) ? Fault.LOST_COMMAND : Fault.LOST_REPLY;
        acting.redis().arm(fault, chance.from(1, 2));
        return " with a Redis of " + fault;
    }

    /** The action of another process in between: news, or the clock of another replica. */
    private void visit() {
        var other = world.otherThan(acting);
        if (play.trace().steps() % 13 == 0) {
            // an answer of the room before is on its way while the other replica builds a new one
            world.first().redis().restart();
            crowd.forEach(Shopper::redisWasLost);
            other.beat("roomPulse");
            return;
        }
        var feed = others.feeds().get(play.trace().steps() % others.feeds().size());
        var batch = feed.partition().poll(2);
        if (batch.isEmpty()) other.beat(play.trace().steps() % 2 == 0 ? "waitlistPulse" : "lapsePulse");
        else other.service().deliver(feed.listener(), batch);
    }

    /** With a ticket of the waiting room, or with an offer of the waitlist. */
    private void order(Shopper shopper, boolean mayBeLate) {
        var admission = shopper.admission;
        if (admission == null) return;
        var now = time().instant();
        if (!admission.isUsable(now) && !(mayBeLate && chance.oneIn(6))) return;
        var placed = others.place(admission, chance.from(1, admission.units()));
        shopper.admission = null;
        play.step(shopper.name + placed.map(order -> " places " + order.name).orElse(" finds his admission void"));
    }

    private void decide() {
        for (int i = chance.from(1, 3); i > 0 && others.hasUndecided(); i--) play.step("inventory: " + others.decide());
    }

    private void settle() {
        var held = others.held();
        if (held.isEmpty()) return;
        var order = chance.oneOf(held);
        if (chance.oneIn(2)) {
            play.step(order.name + " is paid");
            others.pay(order);
        } else {
            play.step(order.name + " is cancelled");
            others.release(order);
        }
    }

    private void deliver(Others.Feed feed) {
        var batch = feed.partition().poll(chance.from(1, 4));
        if (batch.isEmpty()) return;
        var fault = redisFault();
        var what = "deliver " + batch.size() + " of " + feed.name() + fault;
        var done = play.attempt(
                world.first().service().faults(),
                what,
                STATEMENTS,
                () -> acting.service().deliver(feed.listener(), batch),
                this::visit);
        acting.redis().disarm();
        if (done) feed.partition().commit(batch.size());
    }

    /** order-service reads the admissions that are withdrawn, some of them twice. */
    private void answer() {
        for (var admission : checks.takeQuestions()) {
            others.withdrawn(admission);
            if (chance.oneIn(4)) others.withdrawn(admission);
            play.step("order-service: an admission is " + (others.isVoid(admission) ? "void" : "used"));
        }
    }

    private void beat(String pulse) {
        var fault = redisFault();
        play.attempt(
                world.first().service().faults(),
                pulse + fault,
                STATEMENTS,
                () -> {
                    try {
                        acting.beat(pulse);
                    } catch (RuntimeException failure) {
                        // Pulse catches each exception and goes on; an exception without an
                        // injected fault is a bug
                        if (SimulatedCrash.isCauseOf(failure) || fault.isEmpty()) throw failure;
                    }
                },
                this::visit);
        acting.redis().disarm();
    }

    private void look() {
        findOffers(checks.look());
    }

    /** Customers without an admission find their offers. */
    private void findOffers(WaitlistWorld.Rows rows) {
        for (var row : rows.admissions()) {
            var shopper = shoppers.get(UUID.fromString(row.get("customer_id").asString()));
            if (shopper == null || !row.get("source").asString().equals("OFFER")) continue;
            if (!row.get("state").asString().equals("ISSUED") || shopper.admission != null) continue;
            acting.service()
                    .bean(com.flashsale.waitlist.admission.Admissions.class)
                    .find(UUID.fromString(row.get("id").asString()))
                    .filter(offer -> others.isOpen(offer.id()))
                    .ifPresent(offer -> shopper.admission = offer);
        }
    }

    private void joinWaitlist(Shopper shopper) {
        var ticket = shopper.ticket;
        request(shopper.name + " joins the waitlist", () -> {
            var answer = EntryTestAccess.join(acting.service(), sale, shopper.id, ticket);
            shopper.entry = answer.entry();
            return answer.word();
        });
    }

    private void leave(Shopper shopper) {
        @Nullable UUID entry = shopper.entry;
        if (entry == null) return;
        request(shopper.name + " leaves the waitlist", () -> {
            EntryTestAccess.leave(acting.service(), entry, shopper.id);
            return "left";
        });
    }

    private Instant endsAt() {
        return Instant.parse(String.valueOf(terms.getOrDefault("endedAt", terms.get("closesAt"))));
    }

    private void stepClock() {
        if (chance.oneIn(4)) {
            play.step(time().stepOne(chance));
            return;
        }
        var step = switch (chance.below(5)) {
            case 0 -> Duration.ofSeconds(-chance.from(1, 40));
            case 1 -> Duration.ofMillis(chance.from(1, 999));
            case 2 -> Duration.ofSeconds(chance.from(1, 10));
            case 3 -> Duration.ofSeconds(chance.from(25, 70));
            default -> Duration.ofSeconds(chance.from(60, 310));
        };
        play.step("the clock steps " + step);
        time().move(step);
    }

    private void loseRedis() {
        if (chance.oneIn(2)) {
            play.step("Redis loses everything");
            world.first().redis().loseEverything();
        } else {
            play.step("Redis is started again, empty");
            world.first().redis().restart();
        }
        crowd.forEach(Shopper::redisWasLost);
    }

    private void restart() {
        play.step("a replica is started again");
        acting.forget();
    }

    private void repeat(Others.Feed feed) {
        if (chance.oneIn(3)) {
            play.step("the offset of " + feed.name() + " is lost");
            feed.partition().rewindTo(0);
        } else {
            play.step("the last of " + feed.name() + " come twice");
            feed.partition().repeatLast(chance.from(1, 3));
        }
    }

    private void pause() {
        terms.put("paused", !Boolean.TRUE.equals(terms.get("paused")));
        play.step("paused: " + terms.get("paused"));
        tellSale();
    }

    private SimulatedTime time() {
        return world.first().service().time();
    }

    private void tellSale() {
        terms.put("version", ++version);
        acting.service()
                .deliver(
                        "sales",
                        List.of(Messages.message(
                                "catalog.sale",
                                sale.toString(),
                                "com.flashsale.catalog.sale.changed.v1",
                                chance.uuid(),
                                terms)));
    }

    /**
     * All customers are willing and all messages arrive, until nothing changes; then the sale ends and every customer
     * is told.
     */
    private void end() {
        play.step("everything arrives, and all clocks are right");
        time().agree();
        terms.put("paused", false);
        tellSale();
        var now = time().instant();
        var opened = Instant.parse(String.valueOf(terms.get("opensAt"))).plusSeconds(1);
        if (now.isBefore(opened)) time().set(opened);
        var quiet = 0;
        for (int round = 0; round < MOST_ROUNDS && quiet < QUIET_ROUNDS; round++) {
            var before = play.trace().steps();
            round();
            quiet = before == play.trace().steps() ? quiet + 1 : 0;
            time().move(ROUND);
        }
        mustHold(quiet == QUIET_ROUNDS, "it does not come to rest");
        checks.nothingIsLeftToDo();
        close();
    }

    /** One round of everything, without faults; it adds no step to the trace if nothing happened. */
    private void round() {
        drain();
        RoomTestAccess.passALittleTime(acting.service());
        for (var pulse : List.of("saleRefreshPulse", "roomPulse", "lapsePulse", "waitlistPulse")) {
            acting.beat(pulse);
        }
        look();
        var before = play.trace().steps();
        for (var shopper : crowd) {
            come(shopper);
            order(shopper, false);
        }
        if (before != play.trace().steps()) look();
        answer();
        while (others.hasUndecided()) play.step("inventory: " + others.decide());
        for (var order : others.held()) {
            play.step(order.name + " is paid");
            others.pay(order);
        }
        drain();
    }

    private void come(Shopper shopper) {
        var ticket = shopper.ticket;
        // an admission that has expired is none
        if (shopper.admission != null && !shopper.admission.isUsable(time().instant())) shopper.admission = null;
        if (ticket == null || shopper.admission != null) return;
        var answer = TicketTestAccess.claim(acting.service(), ticket);
        if (answer.word().equals("PASSED")) shopper.ticket = null;
        if (answer.admission() != null && others.isOpen(answer.admission().id())) received(shopper, answer);
    }

    private void drain() {
        for (var feed : others.feeds()) {
            while (feed.partition().waiting() > 0) {
                var batch = feed.partition().poll(5);
                acting.service().deliver(feed.listener(), batch);
                feed.partition().commit(batch.size());
                checks.look();
            }
        }
    }

    private void close() {
        play.step("the sale ends");
        terms.put("endedAt", time().instant().toString());
        tellSale();
        for (int round = 0; round < 3; round++) {
            time().move(Duration.ofMinutes(6));
            round();
        }
        checks.everythingHasEnded();
    }
}
