package com.flashsale.auth.language;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.stereotype.Component;

/** The words of the pages for code; templates have their own way to them. */
@Component
public class Words {

    private final MessageSource words;

    Words(MessageSource words) {
        this.words = words;
    }

    public String say(HttpServletRequest request, String key, String... values) {
        return words.getMessage(key, values, PageLanguage.of(request));
    }

    /** The text of a constraint; its own words where the language has none for it. */
    public String say(HttpServletRequest request, MessageSourceResolvable error) {
        return words.getMessage(error, PageLanguage.of(request));
    }
}
