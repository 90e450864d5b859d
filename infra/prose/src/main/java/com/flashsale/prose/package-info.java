/** The prose check: plain English in Markdown, comments and test names, and links that lead somewhere. */
@NullMarked
package com.flashsale.prose;

import org.jspecify.annotations.NullMarked;
