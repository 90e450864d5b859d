package com.flashsale.platform.web;

import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemTypes;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers for the container and for filters that end a request by a status: with a problem document too. */
@RestController
class ErrorPageController implements ErrorController {

    @RequestMapping("${server.error.path:/error}")
    ResponseEntity<Map<String, Object>> error(HttpServletRequest request) {
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        return ProblemResponses.of(problemFor(status instanceof Integer code ? code : 500));
    }

    static ProblemException problemFor(int status) {
        return switch (status) {
            case 401 -> new ProblemException(ProblemTypes.UNAUTHORIZED, "Sign in and send the access token.");
            case 403 -> new ProblemException(ProblemTypes.FORBIDDEN, "The access token lacks the right for this.");
            case 404 -> new ProblemException(ProblemTypes.NOT_FOUND, "See the API description at /docs.");
            case 405 -> new ProblemException(ProblemTypes.METHOD_NOT_ALLOWED, "See the API description at /docs.");
            case 413 -> new ProblemException(ProblemTypes.PAYLOAD_TOO_LARGE, "Send a smaller body.");
            case 503 -> new ProblemException(ProblemTypes.OVERLOADED, "Try again in a second.");
            default ->
                status >= 400 && status < 500
                        ? new ProblemException(ProblemTypes.INVALID_REQUEST, "The request could not be read.")
                        : new ProblemException(ProblemTypes.INTERNAL_ERROR, "Please try again.");
        };
    }
}
