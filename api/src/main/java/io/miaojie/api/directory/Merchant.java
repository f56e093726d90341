package io.miaojie.api.directory;

/**
 * An account holder.
 *
 * @param index its place in the engine's table
 * @param currency ISO 4217 number of its default currency
 */
public record Merchant(int index, String id, String name, int utcOffsetMinutes, int currency) {}
