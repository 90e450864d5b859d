package com.flashsale.waitlist.room;

import com.flashsale.waitlist.admission.SettleAdmissions;
import com.flashsale.waitlist.pulse.Pulse;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Scheduled tasks of the waiting room. */
@Configuration(proxyBeanMethods = false)
class RoomPulses {

    private static final int LAPSE_BATCH = 500;
    private static final int FORGET_BATCH = 1_000;
    private static final int MOST_BATCHES = 100;
    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);

    @Bean
    Pulse roomPulse(RoomTicker ticker, WaitingRoomSettings settings) {
        return new Pulse("rooms", settings.tick(), ticker::tickAll);
    }

    @Bean
    Pulse lapsePulse(SettleAdmissions settleAdmissions, WaitingRoomSettings settings) {
        return new Pulse("lapse", settings.lapse(), () -> settleAdmissions.withdrawDue(LAPSE_BATCH));
    }

    @Bean
    Pulse forgetPulse(SettleAdmissions settleAdmissions) {
        return new Pulse("forget-orders", FORGET_EVERY, () -> settleAdmissions.forgetOldOrders(FORGET_BATCH));
    }

    @Bean
    Pulse forgetPlacesPulse(LobbyPlaces places) {
        return new Pulse("forget-places", FORGET_EVERY, () -> forgetPlaces(places));
    }

    private static void forgetPlaces(LobbyPlaces places) {
        for (int batch = 0; batch < MOST_BATCHES; batch++) {
            if (places.forgetEnded(FORGET_BATCH) < FORGET_BATCH) return;
        }
    }
}
