/**
 * Steps 2 and 6 of the walk, the only door of the core: command bytes in through {@link io.miaojie.gate.Gate}, outcome
 * bytes out through {@link io.miaojie.gate.ReplySink}. Hosts implement the first, the api implements the second. Sees
 * {@code wire} only.
 */
package io.miaojie.gate;
