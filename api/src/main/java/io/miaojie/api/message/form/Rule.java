package io.miaojie.api.message.form;

/** What holds between the fields of one object, and what is made of them. */
@FunctionalInterface
public interface Rule {
    /** Nothing beyond the fields themselves. */
    Rule NONE = (values, form) -> {};

    /** Checks an object that was read to its end; refuses with the pointer of the object or of a field in it. */
    void apply(Values values, FormReader form);
}
