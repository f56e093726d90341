/**
 * What the edge must know to take a request: merchants, keys, campaigns, the shard's digest key. Read through the gate
 * at start, fed by forced outcomes from then on. Sees {@code wire} only.
 */
package io.miaojie.api.directory;
