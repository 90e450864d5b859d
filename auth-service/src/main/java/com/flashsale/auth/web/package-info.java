/** Web code that all paths of this service share: readable parameters, and errors that a person can read. */
@NullMarked
package com.flashsale.auth.web;

import org.jspecify.annotations.NullMarked;
