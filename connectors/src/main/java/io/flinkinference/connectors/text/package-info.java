/** A Kafka record as it is read, with the text in it, and its way through network and state. */
package io.flinkinference.connectors.text;
