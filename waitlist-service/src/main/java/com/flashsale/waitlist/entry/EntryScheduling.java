package com.flashsale.waitlist.entry;

import com.flashsale.waitlist.schedule.PeriodicTask;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Scheduled tasks of the waitlist. */
@Configuration(proxyBeanMethods = false)
class EntryScheduling {

    @Bean
    PeriodicTask waitlistTask(OfferUnits offerUnits, CloseWaitlist closeWaitlist, WaitlistSettings settings) {
        return new PeriodicTask("waitlist", settings.every(), () -> {
            closeWaitlist.closeFinished();
            offerUnits.offerFreed();
        });
    }
}
