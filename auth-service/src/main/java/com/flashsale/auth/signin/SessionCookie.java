package com.flashsale.auth.signin;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.session.web.http.DefaultCookieSerializer;

/**
 * A session id is a UUID. Other text in the cookie is no session, and never reaches the database, which may be unable
 * to hold it.
 */
final class SessionCookie extends DefaultCookieSerializer {

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    @Override
    public List<String> readCookieValues(HttpServletRequest request) {
        return super.readCookieValues(request).stream()
                .filter(value -> UUID.matcher(value).matches())
                .toList();
    }
}
