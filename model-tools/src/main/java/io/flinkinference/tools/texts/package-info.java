/** Texts on which models are tried where the user gives none, and those that the user gives. */
package io.flinkinference.tools.texts;
