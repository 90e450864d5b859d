package com.flashsale.customers;

import com.flashsale.client.api.Account;
import com.flashsale.client.api.Call;
import com.flashsale.client.api.Steps;
import com.flashsale.customers.Counters.Count;

/**
 * One customer in one shop.
 *
 * @param deadline of the patience, by {@link System#nanoTime()}
 */
record CustomerSession(Shop shop, Account account, CustomerProfile profile, Steps steps, long deadline) {

    /** To a path below the sale. */
    Call post(String what, Object body) {
        return Call.post("/api/v1/sales/" + shop.saleId() + "/" + what, body).as(account.token());
    }

    Call get(String path) {
        return Call.get(path).as(account.token());
    }

    ThrottledClient client() {
        return shop.client();
    }

    void count(Count what) {
        shop.counters().add(what);
    }

    boolean isPatient() {
        return System.nanoTime() < deadline;
    }
}
