package com.flashsale.auth.signin;

import com.flashsale.auth.signout.SignOut;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Asks before it signs out: a link from elsewhere must not sign a customer out, a form of this page may. */
@Controller
@RequestMapping(SignOutController.PATH)
class SignOutController {

    static final String PATH = "/login/sign-out";

    /** The storefront forgets its tokens when it is opened at this address. */
    private static final String SIGNED_OUT = "/?signed-out";

    private final SignOut signOut;
    private final SessionOwner signedIn;
    private final CsrfTokenRepository csrfTokens;

    SignOutController(SignOut signOut, SessionOwner signedIn, CsrfTokenRepository csrfTokens) {
        this.signOut = signOut;
        this.signedIn = signedIn;
        this.csrfTokens = csrfTokens;
    }

    @ModelAttribute("signedInAs")
    @Nullable
    String signedInAs(@Nullable Principal principal) {
        return signedIn.nameOf(principal);
    }

    @GetMapping
    ModelAndView show(CsrfToken csrf) {
        csrf.getToken();
        return Views.show("sign-out", HttpStatus.OK, Page.empty(null));
    }

    @PostMapping
    ModelAndView signOut(
            @RequestParam(required = false) @Nullable String continueTo,
            @Nullable Principal principal,
            HttpServletRequest request,
            HttpServletResponse response) {
        var session = request.getSession(false);
        if (session != null) {
            if (principal != null) signOut.end(principal.getName(), SignOut.sidOf(session.getId()));
            session.invalidate();
        }
        csrfTokens.saveToken(null, request, response);
        var savedRequest = SavedRequest.of(continueTo);
        return Views.seeOther(savedRequest.isStorefront() ? SIGNED_OUT : savedRequest.to("/login"));
    }
}
