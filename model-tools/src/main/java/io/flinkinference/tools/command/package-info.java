/** The commands of the command line that work on models; the module examples registers them. */
package io.flinkinference.tools.command;
