/** The evidence of an audit: databases, topics, and the records of clients. */
@NullMarked
package com.flashsale.audit.evidence;

import org.jspecify.annotations.NullMarked;
