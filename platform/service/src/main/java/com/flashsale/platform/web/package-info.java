/** The common ground of all HTTP responses: problems, trace ids, size limits. */
@NullMarked
package com.flashsale.platform.web;

import org.jspecify.annotations.NullMarked;
