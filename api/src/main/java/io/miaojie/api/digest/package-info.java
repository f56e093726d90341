/** Keyed hashes of ids and payloads, made at the edge so that settlement compares two longs and a third. A leaf. */
package io.miaojie.api.digest;
