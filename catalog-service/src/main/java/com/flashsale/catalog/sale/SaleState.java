package com.flashsale.catalog.sale;

/** Where a sale is in its life. */
enum SaleState {
    SCHEDULED,
    OPEN,
    PAUSED,
    SOLD_OUT,
    ENDED
}
