package com.flashsale.waitlist.status;

import com.flashsale.waitlist.pulse.Pulse;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The scheduled task of the event streams. */
@Configuration(proxyBeanMethods = false)
class StatusScheduling {

    @Bean
    Pulse broadcastPulse(QueueBroadcast broadcast) {
        return new Pulse("broadcast", Duration.ofMillis(500), broadcast::beat);
    }
}
