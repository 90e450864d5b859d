package com.flashsale.audit.evidence;

import java.util.Map;

/** The events of one topic, as far as their order matters. */
public interface TopicHistory {

    /** The most aggregates whose disorder is listed; a thousand tell no more than a hundred. */
    int MOST_LISTED = 100;

    /** The number of events seen. */
    long events();

    /** The aggregates whose events came in an impossible order, each with its fault. */
    Map<String, String> disorder();
}
