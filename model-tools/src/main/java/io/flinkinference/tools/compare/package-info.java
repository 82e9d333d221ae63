/** Measures models beside each other, and finds the cheapest that is good enough. */
package io.flinkinference.tools.compare;
