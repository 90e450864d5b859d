package com.flashsale.catalog.reading;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;

/**
 * An answer that browsers and the edge may keep; Spring turns it into 304 when the caller's If-None-Match still fits.
 */
public final class CacheableResponse {

    private static final int ETAG_BYTES = 12;

    private CacheableResponse() {}

    public static <T> ResponseEntity<T> of(T body, String version, Duration maxAge) {
        return ResponseEntity.ok()
                .eTag(version)
                .cacheControl(CacheControl.maxAge(maxAge).cachePublic())
                .body(body);
    }

    /** The version of a list: the versions of its items and where it goes on. */
    public static String versionOf(Page<?> page, List<String> itemVersions) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(String.join(" ", itemVersions).getBytes(UTF_8));
            digest.update(String.valueOf(page.nextCursor()).getBytes(UTF_8));
            var bytes = new byte[ETAG_BYTES];
            System.arraycopy(digest.digest(), 0, bytes, 0, ETAG_BYTES);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
