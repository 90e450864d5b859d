package com.flashsale.auth.signin;

import com.flashsale.auth.account.Accounts;
import com.flashsale.auth.account.DemoAccountSeeder;
import com.flashsale.auth.account.EmailAddress;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemTypes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** One click signs a demo persona in, without a password. Where there are no personas, this path answers 404. */
@Controller
class PersonaController {

    private final DemoAccountSeeder personas;
    private final Accounts accounts;
    private final BrowserSessions sessions;

    PersonaController(DemoAccountSeeder personas, Accounts accounts, BrowserSessions sessions) {
        this.personas = personas;
        this.accounts = accounts;
        this.sessions = sessions;
    }

    /** A browser that goes back, or loads again, asks for the form's address by GET. */
    @GetMapping({"/login/**", "/register/**"})
    ModelAndView toTheForm(
            @RequestParam(name = "continue", required = false) @Nullable String continuation,
            HttpServletRequest request) {
        var page = request.getRequestURI().startsWith("/register") ? "/register" : "/login";
        return Views.seeOther(SavedRequest.of(continuation).to(page));
    }

    @PostMapping("/login/persona")
    ModelAndView signIn(
            @RequestParam String email,
            @RequestParam(required = false) @Nullable String continueTo,
            HttpServletRequest request,
            HttpServletResponse response) {
        var account = personas.available().stream()
                .filter(persona -> persona.email().equals(email))
                .findFirst()
                .flatMap(persona -> accounts.credentialsOf(new EmailAddress(persona.email())))
                .orElseThrow(() -> new ProblemException(ProblemTypes.NOT_FOUND, "There is no such persona here."));
        sessions.open(account.account(), request, response);
        return Views.goOn(SavedRequest.of(continueTo));
    }
}
