/** What the api counts, and what it asks of the engine for health and Prometheus. Sees {@code node}. */
package io.miaojie.api.metrics;
