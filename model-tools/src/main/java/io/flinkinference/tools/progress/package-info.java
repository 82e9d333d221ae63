/** How far a long task is, on standard error. */
package io.flinkinference.tools.progress;
