package com.flashsale.waitlist.room;

import com.flashsale.waitlist.admission.SettleAdmissions;
import com.flashsale.waitlist.schedule.PeriodicTask;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Scheduled tasks of the waiting room. */
@Configuration(proxyBeanMethods = false)
class RoomScheduling {

    private static final int LAPSE_BATCH = 500;
    private static final int FORGET_BATCH = 1_000;
    private static final int MOST_BATCHES = 100;
    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);

    @Bean
    PeriodicTask roomTask(RoomTicker ticker, RecordedClaims recordedClaims, WaitingRoomSettings settings) {
        return new PeriodicTask("rooms", settings.tick(), () -> {
            recordedClaims.tell();
            ticker.tickAll();
        });
    }

    @Bean
    PeriodicTask lapseTask(SettleAdmissions settleAdmissions, WaitingRoomSettings settings) {
        return new PeriodicTask("lapse", settings.lapse(), () -> settleAdmissions.withdrawDue(LAPSE_BATCH));
    }

    @Bean
    PeriodicTask forgetTask(SettleAdmissions settleAdmissions) {
        return new PeriodicTask("forget-orders", FORGET_EVERY, () -> settleAdmissions.forgetOldOrders(FORGET_BATCH));
    }

    @Bean
    PeriodicTask forgetPlacesTask(LobbyPlaces places) {
        return new PeriodicTask("forget-places", FORGET_EVERY, () -> forgetPlaces(places));
    }

    private static void forgetPlaces(LobbyPlaces places) {
        for (int batch = 0; batch < MOST_BATCHES; batch++) {
            if (places.forgetEnded(FORGET_BATCH) < FORGET_BATCH) return;
        }
    }
}
