/** The capacity law: the processor time of each process as a standing charge and a charge for each request. */
@NullMarked
package com.flashsale.reports.law;

import org.jspecify.annotations.NullMarked;
