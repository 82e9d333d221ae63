/** Settings of Kafka clients: who they are, whether they speak TLS, and what users hand on. */
package io.flinkinference.connectors.client;
