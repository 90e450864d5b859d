package com.flashsale.reports.law;

/**
 * A rate that was not tried, from the line through those that were held.
 *
 * @param rate a second
 * @param low lower end of the 95 % interval
 * @param high upper end of the 95 % interval
 */
public record Prediction(double rate, double low, double high) {}
