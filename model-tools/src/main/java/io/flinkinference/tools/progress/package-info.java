/** Shows how far long work is. */
package io.flinkinference.tools.progress;
