/** The measured checks of docs/reliability.md, one class each; the profile {@code figures}. */
package io.flinkinference.reliability.figures;
