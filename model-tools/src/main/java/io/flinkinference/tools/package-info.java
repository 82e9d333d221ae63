/**
 * What is done to a model before texts are scored with it: optimise, fine-tune, evaluate, compare.
 */
package io.flinkinference.tools;
