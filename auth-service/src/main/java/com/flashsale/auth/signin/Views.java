package com.flashsale.auth.signin;

import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;

/** What a page's controller answers with: the page again, or the way on. */
final class Views {

    private Views() {}

    static ModelAndView show(String template, HttpStatus status, Page page) {
        var view = new ModelAndView(template, status);
        view.addObject("page", page);
        return view;
    }

    /** Relative: the browser stays at the origin where it is, which is the gateway's. */
    static ModelAndView goOn(Continuation continuation) {
        return seeOther(continuation.path());
    }

    static ModelAndView seeOther(String path) {
        var redirect = new RedirectView(path, true, false, false);
        redirect.setStatusCode(HttpStatus.SEE_OTHER);
        redirect.setExpandUriTemplateVariables(false);
        return new ModelAndView(redirect);
    }
}
