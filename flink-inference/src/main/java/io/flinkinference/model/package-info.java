/** A model directory in the layout of the Hugging Face hub: found, verified, read. */
package io.flinkinference.model;
