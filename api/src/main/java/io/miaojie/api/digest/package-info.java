/**
 * Keyed hashes of ids, payloads and identities, made at the edge so that settlement compares two longs and a third.
 * Sees {@code json.Slice} only.
 */
package io.miaojie.api.digest;
