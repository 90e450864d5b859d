package com.flashsale.platform.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnResource;
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

/**
 * Serves {@code openapi.yaml} of the class path as JSON at {@code /v3/api-docs}. The document is written by hand and a
 * test of each service compares it with the handlers, so that describing the API costs nothing at run time.
 */
@RestController
@ConditionalOnResource(resources = ApiDocumentController.LOCATION)
class ApiDocumentController {

    static final String LOCATION = "classpath:openapi.yaml";
    static final String PATH = "/v3/api-docs";

    private static final Duration KEEPS = Duration.ofMinutes(5);

    private final byte[] document;

    ApiDocumentController(JsonMapper json) {
        this.document = json.writeValueAsBytes(read());
    }

    @GetMapping(PATH)
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
