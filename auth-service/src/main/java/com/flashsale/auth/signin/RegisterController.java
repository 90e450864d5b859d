package com.flashsale.auth.signin;

import com.flashsale.auth.account.NewAccount;
import com.flashsale.auth.account.RegisterAccount;
import com.flashsale.auth.language.Words;
import com.flashsale.platform.groupcommit.OverloadedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The form that makes an account; the new customer is signed in at once. */
@Controller
@RequestMapping("/register")
class RegisterController {

    private static final String TEMPLATE = "register";

    private final RegisterAccount registerAccount;
    private final BrowserSessions sessions;
    private final Words words;

    RegisterController(RegisterAccount registerAccount, BrowserSessions sessions, Words words) {
        this.registerAccount = registerAccount;
        this.sessions = sessions;
        this.words = words;
    }

    @GetMapping
    ModelAndView show(
            @RequestParam(name = "continue", required = false) @Nullable String continuation, CsrfToken csrf) {
        csrf.getToken();
        return Views.show(TEMPLATE, HttpStatus.OK, Page.empty(continuation));
    }

    @PostMapping
    ModelAndView submit(
            @Valid @ModelAttribute NewAccount form,
            BindingResult checked,
            @RequestParam(required = false) @Nullable String continueTo,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (checked.hasErrors()) {
            return Views.show(TEMPLATE, HttpStatus.BAD_REQUEST, page(request, "", errorsOf(checked, request)));
        }
        return switch (registerAccount.register(form.toCommand(null))) {
            case RegisterAccount.Registered(var account, var _) -> {
                sessions.open(account.id(), request, response);
                yield Views.goOn(SavedRequest.of(continueTo));
            }
            case RegisterAccount.EmailTaken(), RegisterAccount.KeyReused() ->
                Views.show(
                        TEMPLATE,
                        HttpStatus.CONFLICT,
                        page(request, "", Map.of("email", words.say(request, "register.taken"))));
        };
    }

    @ExceptionHandler
    ModelAndView busy(OverloadedException full, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(HttpHeaders.RETRY_AFTER, "2");
        var page = page(request, words.say(request, "busy"), Map.of());
        return Views.show(TEMPLATE, HttpStatus.SERVICE_UNAVAILABLE, page);
    }

    private static Page page(HttpServletRequest request, String message, Map<String, String> errors) {
        var typed = new HashMap<String, String>();
        for (var field : new String[] {"email", "displayName"}) {
            var value = request.getParameter(field);
            if (value != null) typed.put(field, value);
        }
        return new Page(SavedRequest.of(request.getParameter("continueTo")), typed, message, errors);
    }

    private Map<String, String> errorsOf(BindingResult checked, HttpServletRequest request) {
        var errors = new HashMap<String, String>();
        checked.getFieldErrors().forEach(error -> errors.putIfAbsent(error.getField(), words.say(request, error)));
        return errors;
    }
}
