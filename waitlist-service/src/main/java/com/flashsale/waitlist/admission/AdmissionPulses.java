package com.flashsale.waitlist.admission;

import com.flashsale.waitlist.pulse.Pulse;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AdmissionPulses {

    @Bean
    Pulse limitPulse(LimitsUsed limits) {
        return new Pulse("limits", Duration.ofMillis(500), limits::refresh);
    }
}
