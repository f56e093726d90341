package io.miaojie.api.directory;

import io.miaojie.wire.codec.BindingMode;

/**
 * An account holder.
 *
 * @param index its place in the engine's table
 * @param currency ISO 4217 number of its default currency
 * @param binding how members are bound to whoever brought them
 * @param rewardCapPpm most of a line's base that all line-rate grants together take
 */
public record Merchant(
        int index, String id, String name, int utcOffsetMinutes, int currency, Binding binding, int rewardCapPpm) {
    /**
     * A mode of binding.
     *
     * @param days of mode WINDOW; else 0
     */
    public record Binding(BindingMode mode, int days) {}
}
