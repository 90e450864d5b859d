package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

/** The files of the shop over HTTP. */
class StorefrontFilesIT extends GatewayIT {

    private static final String FILE = "/assets/shop.css";

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "gzip, deflate, br", "br;q=1.0, GZIP;q=0.8"})
    void a_client_that_reads_gzip_gets_the_compressed_file(String accepted) throws Exception {
        var compressed = get(accepted, "");
        assertThat(header(compressed, HttpHeaders.CONTENT_ENCODING)).isEqualTo("gzip");
        assertThat(compressed.headers().allValues("Vary")).contains("Accept-Encoding");
        assertThat(unzipped(compressed.body())).isEqualTo(get("identity", "").body());
        assertThat(compressed.body().length * 2).isLessThan(unzipped(compressed.body()).length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "br", "gzip;q=0", "gzip;q=0.0, *", "not-gzip"})
    void a_client_that_does_not_read_gzip_gets_the_plain_file(String accepted) throws Exception {
        var plain = get(accepted, "");
        assertThat(header(plain, HttpHeaders.CONTENT_ENCODING)).isEmpty();
        assertThat(new String(plain.body(), StandardCharsets.UTF_8)).startsWith(":root");
    }

    @Test
    void each_form_has_a_tag_of_its_own() throws Exception {
        var plain = header(get("identity", ""), HttpHeaders.ETAG);
        var compressed = header(get("gzip", ""), HttpHeaders.ETAG);
        assertThat(plain).isNotEqualTo(compressed);
        assertThat(get("gzip", compressed).statusCode()).isEqualTo(304);
        assertThat(get("identity", plain).statusCode()).isEqualTo(304);
        assertThat(get("identity", compressed).statusCode()).isEqualTo(200);
    }

    /** Not by the client of the other tests, which unpacks a response by itself. */
    private HttpResponse<byte[]> get(String accepted, String known) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + FILE))
                .header(HttpHeaders.ACCEPT_ENCODING, accepted);
        if (!known.isEmpty()) request.header(HttpHeaders.IF_NONE_MATCH, known);
        try (var plain = HttpClient.newHttpClient()) {
            return plain.send(request.build(), BodyHandlers.ofByteArray());
        }
    }

    private static String header(HttpResponse<byte[]> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static byte[] unzipped(byte[] content) throws IOException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return in.readAllBytes();
        }
    }
}
