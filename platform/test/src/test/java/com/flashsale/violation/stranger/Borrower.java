package com.flashsale.violation.stranger;

import com.flashsale.sample.SampleApplication;

class Borrower {
    Class<?> borrowed() {
        return SampleApplication.class;
    }
}
