package com.flashsale.catalog.reading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/** The description of this API: written by hand and held to the truth by a test, so that describing it costs nothing at run time. */
@RestController
class ApiDocumentController {

    private static final Duration KEEPS = Duration.ofMinutes(5);

    private final byte[] document;

    ApiDocumentController(JsonMapper json) {
        this.document = json.writeValueAsBytes(read());
    }

    @GetMapping("/v3/api-docs")
    ResponseEntity<byte[]> document() {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.maxAge(KEEPS).cachePublic())
                .body(document);
    }

    private static Object read() {
        try (var yaml = new ClassPathResource("openapi.yaml").getInputStream()) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
