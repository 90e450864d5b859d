package com.flashsale.waitlist.simulation;

import static com.flashsale.platform.test.simulation.SimulationRun.mustBeEqual;

import com.flashsale.platform.test.simulation.Messages;
import com.flashsale.platform.test.simulation.Recording;
import com.flashsale.platform.test.simulation.SeededRandom;
import com.flashsale.platform.test.simulation.SimulatedTime;
import com.flashsale.platform.test.simulation.SimulationRun;
import com.flashsale.waitlist.admission.Admission;
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
import org.springframework.dao.TransientDataAccessException;

/** One sale, its crowd and the rest of the platform in one run, as all actions see them. */
final class CrowdState {

    static final int STATEMENTS = 8;

    final WaitlistWorld world;
    final SimulationRun play;
    final SeededRandom chance;
    final CrowdRun.Stage stage;
    final UUID sale;

    /** Most of the crowd waits, inventory is slow, and Redis is lost again and again. */
    final boolean scarce;

    final Map<UUID, Shopper> shoppers = new LinkedHashMap<>();
    final List<Shopper> crowd;
    final Map<String, Object> terms = new HashMap<>();
    final Others others;
    final CrowdChecks checks;
    WaitlistWorld.Replica acting;
    private final Recording onlooker;
    private int version;
    private int requests;

    CrowdState(WaitlistWorld world, SimulationRun play, CrowdRun.Stage stage) {
        this.world = world;
        this.play = play;
        this.onlooker = play.onlooker();
        this.chance = play.chance();
        this.stage = stage;
        this.sale = chance.uuid();
        this.scarce = stage == CrowdRun.Stage.ADMISSION && chance.oneIn(2);
        var units = stage == CrowdRun.Stage.ADMISSION && !scarce ? chance.from(1, 6) : chance.from(1, 2);
        var limit = chance.oneIn(3) ? 2 : 1;
        for (int i = chance.from(3, scarce ? 5 : 9); i > 0; i--) {
            var shopper = new Shopper("c" + i, chance.uuid());
            shoppers.put(shopper.id, shopper);
        }
        this.crowd = List.copyOf(shoppers.values());
        this.others = new Others(play, sale, units, limit);
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
        var lobby = stage == CrowdRun.Stage.ADMISSION && chance.oneIn(4);
        terms.putAll(Map.of(
                "opensAt", SimulatedTime.BEGIN.plusSeconds(lobby ? 60 : -60).toString(),
                "turnDuration", "PT30S",
                "admissionDuration", "PT1M",
                "offerDuration", "PT5M"));
    }

    void tellSale() {
        terms.put("version", ++version);
        onlooker.tells(lane(), "the sale, version " + version);
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

    /** The acting replica, for onlookers. */
    String lane() {
        return acting.equals(world.first()) ? Lanes.FIRST : Lanes.SECOND;
    }

    SimulatedTime time() {
        return world.first().service().time();
    }

    private Instant endsAt() {
        return Instant.parse(String.valueOf(terms.getOrDefault("endedAt", terms.get("closesAt"))));
    }

    byte[] seed() {
        return sale.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    void received(Shopper shopper, TicketTestAccess.Answer answer) {
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

    void look() {
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

    interface Request {
        String send();
    }

    /** A request may die with its replica; a Redis that fails is an honest answer. */
    void request(String what, Request request) {
        var name = what + ", request " + ++requests;
        onlooker.by(Lanes.CUSTOMERS);
        onlooker.sends(name);
        onlooker.by(lane());
        var fault = redisFault();
        String[] answer = {"no answer"};
        var done = play.attempt(
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
        onlooker.receives(name, done);
        play.step("  " + answer[0] + fault);
    }

    String redisFault() {
        if (!chance.oneIn(8)) return "";
        var fault = chance.oneIn(2) ? Fault.LOST_COMMAND : Fault.LOST_REPLY;
        acting.redis().arm(fault, chance.from(1, 2));
        return " with a Redis of " + fault;
    }

    /** The action of another process in between: news, or the clock of another replica. */
    void visit() {
        var other = world.otherThan(acting);
        onlooker.with(acting.equals(world.first()) ? Lanes.SECOND : Lanes.FIRST);
        if (play.trace().steps() % 13 == 0) {
            // an answer of the room before is on its way while the other replica builds a new one
            world.first().redis().restart();
            crowd.forEach(Shopper::redisWasLost);
            other.runTask("roomTask");
            return;
        }
        var feed = others.feeds().get(play.trace().steps() % others.feeds().size());
        var batch = feed.partition().poll(2);
        if (batch.isEmpty()) other.runTask(play.trace().steps() % 2 == 0 ? "waitlistTask" : "lapseTask");
        else other.service().deliver(feed.listener(), batch);
    }

    void drain() {
        for (var feed : others.feeds()) {
            while (feed.partition().waiting() > 0) {
                onlooker.by(lane());
                var batch = feed.partition().poll(5);
                acting.service().deliver(feed.listener(), batch);
                feed.partition().commit(batch.size());
                checks.look();
            }
        }
    }
}
