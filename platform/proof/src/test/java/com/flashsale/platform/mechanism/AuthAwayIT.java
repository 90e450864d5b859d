package com.flashsale.platform.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestTokens;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A service that started before auth-service could be reached. */
@ServiceTest(properties = "platform.security.jwks-uri=http://127.0.0.1:1/oauth2/jwks")
class AuthAwayIT {

    @LocalServerPort
    int port;

    @Test
    void a_token_that_cannot_be_checked_yet_gets_a_503_with_retry_after() {
        var bearer = Map.of("authorization", "Bearer " + TestTokens.shopper(UUID.randomUUID()));
        for (int i = 0; i < 3; i++) {
            var answer = new Http(port).get("/things", bearer);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
            assertThat(answer.headers().firstValue("www-authenticate")).isEmpty();
            assertThat(answer.body()).contains("\"code\":\"OVERLOADED\"");
        }
    }

    @Test
    void a_malformed_token_is_refused_as_ever() {
        var answer = new Http(port).get("/things", Map.of("authorization", "Bearer rubbish"));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(new Http(port).get("/open/hello", Map.of()).statusCode()).isEqualTo(200);
    }
}
