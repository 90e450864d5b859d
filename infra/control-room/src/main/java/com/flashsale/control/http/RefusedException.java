package com.flashsale.control.http;

/** Ends a request with a problem document. */
final class RefusedException extends Exception {

    private final Problem problem;

    RefusedException(Problem problem, String detail) {
        super(detail);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
