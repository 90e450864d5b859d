package com.flashsale.waitlist.sale;

/** Told inside this process after the terms or the stock of a sale have changed. */
public record SaleChanged(SaleId sale) {}
