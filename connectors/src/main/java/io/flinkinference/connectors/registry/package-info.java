/**
 * Schemas by their number: a client of the schema registry's REST interface, as Confluent's
 * registry, Karapace and Apicurio's {@code ccompat} offer it, and the wire format in which records
 * name their schema.
 */
package io.flinkinference.connectors.registry;
