package com.flashsale.waitlist.admission;

import com.flashsale.waitlist.schedule.PeriodicTask;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AdmissionScheduling {

    @Bean
    PeriodicTask limitTask(LimitsUsed limits) {
        return new PeriodicTask("limits", Duration.ofMillis(500), limits::refresh);
    }
}
