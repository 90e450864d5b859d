package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

/** The files of the shop over HTTP. */
class StorefrontFilesIT extends GatewayIT {

    private static final String FILE = "/assets/shop.css";

    @ParameterizedTest
    @ValueSource(strings = {"identity", "br", "gzip;q=0", "gzip;q=0.0, *", "not-gzip"})
    void a_client_that_does_not_read_gzip_gets_the_plain_file(String accepted) {
        var plain = get(accepted, "");
        assertThat(header(plain, HttpHeaders.CONTENT_ENCODING)).isEmpty();
        assertThat(new String(body(plain), StandardCharsets.UTF_8)).startsWith(":root");
    }

    /** The client of the test unpacks it and removes the header. */
    @Test
    void the_compressed_file_has_the_same_content() {
        assertThat(body(get("gzip", ""))).isEqualTo(body(get("identity", "")));
    }

    @Test
    void each_form_has_a_tag_of_its_own() {
        var plain = header(get("identity", ""), HttpHeaders.ETAG);
        var compressed = header(get("gzip", ""), HttpHeaders.ETAG);
        assertThat(plain).isNotEqualTo(compressed);
        assertThat(get("gzip", compressed).getStatus().value()).isEqualTo(304);
        assertThat(get("identity", plain).getStatus().value()).isEqualTo(304);
        assertThat(get("identity", compressed).getStatus().value()).isEqualTo(200);
    }

    private EntityExchangeResult<byte[]> get(String accepted, String known) {
        return client.get()
                .uri(FILE)
                .header(HttpHeaders.ACCEPT_ENCODING, accepted)
                .header(HttpHeaders.IF_NONE_MATCH, known)
                .exchange()
                .expectBody()
                .returnResult();
    }

    private static byte[] body(EntityExchangeResult<byte[]> response) {
        return Objects.requireNonNull(response.getResponseBody());
    }

    private static String header(EntityExchangeResult<byte[]> response, String name) {
        return Objects.requireNonNullElse(response.getResponseHeaders().getFirst(name), "");
    }
}
