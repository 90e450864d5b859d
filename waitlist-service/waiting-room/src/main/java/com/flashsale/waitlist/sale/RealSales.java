package com.flashsale.waitlist.sale;

import java.util.Set;
import org.springframework.stereotype.Component;

/** The sales that a purge must leave alone. */
@Component
public class RealSales {

    private final Sales sales;

    RealSales(Sales sales) {
        this.sales = sales;
    }

    /** All sales that PostgreSQL knows, except those of the load test. */
    public Set<SaleId> besides(String loadTest) {
        return sales.notOf(loadTest);
    }
}
