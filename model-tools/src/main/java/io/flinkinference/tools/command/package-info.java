/** Commands of the command line; examples registers them. */
package io.flinkinference.tools.command;
