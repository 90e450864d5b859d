/** Scenarios in Gatling; run by its Maven plugin, not by the tests. */
package com.flashsale.load.gatling;
