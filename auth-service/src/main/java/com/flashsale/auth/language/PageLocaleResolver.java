package com.flashsale.auth.language;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;

/** Pages have the visitor's language. Documents for programs are English for each caller. */
@Component(DispatcherServlet.LOCALE_RESOLVER_BEAN_NAME)
class PageLocaleResolver extends AcceptHeaderLocaleResolver {

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        var path = request.getRequestURI();
        var isPage = path.startsWith("/login") || path.startsWith("/register");
        return isPage ? PageLanguage.of(request) : Locale.ENGLISH;
    }
}
