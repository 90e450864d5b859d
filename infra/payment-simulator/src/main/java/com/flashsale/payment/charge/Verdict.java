package com.flashsale.payment.charge;

/** The provider's decision on a charge; a later refund does not change it. */
enum Verdict {
    CAPTURED,
    DECLINED
}
