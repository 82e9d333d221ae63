/** Runs graphs while they are worked on, and lets see what is inside of them. */
package io.flinkinference.tools.session;
