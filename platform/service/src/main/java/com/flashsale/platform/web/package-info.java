/** What every HTTP answer has in common: problems, trace ids, size limits. */
@NullMarked
package com.flashsale.platform.web;

import org.jspecify.annotations.NullMarked;
