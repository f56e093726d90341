package io.miaojie.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.settlement.Settlement;
import io.miaojie.settlement.StateLimits;
import io.miaojie.wire.ResultCode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Every table that can be full is told of, by the name of its code. */
class TableUseTest {
    private static final String FULL = "_FULL";

    private final StateLimits limits = StateLimits.of(100, 200);
    private final List<EngineStatus.Table> tables =
            TableUse.of(new Settlement(limits).state(), limits).now();

    @Test
    void thereIsATableForEachCodeAndACodeForEachTable() {
        final List<String> codes = Arrays.stream(ResultCode.values())
                .map(ResultCode::name)
                .filter(name -> name.endsWith(FULL))
                .map(name -> name.substring(0, name.length() - FULL.length()).toLowerCase(Locale.ROOT))
                .toList();
        for (final String code : codes) {
            assertTrue(tables.stream().anyMatch(table -> isOf(table.name(), code)), code);
        }
        for (final EngineStatus.Table table : tables) {
            assertTrue(codes.stream().anyMatch(code -> isOf(table.name(), code)), table.name());
        }
    }

    @Test
    void aNewStateHasNoRows() {
        for (final EngineStatus.Table table : tables) {
            assertEquals(0, table.rows(), table.name());
            assertTrue(table.rowsMax() > 0, table.name());
        }
    }

    private static boolean isOf(final String table, final String code) {
        return table.equals(code) || table.startsWith(code + "_");
    }
}
