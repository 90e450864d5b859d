package com.flashsale.auth.language;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.LocaleResolver;

/** Pages have the visitor's language. Documents for programs are English for each caller. */
@Component(DispatcherServlet.LOCALE_RESOLVER_BEAN_NAME)
class PageLocaleResolver implements LocaleResolver {

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        var path = request.getRequestURI();
        var isPage = path.startsWith("/login") || path.startsWith("/register");
        return isPage ? PageLanguage.of(request) : Locale.ENGLISH;
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        throw new UnsupportedOperationException("The language travels with the request.");
    }
}
