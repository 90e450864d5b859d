package com.flashsale.waitlist.sale;

import com.flashsale.waitlist.pulse.Pulse;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SaleRefresh {

    @Bean
    Pulse saleRefreshPulse(KnownSales knownSales, SaleSettings settings) {
        return new Pulse("sale-refresh", settings.refresh(), knownSales::refresh);
    }
}
