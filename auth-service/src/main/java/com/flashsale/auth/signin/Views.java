package com.flashsale.auth.signin;

import com.flashsale.auth.language.PageLanguage;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;

/** Responses of the page controllers: the page again, or a redirect to the next one. */
final class Views {

    private Views() {}

    static ModelAndView show(String template, HttpStatus status, Page page) {
        var view = new ModelAndView(template, status);
        view.addObject("page", page);
        view.addObject("languages", PageLanguage.KNOWN);
        return view;
    }

    /** The address is relative: the browser stays at its origin, which is the gateway's. */
    static ModelAndView goOn(SavedRequest savedRequest) {
        return seeOther(savedRequest.path());
    }

    static ModelAndView seeOther(String path) {
        var redirect = new RedirectView(path, true, false, false);
        redirect.setStatusCode(HttpStatus.SEE_OTHER);
        redirect.setExpandUriTemplateVariables(false);
        return new ModelAndView(redirect);
    }
}
