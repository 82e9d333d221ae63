/** Directories of models that are made whole or not at all. */
package io.flinkinference.tools.directory;
