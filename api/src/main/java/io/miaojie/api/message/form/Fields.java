package io.miaojie.api.message.form;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields of one object: of a write, or of each entry of one of its lists. Built once, then only read. */
public final class Fields {
    private final List<Field> all = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final Set<String> objects = new HashSet<>();

    /** A number that must be sent. */
    public Fields required(final String name, final int number, final FieldType type, final int offset) {
        return add(new Field(name, number, type, offset, Field.Need.REQUIRED, 0));
    }

    /** A text that must be sent. */
    public Fields required(final String name, final int number, final FieldType type) {
        return required(name, number, type, Field.BEHIND);
    }

    /** A number, and what it is when it is not sent. */
    public Fields optional(
            final String name, final int number, final FieldType type, final int offset, final long otherwise) {
        return add(new Field(name, number, type, offset, Field.Need.OPTIONAL, otherwise));
    }

    /** A text that may be left out. */
    public Fields optional(final String name, final int number, final FieldType type) {
        return optional(name, number, type, Field.BEHIND, 0);
    }

    /** A text that must be sent where its object, the first part of its name, is. */
    public Fields inside(final String name, final int number, final FieldType type) {
        return add(new Field(name, number, type, Field.BEHIND, Field.Need.INSIDE, 0));
    }

    /** The business time. */
    public Fields at(final String name, final Field.Need need) {
        return add(new Field(name, 1, FieldType.TIME, Field.ENVELOPE, need, 0));
    }

    /** An id that stands in the path. */
    public Fields path(final String name, final int number) {
        return add(new Field(name, number, FieldType.ID, Field.BEHIND, Field.Need.PATH, 0));
    }

    /** A text that the edge makes. */
    public Fields made(final int number) {
        return add(new Field(null, number, FieldType.WORD, Field.BEHIND, Field.Need.MADE, 0));
    }

    /** A number that a rule makes. */
    public Fields made(final int number, final FieldType type, final int offset) {
        return add(new Field(null, number, type, offset, Field.Need.MADE, 0));
    }

    /** Returns all fields, in the order of the table. */
    public List<Field> all() {
        return all;
    }

    /** Returns the place of a field in the table; -1: there is none of this name. */
    public int place(final String name) {
        return places.getOrDefault(name, -1);
    }

    /** Tells whether some fields stand in an object of this name. */
    boolean hasObject(final String name) {
        return objects.contains(name);
    }

    private Fields add(final Field field) {
        if (field.name() != null) {
            places.put(field.name(), all.size());
            if (field.name().contains(".")) {
                objects.add(field.name().substring(0, field.name().indexOf('.')));
            }
        }
        all.add(field);
        return this;
    }
}
