package com.flashsale.waitlist.status;

import com.flashsale.waitlist.schedule.PeriodicTask;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The scheduled task of the event streams. */
@Configuration(proxyBeanMethods = false)
class StatusScheduling {

    @Bean
    PeriodicTask broadcastTask(QueueBroadcast broadcast) {
        return new PeriodicTask("broadcast", Duration.ofMillis(500), broadcast::publish);
    }
}
