package com.flashsale.reports.result;

/**
 * The times behind the rates of one kind of request.
 *
 * @param requests of any outcome
 * @param offeredRate requests a second, over the time in which they were due
 * @param seconds from the first due request to the last accepted answer; at least the time in which requests were due,
 *     and at least 1
 * @param lateP99 99th percentile of the milliseconds by which the injector sent the requests late
 * @param sinceSentP99 99th percentile of the accepted in milliseconds from sending: what the injector's lateness does
 *     not explain
 */
public record Pace(long requests, double offeredRate, double seconds, double lateP99, double sinceSentP99) {}
