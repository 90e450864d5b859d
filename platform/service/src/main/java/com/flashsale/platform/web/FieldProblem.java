package com.flashsale.platform.web;

/** One entry of the {@code errors} member of an invalid-request problem. */
public record FieldProblem(String field, String message) {}
