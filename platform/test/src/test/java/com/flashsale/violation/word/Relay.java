package com.flashsale.violation.word;

class Relay {

    int paidOrders = 0;

    boolean isSoldOut() {
        return paidOrders > 0;
    }

    /** None of them: words that only contain one. */
    void reorderWholesale() {}
}

class CustomerFilter {}
