package com.flashsale.payment.charge;

/** What the provider decided when it was asked; a refund later does not change it. */
enum Verdict {
    CAPTURED,
    DECLINED
}
