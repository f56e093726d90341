package io.miaojie.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.miaojie.support.EchoCore;
import io.miaojie.support.JournalDriver;
import io.miaojie.wire.RecordLayout;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;

/**
 * Any bytes in the place of bytes of a journal that was forced: the start is refused, or every record is there, byte
 * for byte. Nothing that was answered is missed, nothing else is taken for a record.
 */
@Timeout(600)
class JournalFuzzTest {
    private static final int EDITS_MAX = 6;
    private static final int EDIT_BYTES_MAX = 24;
    private static final int CYCLES = 2;

    private static Path directory;
    private static List<Path> files;
    private static List<byte[]> originals;
    private static List<String> records;

    /** A journal of two cycles, made once. */
    private static synchronized void make() throws IOException {
        if (directory != null) {
            return;
        }
        directory = Files.createTempDirectory("journal-fuzz");
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            try (ChronicleJournal journal = ChronicleJournal.open(JournalConfig.of(directory, 0))) {
                final JournalDriver driver = new JournalDriver(new EchoCore(), journal);
                driver.append(3, 40).commit();
                driver.append(2, 90).commit();
            }
        }
        records = read();
        files = new ArrayList<>();
        originals = new ArrayList<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (final Path file : all.filter(each -> each.toString().endsWith(".cq4"))
                    .sorted()
                    .toList()) {
                if (!file.getFileName().toString().startsWith("metadata")) {
                    files.add(file);
                    originals.add(used(Files.readAllBytes(file)));
                }
            }
        }
        assertEquals(CYCLES, files.size(), files.toString());
        assertEquals(10, records.size());
    }

    @FuzzTest(maxDuration = "5m")
    void damageIsRefusedOrTouchesNoRecord(final FuzzedDataProvider data) throws IOException {
        make();
        final int place = data.consumeInt(0, CYCLES - 1);
        final byte[] damaged = originals.get(place).clone();
        for (int edits = data.consumeInt(1, EDITS_MAX); edits > 0; edits--) {
            final int at = data.consumeInt(0, damaged.length - 1);
            final byte[] bytes = data.consumeBytes(EDIT_BYTES_MAX);
            System.arraycopy(bytes, 0, damaged, at, Math.min(bytes.length, damaged.length - at));
        }
        write(files.get(place), damaged);
        try {
            assertEquals(records, read());
        } catch (final JournalException refused) {
            assertTrue(refused.getMessage().contains("="), refused.getMessage());
        } finally {
            write(files.get(place), originals.get(place));
        }
    }

    private static List<String> read() {
        final TreeMap<Long, String> read = new TreeMap<>();
        try (RecordReader reader =
                JournalFiles.scan(JournalConfig.of(directory, 0)).reader(0)) {
            while (reader.next()) {
                final byte[] record = new byte[RecordLayout.length(reader.buffer(), reader.offset())];
                reader.buffer().getBytes(reader.offset(), record);
                read.put(
                        RecordLayout.sequence(reader.buffer(), reader.offset()),
                        HexFormat.of().formatHex(record));
            }
        }
        return new ArrayList<>(read.values());
    }

    /** Cycle files are long and mostly empty. */
    private static byte[] used(final byte[] bytes) {
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(bytes, Math.min(bytes.length, end + 64));
    }

    private static void write(final Path file, final byte[] bytes) throws IOException {
        try (RandomAccessFile target = new RandomAccessFile(file.toFile(), "rw")) {
            target.write(bytes);
        }
    }
}
