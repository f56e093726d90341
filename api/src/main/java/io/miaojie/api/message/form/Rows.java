package io.miaojie.api.message.form;

/**
 * A list of objects within a write.
 *
 * @param name of the list in the JSON
 * @param number its id in the schema
 * @param blockLength bytes of the fixed part of an entry
 * @param min least entries
 * @param max most entries
 */
public record Rows(String name, int number, int blockLength, int min, int max, Fields fields, Rule rule) {
    boolean isRequired() {
        return min > 0;
    }
}
