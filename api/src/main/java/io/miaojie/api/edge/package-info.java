/**
 * What one event loop owns: the callers that wait, the queue on which answers come back, the scratch in which commands
 * are built. Steps 2 and 6 of the walk as the api sees them. Sees {@code gate}, {@code wire} and the api's leaves.
 */
package io.miaojie.api.edge;
