package com.flashsale.violation.value;

import org.springframework.http.HttpStatus;

record Answer(HttpStatus status) {}
