package com.flashsale.catalog.stock;

/**
 * What the public learns of the stock. Never numbers: they would tell scalpers how to buy the rest, and they would be wrong by the time
 * they are read.
 */
public enum StockBand {
    PLENTY,
    /** Less than half is left. */
    LOW,
    /** Less than a tenth is left. */
    LAST_FEW,
    SOLD_OUT;

    public static StockBand of(int available, int allotted) {
        if (available <= 0) return SOLD_OUT;
        if (available * 10L < allotted) return LAST_FEW;
        return available * 2L < allotted ? LOW : PLENTY;
    }
}
