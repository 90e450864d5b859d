package com.flashsale.auth.signin;

import com.flashsale.auth.account.DemoAccountSeeder;
import com.flashsale.auth.account.EmailAddress;
import com.flashsale.auth.language.Words;
import com.flashsale.platform.groupcommit.OverloadedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

@Controller
@RequestMapping("/login")
class SignInController {

    private static final String TEMPLATE = "login";
    private static final int LONGEST_SECRET = 1_000;

    private final SignIn signIn;
    private final BrowserSessions sessions;
    private final DemoAccountSeeder personas;
    private final SessionOwner signedIn;
    private final KnownDevices devices;
    private final Words words;

    SignInController(
            SignIn signIn,
            BrowserSessions sessions,
            DemoAccountSeeder personas,
            SessionOwner signedIn,
            KnownDevices devices,
            Words words) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.personas = personas;
        this.signedIn = signedIn;
        this.devices = devices;
        this.words = words;
    }

    @ModelAttribute("signedInAs")
    @Nullable
    String signedInAs(@Nullable Principal principal) {
        return signedIn.nameOf(principal);
    }

    @ModelAttribute("personas")
    List<DemoAccountSeeder.Persona> personas() {
        return personas.available();
    }

    @GetMapping
    ModelAndView show(
            @RequestParam(name = "continue", required = false) @Nullable String continuation, CsrfToken csrf) {
        // asked for now: its cookie must be set before the page begins to go out
        csrf.getToken();
        return Views.show(TEMPLATE, HttpStatus.OK, Page.empty(continuation));
    }

    @PostMapping
    ModelAndView submit(Form form, HttpServletRequest request, HttpServletResponse response) {
        if (form.isTooLong()) {
            var empty = new Form(null, null, form.continueTo());
            return show(HttpStatus.BAD_REQUEST, empty, words.say(request, "sign-in.too-long"));
        }
        var email = form.address();
        var attempt = new SignInAttempts.Attempt(
                email, ClientNetwork.of(request.getRemoteAddr()), devices.find(email, request));
        return switch (signIn.signIn(new SignIn.Command(attempt, form.secret()))) {
            case SignIn.SignedIn(var account) -> {
                sessions.open(account, request, response);
                devices.remember(email, response);
                yield Views.goOn(SavedRequest.of(form.continueTo()));
            }
            case SignIn.WrongCredentials() -> {
                // a status for programs and metrics; browsers ignore a challenge that they do not know
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "FormBased");
                yield show(HttpStatus.UNAUTHORIZED, form, words.say(request, "sign-in.wrong"));
            }
            case SignIn.TooSoon(var pause) -> {
                var seconds = Long.toString(secondsOf(pause));
                response.setHeader(HttpHeaders.RETRY_AFTER, seconds);
                yield show(HttpStatus.TOO_MANY_REQUESTS, form, words.say(request, "sign-in.too-soon", seconds));
            }
        };
    }

    @ExceptionHandler
    ModelAndView busy(OverloadedException full, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(HttpHeaders.RETRY_AFTER, "2");
        var form = new Form(request.getParameter("email"), null, request.getParameter("continueTo"));
        return show(HttpStatus.SERVICE_UNAVAILABLE, form, words.say(request, "busy"));
    }

    private static ModelAndView show(HttpStatus status, Form form, String message) {
        return Views.show(TEMPLATE, status, Page.with(form.continueTo(), form.address(), message));
    }

    private static long secondsOf(Duration pause) {
        return Math.max(1, (pause.toMillis() + 999) / 1000);
    }

    record Form(
            @Nullable String email,
            @Nullable String password,
            @Nullable String continueTo) {

        EmailAddress address() {
            return new EmailAddress(email == null ? "" : email);
        }

        /** Refused before anything is counted or hashed. */
        boolean isTooLong() {
            return (email != null && email.length() > EmailAddress.LONGEST) || secret().length() > LONGEST_SECRET;
        }

        String secret() {
            return password == null ? "" : password;
        }

        @Override
        public String toString() {
            return "Form[…]";
        }
    }
}
