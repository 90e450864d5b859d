package com.flashsale.local.service;

import com.flashsale.client.Home;
import com.flashsale.client.platform.Context;

/** The platform of this process: where it is, and how its services are run. */
public record LocalContext(Context platform, RunMode mode) {

    public Home home() {
        return platform.home();
    }
}
