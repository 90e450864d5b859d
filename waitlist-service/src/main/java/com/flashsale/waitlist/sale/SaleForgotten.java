package com.flashsale.waitlist.sale;

/** A sale is gone as if it had never been: it belonged to a load test that was purged. Whoever keeps something of it in memory drops it. */
public record SaleForgotten(SaleId sale) {}
