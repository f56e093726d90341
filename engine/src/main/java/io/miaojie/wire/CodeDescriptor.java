package io.miaojie.wire;

/**
 * One result code as its owner declares it.
 *
 * @param number uint16: number of the campaign kind << 8 | n; kind 0 is the engine itself
 * @param name states the fact, in capitals
 * @param category fixes the HTTP status
 */
public record CodeDescriptor(int number, String name, CodeCategory category) {}
