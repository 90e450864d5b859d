/** The way of a command to the control room of a platform that another process runs. */
@NullMarked
package com.flashsale.control.remote;

import org.jspecify.annotations.NullMarked;
