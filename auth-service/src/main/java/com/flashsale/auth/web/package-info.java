/** What all paths of this service have in common: readable parameters, and errors that a person can read. */
@NullMarked
package com.flashsale.auth.web;

import org.jspecify.annotations.NullMarked;
