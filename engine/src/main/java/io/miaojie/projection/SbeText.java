package io.miaojie.projection;

import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A view that data fields of a message are wrapped into, and their text. */
final class SbeText {
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);

    /** Returns the text of a data field. Postgres holds no NUL in a text: it becomes the replacement character. */
    static String text(final DirectBuffer field) {
        final String text = field.getStringWithoutLengthUtf8(0, field.capacity());
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }

    /** Reads one data field through its decoder's wrap method; null when it is empty. */
    String of(final Consumer<DirectBuffer> field) {
        field.accept(view);
        return textOrNull();
    }

    /** Wraps one data field through its decoder's wrap method. */
    DirectBuffer wrapped(final Consumer<DirectBuffer> field) {
        field.accept(view);
        return view;
    }

    UnsafeBuffer view() {
        return view;
    }

    /** Returns what was wrapped last. */
    String text() {
        return text(view);
    }

    /** Returns the same, null when it is empty. */
    String textOrNull() {
        return view.capacity() == 0 ? null : text();
    }
}
