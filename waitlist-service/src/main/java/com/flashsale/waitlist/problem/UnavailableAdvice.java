package com.flashsale.waitlist.problem;

import com.flashsale.platform.web.ProblemResponses;
import com.flashsale.waitlist.room.WaitingRoomUnavailable;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Redis outages map to 503 (retryable, the place is kept), never to 500. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnavailableAdvice {

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> unavailable(WaitingRoomUnavailable reason) {
        return ProblemResponses.of(RoomProblems.unavailable());
    }
}
