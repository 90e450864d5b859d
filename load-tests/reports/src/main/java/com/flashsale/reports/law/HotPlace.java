package com.flashsale.reports.law;

/**
 * A method in which a process spent its processor time.
 *
 * @param share of the samples of the process whose topmost frame is this method
 */
public record HotPlace(String process, String method, double share) {}
