package com.flashsale.waitlist.entry;

import com.flashsale.waitlist.pulse.Pulse;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Scheduled tasks of the waitlist. */
@Configuration(proxyBeanMethods = false)
class WaitlistPulses {

    @Bean
    Pulse waitlistPulse(OfferUnits offerUnits, CloseWaitlist closeWaitlist, WaitlistSettings settings) {
        return new Pulse("waitlist", settings.every(), () -> {
            closeWaitlist.closeFinished();
            offerUnits.offerFreed();
        });
    }
}
