/** What is done to a model before it is deployed: optimise, fine-tune, evaluate, compare. */
package io.flinkinference.tools;
