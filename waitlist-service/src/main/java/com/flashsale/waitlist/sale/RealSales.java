package com.flashsale.waitlist.sale;

import java.util.Set;
import org.springframework.stereotype.Component;

/** What a purge must leave alone. */
@Component
public class RealSales {

    private final Sales sales;

    RealSales(Sales sales) {
        this.sales = sales;
    }

    /** All that PostgreSQL knows but for those of the load test. */
    public Set<SaleId> besides(String loadTest) {
        return sales.notOf(loadTest);
    }
}
