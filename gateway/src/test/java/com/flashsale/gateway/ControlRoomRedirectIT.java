package com.flashsale.gateway;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlRoomRedirectIT extends GatewayIT {

    @ParameterizedTest
    @ValueSource(strings = {"/control", "/control/", "/control/explain", "/control/evil.example"})
    void every_path_below_control_leads_to_the_configured_room(String path) {
        client.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isTemporaryRedirect()
                .expectHeader()
                .location("http://localhost:8134/control/");
    }
}
