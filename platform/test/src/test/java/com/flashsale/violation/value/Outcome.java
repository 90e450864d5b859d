package com.flashsale.violation.value;

import org.springframework.http.HttpStatus;

sealed interface Outcome {

    HttpStatus status();

    final class Done implements Outcome {
        @Override
        public HttpStatus status() {
            return HttpStatus.OK;
        }
    }
}
