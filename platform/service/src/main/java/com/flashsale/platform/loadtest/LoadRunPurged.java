package com.flashsale.platform.loadtest;

/** Published in each replica when it learns that a run is purged: listeners drop the run's data from memory. */
public record LoadRunPurged(String run) {}
