package io.miaojie.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miaojie.support.GivenIds;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectsWriter;
import io.miaojie.wire.IdSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Postgres itself reads the skips of an outcome, whatever stands before them. */
@Tag("postgres")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EffectSkipsTest {
    private static final long LONG = 1_800_000_000_000_000_000L;

    @TempDir
    static Path directory;

    private static EmbeddedPostgres postgres;
    private static PostgresTables tables;

    private final EffectsWriter writer = new EffectsWriter().begin();

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start(directory);
        tables = PostgresTables.create(postgres.address(), "skips");
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void behindEveryNote() throws Exception {
        final List<String> expected = new ArrayList<>();
        for (final EffectNote note : EffectNote.values()) {
            writer.noteHead(note);
            for (int i = 0; i < note.numberCount(); i++) {
                writer.noteNumber(i % 2 == 0 ? i : LONG);
            }
            final byte[] text = note.name().getBytes(StandardCharsets.UTF_8);
            writer.noteText(new UnsafeBuffer(text), 0, text.length);
            writer.skip(1, 300 + note.number(), 20_000);
            expected.add(300 + note.number() + " 1 20000");
        }
        assertEquals(expected, skips());
    }

    @Test
    void behindEveryOtherEntry() throws Exception {
        writer.pool(300, GivenIds.of("u88"), new long[] {8, 0, LONG, 1L << 55, -200}, 0);
        writer.skip(0, -1, 8);
        writer.grant(2, 5, 0, 1L << 49);
        writer.skip(2, 5, 126);
        writer.grantHead(1, true, 200, 0, 500);
        writer.grantRest(20, 30, 40, 50, -60, LONG, 70);
        writer.skip(1, 126, 127);
        writer.order(2, true, 9_000_000, -1);
        writer.orderHead(5, false, 10, 11, GivenIds.of("88"));
        writer.orderRest(1, 200, 3, 40_000, 5, 6);
        writer.orderTimes(LONG, LONG, 3);
        writer.refundOrder(3, 1_000_000, 2, 9900, 23, 156, 999_999);
        writer.skip(3, 127, 128);
        writer.withdrawalHead(2, true, 7, 80_000, 0);
        writer.withdrawalRest(10_000, 10, 200);
        writer.memberHead(EffectsWriter.MEMBER_MADE, 12, GivenIds.of("u12"));
        writer.memberReferrer(-1, IdSource.NONE, LONG);
        writer.skip(0, 16_384, 65_535);
        assertEquals(List.of("-1 0 8", "5 2 126", "126 1 127", "127 3 128", "16384 0 65535"), skips());
    }

    private List<String> skips() throws SQLException {
        final byte[] outcome = new byte[2048];
        final int length = writer.putOutcome(new UnsafeBuffer(outcome), 0, 0, 156, 0);
        return tables.texts("select concat_ws(' ', campaign_index, level, code) from miaojie.effect_skips('\\x"
                + HexFormat.of().formatHex(outcome, 0, length) + "')");
    }
}
