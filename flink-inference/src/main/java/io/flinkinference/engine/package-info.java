/** Runs one batch on one device, and shares engines and their threads among subtasks. */
package io.flinkinference.engine;
