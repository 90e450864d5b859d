/** The one command: starts, watches, proves and audits the whole platform on one machine without Docker. */
@NullMarked
package com.flashsale.launcher;

import org.jspecify.annotations.NullMarked;
