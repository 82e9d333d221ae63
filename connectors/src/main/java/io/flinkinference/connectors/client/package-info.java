/** Settings of clients: who they are, whom they trust over TLS, and what users hand on. */
package io.flinkinference.connectors.client;
