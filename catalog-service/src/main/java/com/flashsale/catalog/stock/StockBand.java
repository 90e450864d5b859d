package com.flashsale.catalog.stock;

/**
 * The stock as the public sees it. It holds no numbers: they would tell scalpers how to buy the rest, and they would be
 * outdated when read.
 */
public enum StockBand {
    PLENTY,
    /** Less than half is left. */
    LOW,
    /** Ten units or fewer are left, or less than a tenth. */
    LAST_FEW,
    SOLD_OUT;

    /** One unit of one is not plenty: with so few left a share alone misleads. */
    private static final int FEW = 10;

    public static StockBand of(int available, int allotted) {
        if (available <= 0) return SOLD_OUT;
        if (available <= FEW || available * 10L < allotted) return LAST_FEW;
        return available * 2L < allotted ? LOW : PLENTY;
    }
}
