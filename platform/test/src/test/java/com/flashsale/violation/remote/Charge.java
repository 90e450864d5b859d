package com.flashsale.violation.remote;

import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.client.RestClient;

class Charge {

    private final RestClient provider;

    Charge(RestClient provider) {
        this.provider = provider;
    }

    @Transactional
    void charge() {
        provider.post().retrieve().toBodilessEntity();
    }
}
