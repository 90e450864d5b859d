package com.flashsale.waitlist.sale;

import com.flashsale.waitlist.schedule.PeriodicTask;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SaleScheduling {

    @Bean
    PeriodicTask saleRefreshTask(SaleCache saleCache, SaleSettings settings) {
        return new PeriodicTask("sale-refresh", settings.refresh(), saleCache::refresh);
    }
}
