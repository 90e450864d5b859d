/** The base of every tool: its exit codes, errors, directories, JSON and console. */
@NullMarked
package com.flashsale.client;

import org.jspecify.annotations.NullMarked;
