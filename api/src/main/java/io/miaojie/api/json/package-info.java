/**
 * JSON as a stream, in and out: a reader that bounds every value and names the place of every fault, and a writer into
 * reused bytes. No tree, no binding. Sees {@code problem} and {@code wire.Currencies}.
 */
package io.miaojie.api.json;
