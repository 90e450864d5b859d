package com.flashsale.order.sale;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param cachedSales sales kept in memory
 * @param cachedFor life of a copy in a replica: a change that another replica consumed is seen after this time
 * @param announcedWithin a sale younger than this may be known to catalog and not yet to us
 * @param patience how long an order waits for the event of such a sale
 * @param waiting orders that may wait so at the same time
 */
@ConfigurationProperties("order.sales")
record SaleSettings(
        @DefaultValue("10000") int cachedSales,
        @DefaultValue("1s") Duration cachedFor,
        @DefaultValue("10s") Duration announcedWithin,
        @DefaultValue("3s") Duration patience,
        @DefaultValue("100") int waiting) {}
