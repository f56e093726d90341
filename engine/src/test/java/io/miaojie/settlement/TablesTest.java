package io.miaojie.settlement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.miaojie.settlement.part.Counters;
import io.miaojie.settlement.part.Timers;
import io.miaojie.settlement.state.IdTable;
import io.miaojie.settlement.state.LongRows;
import io.miaojie.settlement.state.Slice;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

/** The tables against the collections of the JDK. */
class TablesTest {
    @Property(tries = 300)
    void idsAreFoundByOwnerAndExactBytes(
            @ForAll @Size(max = 300) final List<@StringLength(max = 30) String> texts,
            @ForAll @IntRange(min = 1, max = 3) final int owners) {
        final IdTable table = new IdTable(texts.size());
        final Map<String, Integer> expected = new HashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            final int owner = i % owners;
            final Slice id = Slice.of(texts.get(i).getBytes(StandardCharsets.UTF_8));
            assertEquals(expected.getOrDefault(owner + "/" + id, -1), table.find(owner, id));
            if (table.find(owner, id) < 0) {
                expected.put(owner + "/" + id, table.add(owner, id));
            }
            final int row = table.find(owner, id);
            assertEquals(owner, table.owner(row));
            assertEquals(id.toString(), table.id(row, new Slice()).toString());
            assertEquals(id.toString(), written(table, row));
        }
        assertEquals(expected.size(), table.count());
    }

    /** Returns the id of a row as it is written behind two other bytes. */
    private static String written(final IdTable table, final int row) {
        final byte[] target = new byte[400];
        final int end = table.putId(row, target, 2);
        assertEquals(end - 3, target[2] & 0xFF);
        return new String(target, 3, end - 3, StandardCharsets.UTF_8);
    }

    @Test
    void rowsGoOnBehindThoseThatWereLoaded() {
        for (final int loaded : new int[] {0, 1, 65_534, 65_535, 65_536, 2 * 65_535}) {
            final LongRows rows = new LongRows(4, loaded + 2);
            for (int row = 0; row < loaded; row++) {
                rows.add(row, row, row, row);
            }
            final LongRows copy = new LongRows(4, loaded + 2);
            copy(rows, copy);
            assertEquals(loaded, copy.add(-1, -2, -3, -4));
            assertEquals(loaded + 1, copy.add());
            assertThrows(IllegalStateException.class, copy::add);
            assertEquals(-1, copy.get(loaded, 0));
            assertEquals(-4, copy.get(loaded, 3));
            assertEquals(0, copy.get(loaded + 1, 0));
            for (int row = 0; row < loaded; row++) {
                assertEquals(row, copy.get(row, 3));
            }
        }
    }

    @Test
    void rowsStandApartOverAllSegments() {
        for (final int width : new int[] {2, 3, 8}) {
            final int count = 3 * 65_535 + 2;
            final LongRows rows = new LongRows(width, count);
            for (int row = 0; row < count; row++) {
                assertEquals(row, rows.add());
                rows.set(row, 0, row + 1L);
                rows.set(row, width - 1, -row - 1L);
            }
            assertEquals(0, rows.room());
            final LongRows copy = new LongRows(width, count);
            copy(rows, copy);
            for (int row = 0; row < count; row++) {
                assertEquals(row + 1L, copy.get(row, 0));
                assertEquals(-row - 1L, copy.get(row, width - 1));
                assertEquals(row + 1L, copy.segment(row)[copy.first(row)]);
                assertEquals(-row - 1L, copy.segment(row)[copy.first(row) + width - 1]);
            }
        }
    }

    private static void copy(final StatePart from, final StatePart to) {
        final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer();
        final int[] at = new int[2];
        final StateWriter out = new StateWriter((buffer, offset, length) -> {
            bytes.putBytes(at[0], buffer, offset, length);
            at[0] += length;
        });
        from.save(out);
        out.flush();
        to.load(new StateReader((buffer, offset, length) -> {
            buffer.putBytes(offset, bytes, at[1], length);
            at[1] += length;
        }));
        assertEquals(at[0], at[1]);
    }

    @Property(tries = 300)
    void timersFireByDeadlineThenByArming(@ForAll @Size(max = 200) final List<@IntRange(max = 20) Integer> deadlines) {
        final Timers timers = new Timers(deadlines.size());
        for (int i = 0; i < deadlines.size(); i++) {
            timers.arm(deadlines.get(i), 1, i);
        }
        final List<Integer> expected = IntStream.range(0, deadlines.size())
                .boxed()
                .sorted(Comparator.comparing(deadlines::get))
                .toList();
        for (final int arg : expected) {
            assertEquals(deadlines.get(arg).longValue(), timers.nextDeadlineNs());
            assertEquals(arg, timers.nextArg());
            timers.remove();
        }
        assertEquals(Long.MAX_VALUE, timers.nextDeadlineNs());
    }

    @Property(tries = 300)
    void countersAreExactPerKey(@ForAll @Size(max = 200) final List<@IntRange(min = -5, max = 5) Integer> days) {
        final Counters counters = new Counters(22);
        final Map<Long, Long> expected = new HashMap<>();
        for (final int day : days) {
            final long key = day % 2 == 0 ? Counters.dayKey(1, day) : Counters.memberKey(1, day + 5);
            counters.raise(counters.find(key), key, day + 10);
            expected.merge(key, day + 10L, Long::sum);
        }
        expected.forEach((key, value) -> assertEquals(value, counters.valueAt(counters.find(key))));
        assertEquals(expected.size(), counters.count());
    }
}
