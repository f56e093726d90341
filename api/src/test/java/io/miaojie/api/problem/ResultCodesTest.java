package io.miaojie.api.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.support.Kinds;
import io.miaojie.wire.CodeCategory;
import io.miaojie.wire.CodeDescriptor;
import io.miaojie.wire.ResultCode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every code of the engine and of every kind has one HTTP status. */
@Timeout(30)
class ResultCodesTest {
    private static final Set<Integer> STATUSES = Set.of(200, 403, 404, 409, 422, 503);

    private final ResultCodes codes = new ResultCodes(List.of(Kinds.REBATE));

    @ParameterizedTest
    @EnumSource(ResultCode.class)
    void everyCodeOfTheEngineIsFoundByItsNumber(final ResultCode code) {
        assertEquals(code.name(), codes.of(code.number()).name());
        assertTrue(STATUSES.contains(ResultCodes.status(code.category())));
    }

    @Test
    void everyCodeOfAKindIsFoundByItsNumber() {
        for (final CodeDescriptor code : Kinds.REBATE.codes()) {
            assertEquals(code, codes.of(code.number()));
        }
        assertEquals(
                ResultCode.values().length + Kinds.REBATE.codes().size(),
                codes.all().size());
    }

    @Test
    void noTwoCategoriesShareAStatus() {
        assertEquals(
                CodeCategory.values().length,
                Arrays.stream(CodeCategory.values())
                        .map(ResultCodes::status)
                        .distinct()
                        .count());
    }

    @Test
    void aCodeThatNobodyDeclaredIsAFault() {
        assertThrows(IllegalStateException.class, () -> codes.of(255));
        assertThrows(IllegalStateException.class, () -> codes.of(9_999));
    }

    @Test
    void aNumberDeclaredTwiceStopsTheStart() {
        assertThrows(IllegalArgumentException.class, () -> new ResultCodes(List.of(Kinds.REBATE, Kinds.REBATE)));
    }
}
