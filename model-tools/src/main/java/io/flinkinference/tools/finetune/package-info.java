/** Teaches a frozen encoder labels of one's own, and writes it as one classification model. */
package io.flinkinference.tools.finetune;
