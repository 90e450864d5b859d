package com.flashsale.platform.loadtest;

/** Told in each replica when it learns that a run is purged: whatever it keeps of it in memory is forgotten now. */
public record LoadRunPurged(String run) {}
