/**
 * The bytes: codecs generated from {@code sbe/miaojie.xml} (package {@code codec}) and the few hand-written layouts and
 * tables that name them. A leaf: it sees nothing else of the engine, and every other room may see it.
 */
package io.miaojie.wire;
