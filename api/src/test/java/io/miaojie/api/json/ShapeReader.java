package io.miaojie.api.json;

import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import java.util.Arrays;

/** What two readers of JSON have in common: the steps of {@link JsonReader}, texts as objects that can be compared. */
interface ShapeReader {
    void open(byte[] document);

    void close();

    String nextField();

    BadInput refuse(EdgeCode code);

    void beginObject();

    void beginArray();

    boolean nextEntry(int entriesMax);

    Object id();

    Object text(int bytesMax);

    String word();

    long integer(long min, long max);

    long time();

    int currency();

    Object json(int bytesMax);

    boolean truth();

    boolean isNull();

    void skip();

    /** The reader itself, over bytes that lie somewhere within others. */
    record Ours(JsonReader in) implements ShapeReader {
        @Override
        public void open(final byte[] document) {
            final byte[] around = new byte[document.length + 6];
            Arrays.fill(around, (byte) '"');
            System.arraycopy(document, 0, around, 3, document.length);
            in.open(around, 3, document.length);
        }

        @Override
        public void close() {
            in.close();
        }

        @Override
        public String nextField() {
            return in.nextField();
        }

        @Override
        public BadInput refuse(final EdgeCode code) {
            return in.refuse(code, "");
        }

        @Override
        public void beginObject() {
            in.beginObject();
        }

        @Override
        public void beginArray() {
            in.beginArray();
        }

        @Override
        public boolean nextEntry(final int entriesMax) {
            return in.nextEntry(entriesMax);
        }

        @Override
        public Object id() {
            return in.string(in.id());
        }

        @Override
        public Object text(final int bytesMax) {
            return in.string(in.text(bytesMax));
        }

        @Override
        public String word() {
            return in.word();
        }

        @Override
        public long integer(final long min, final long max) {
            return in.integer(min, max);
        }

        @Override
        public long time() {
            return in.time();
        }

        @Override
        public int currency() {
            return in.currency();
        }

        @Override
        public Object json(final int bytesMax) {
            return in.string(in.json(bytesMax));
        }

        @Override
        public boolean truth() {
            return in.truth();
        }

        @Override
        public boolean isNull() {
            return in.isNull();
        }

        @Override
        public void skip() {
            in.skip();
        }
    }
}
