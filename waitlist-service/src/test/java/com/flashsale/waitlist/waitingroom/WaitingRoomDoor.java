package com.flashsale.waitlist.waitingroom;

import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.test.simulation.SimulatedService;
import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.SaleId;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.util.ReflectionTestUtils;

/** The access of a simulation to the waiting room, in place of customers and of a replica's clock. */
public final class WaitingRoomDoor {

    private static final Duration A_LITTLE = Duration.ofSeconds(2);

    private WaitingRoomDoor() {}

    /**
     * @param word the reply to the customer
     * @param ticket if the customer has one now
     * @param admission if the customer has one now
     */
    public record Answer(
            String word,
            @Nullable QueueTicket ticket,
            @Nullable Admission admission) {

        static Answer of(String word) {
            return new Answer(word, null, null);
        }
    }

    /** The place of a ticket of the lobby. */
    public static long place(QueueTicket ticket, byte[] seed) {
        var arrival = ticket.place();
        return arrival == null ? LobbyDraw.place(seed, ticket.customer()) : arrival;
    }

    public static Answer join(SimulatedService service, UUID sale, UUID customer, @Nullable QueueTicket shown) {
        var command = new JoinQueue.Command(new SaleId(sale), new CustomerId(customer), shown);
        try {
            return switch (service.bean(JoinQueue.class).join(command)) {
                case JoinQueue.Outcome.InLobby(var ticket) -> new Answer("LOBBY", ticket, null);
                case JoinQueue.Outcome.Waiting(var ticket) -> new Answer("WAITING", ticket, null);
                case JoinQueue.Outcome.Admitted(var ticket, var admission, var _) ->
                    new Answer("ADMITTED", ticket, admission.orElse(null));
                case JoinQueue.Outcome.NotOpen _ -> Answer.of("NOT_OPEN");
                case JoinQueue.Outcome.SoldOut _ -> Answer.of("SOLD_OUT");
                case JoinQueue.Outcome.CrowdFull _ -> Answer.of("CROWD_FULL");
                case JoinQueue.Outcome.LimitReached _ -> Answer.of("LIMIT_REACHED");
                case JoinQueue.Outcome.Ended _ -> Answer.of("ENDED");
                case JoinQueue.Outcome.OtherTraffic _ -> Answer.of("OTHER_TRAFFIC");
                case JoinQueue.Outcome.UnknownSale _ -> Answer.of("UNKNOWN_SALE");
            };
        } catch (WaitingRoomUnavailable away) {
            return Answer.of("UNAVAILABLE");
        } catch (ProblemException refused) {
            return Answer.of(refused.type().code());
        }
    }

    public static Answer claim(SimulatedService service, QueueTicket ticket) {
        try {
            return switch (service.bean(ClaimAdmission.class).claim(ticket)) {
                case ClaimAdmission.Outcome.Claimed(var admission) -> new Answer("ADMITTED", ticket, admission);
                case ClaimAdmission.Outcome.NotYourTurn _ -> new Answer("WAITING", ticket, null);
                case ClaimAdmission.Outcome.Paused _ -> new Answer("WAITING", ticket, null);
                case ClaimAdmission.Outcome.TurnPassed _ -> Answer.of("PASSED");
                case ClaimAdmission.Outcome.SoldOut _ -> Answer.of("SOLD_OUT");
                case ClaimAdmission.Outcome.Ended _ -> Answer.of("ENDED");
                case ClaimAdmission.Outcome.OtherTraffic _ -> Answer.of("OTHER_TRAFFIC");
                case ClaimAdmission.Outcome.UnknownSale _ -> Answer.of("UNKNOWN_SALE");
            };
        } catch (WaitingRoomUnavailable away) {
            return Answer.of("UNAVAILABLE");
        } catch (ProblemException refused) {
            return Answer.of(refused.type().code());
        }
    }

    /** Stands still during an action, however long this machine takes for it. */
    private static final class StandingClock extends SteadyClock {
        private volatile long nanos;

        @Override
        long nanos() {
            return nanos;
        }
    }

    /** For a replica of the simulation. */
    @TestConfiguration(proxyBeanMethods = false)
    public static class Time {
        @Bean
        @Primary
        SteadyClock standingClock() {
            return new StandingClock();
        }
    }

    /** Lets time pass, so that a replica may repeat actions that have a limit per time. */
    public static void passALittleTime(SimulatedService service) {
        ((StandingClock) service.bean(SteadyClock.class)).nanos += A_LITTLE.toNanos();
    }

    /** Makes a replica forget all rooms, by reflection, as if it was just started. */
    public static void forget(SimulatedService service) {
        clear(service.bean(RoomMemory.class), "kept");
        clear(service.bean(RoomTicker.class), "times");
    }

    private static void clear(Object bean, String map) {
        if (!(ReflectionTestUtils.getField(bean, map) instanceof Map<?, ?> known)) {
            throw new IllegalStateException("no map " + map + " in " + bean);
        }
        known.clear();
    }
}
