/** Chooses which waiting records form the next batch, and holds them until then. Plain Java. */
package io.flinkinference.batch;
