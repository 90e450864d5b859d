package com.flashsale.auth.signin;

import com.flashsale.auth.AuthSettings;
import com.flashsale.auth.account.EmailAddress;
import com.flashsale.auth.keys.KeyDerivation;
import com.flashsale.platform.time.Ids;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/**
 * Recognizes a browser on which a person has signed in before, by a cookie with a signature over the account, the
 * browser and the end. It gives no access: it only keeps a stranger's wrong passwords from making this person wait.
 */
@Component
class KnownDevices {

    private static final Duration KEPT = Duration.ofDays(180);
    private static final Pattern COOKIE = Pattern.compile("([0-9a-f-]{36})\\.(\\d{10})\\.([A-Za-z0-9_-]{43})");

    private final SecretKey key;
    private final AuthSettings settings;
    private final Clock clock;

    KnownDevices(KeyDerivation keys, AuthSettings settings, Clock clock) {
        this.key = keys.macKeyFor("known-devices");
        this.settings = settings;
        this.clock = clock;
    }

    /** The device's id if the account has signed in on it; otherwise null. */
    @Nullable
    String find(EmailAddress email, HttpServletRequest request) {
        var cookie = WebUtils.getCookie(request, name());
        if (cookie == null || cookie.getValue() == null) return null;
        var parts = COOKIE.matcher(cookie.getValue());
        if (!parts.matches()) return null;
        var ends = Instant.ofEpochSecond(Long.parseLong(parts.group(2)));
        if (!ends.isAfter(clock.instant())) return null;
        var signature = signature(email, parts.group(1), parts.group(2)).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(signature, parts.group(3).getBytes(StandardCharsets.US_ASCII))
                ? parts.group(1)
                : null;
    }

    void remember(EmailAddress email, HttpServletResponse response) {
        var device = Ids.next().toString();
        var ends = Long.toString(clock.instant().plus(KEPT).getEpochSecond());
        var cookie = ResponseCookie.from(name(), device + "." + ends + "." + signature(email, device, ends))
                .httpOnly(true)
                .secure(settings.secure())
                .sameSite("Lax")
                .path("/")
                .maxAge(KEPT)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    private String name() {
        return settings.cookieName("flashsale-device");
    }

    private String signature(EmailAddress email, String device, String ends) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            var signed = mac.doFinal((device + '\n' + ends + '\n' + email.key()).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }
}
