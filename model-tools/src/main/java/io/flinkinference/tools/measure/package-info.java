/** How fast models run on this machine. */
package io.flinkinference.tools.measure;
