package io.miaojie.api.message.form;

import io.miaojie.api.message.IdSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One write as a table: which command it becomes, its fields, and its lists. Made once, when the class is loaded. */
public final class Form {
    private final String name;
    private final IdSpace idSpace;
    private final int templateId;
    private final int blockLength;
    private final Fields fields;
    private final List<Rows> rows;
    private final Rule rule;
    private final List<Integer> byNumber;

    /**
     * Makes a form.
     *
     * @param name of the write, as in bulk
     * @param idSpace the type part of its idempotency key
     * @param blockLength bytes of the fixed part of the command
     * @param rows in the order in which the command holds them
     */
    Form(
            final String name,
            final IdSpace idSpace,
            final int templateId,
            final int blockLength,
            final Fields fields,
            final List<Rows> rows,
            final Rule rule) {
        this.name = name;
        this.idSpace = idSpace;
        this.templateId = templateId;
        this.blockLength = blockLength;
        this.fields = fields;
        this.rows = List.copyOf(rows);
        this.rule = rule;
        byNumber = byNumber(fields.all());
    }

    public String name() {
        return name;
    }

    public int templateId() {
        return templateId;
    }

    IdSpace idSpace() {
        return idSpace;
    }

    int blockLength() {
        return blockLength;
    }

    Fields fields() {
        return fields;
    }

    List<Rows> rows() {
        return rows;
    }

    Rule rule() {
        return rule;
    }

    /** Returns places of the fields, in the order of their numbers. */
    List<Integer> byNumber() {
        return byNumber;
    }

    /** Returns which list has this name; -1: none. */
    int rowsPlace(final String field) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).name().equals(field)) {
                return i;
            }
        }
        return -1;
    }

    static List<Integer> byNumber(final List<Field> fields) {
        final List<Integer> order = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingInt(place -> fields.get(place).number()));
        return List.copyOf(order);
    }
}
