package com.flashsale.auth.keys;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The published keys. Every service asks for them, so the document is made once for each set of keys. */
@RestController
class JwksController {

    /** Far below the time for which a key is published before it signs. */
    private static final Duration MAX_AGE = Duration.ofSeconds(30);

    private static final MediaType JWK_SET = MediaType.parseMediaType("application/jwk-set+json");

    private record Document(List<String> kids, byte[] json, String etag) {}

    private final SigningKeys keys;
    private volatile @Nullable Document latest;

    JwksController(SigningKeys keys) {
        this.keys = keys;
    }

    @GetMapping("/oauth2/jwks")
    ResponseEntity<byte[]> keys() {
        var document = current();
        return ResponseEntity.ok()
                .contentType(JWK_SET)
                .cacheControl(CacheControl.maxAge(MAX_AGE).cachePublic())
                .eTag(document.etag())
                .body(document.json());
    }

    private Document current() {
        var kids = keys.published().stream().map(entry -> entry.key().kid()).toList();
        var known = latest;
        if (known != null && known.kids().equals(kids)) return known;
        var json = keys.publicKeys().toString(true).getBytes(StandardCharsets.UTF_8);
        var made = new Document(kids, json, '"' + DigestUtils.md5DigestAsHex(json) + '"');
        latest = made;
        return made;
    }
}
