package io.miaojie.api.message;

import io.miaojie.api.json.JsonWriter;

/**
 * Writes one entry of a list as JSON.
 *
 * @param <T> the entry
 */
@FunctionalInterface
public interface ListEntry<T> {
    void write(JsonWriter out, T entry);
}
