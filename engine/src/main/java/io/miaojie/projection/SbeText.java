package io.miaojie.projection;

import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A view that data fields of a message are wrapped into, and their text. */
final class SbeText {
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);

    /** Reads one data field through its decoder's wrap method; null when it is empty. */
    String of(final Consumer<DirectBuffer> field) {
        field.accept(view);
        return textOrNull();
    }

    UnsafeBuffer view() {
        return view;
    }

    /** Returns what was wrapped last. Postgres holds no NUL in a text: it becomes the replacement character. */
    String text() {
        final String text = view.getStringWithoutLengthUtf8(0, view.capacity());
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }

    /** Returns the same, null when it is empty. */
    String textOrNull() {
        return view.capacity() == 0 ? null : text();
    }
}
